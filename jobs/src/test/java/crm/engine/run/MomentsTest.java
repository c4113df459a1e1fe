package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Moments as sources write them, for a business in Berlin: each is its own instant, and its day.
 */
class MomentsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

  @TempDir private Path home;

  /** Each text with the instant in UTC and the day in Berlin, as Spark's cast reads zones. */
  private static final String TEXTS =
      """
      2026-01-05 23:30:00|2026-01-05 22:30:00.0|2026-01-05
      2026-01-05T23:30:00Z|2026-01-05 23:30:00.0|2026-01-06
      2026-01-05 23:30:00 UTC|2026-01-05 23:30:00.0|2026-01-06
      2026-01-05 23:30:00 GMT|2026-01-05 23:30:00.0|2026-01-06
      2026-01-05 23:30:00 Europe/London|2026-01-05 23:30:00.0|2026-01-06
      2026-01-05 23:30:00 UTC+2|2026-01-05 21:30:00.0|2026-01-05
      2026-01-05 23:30:00+00|2026-01-05 23:30:00.0|2026-01-06
      2026-01-05 23:30:00 PST|2026-01-06 07:30:00.0|2026-01-06
      2026-01-05T23:30:00.5-0100|2026-01-06 00:30:00.5|2026-01-06
      2026-07-05 23:30:00 CET|2026-07-05 21:30:00.0|2026-07-05
      2026-01-05|2026-01-04 23:00:00.0|2026-01-05
      2026-03-29 02:30:00|2026-03-29 01:30:00.0|2026-03-29
      2026-10-25 02:30:00|2026-10-25 00:30:00.0|2026-10-25
      """;

  @Test
  void textIsInTheZoneThatItNamesAndElseInTheBusinesss() {
    Workbench bench =
        inBerlin(
            """
            source = erp
            feeds.orders {
              files = "in/{date}", format { type = json }
              tables.orders.columns { order_id = at, ordered_at = at, status = "'placed'" }
            }
            """);
    StringBuilder file = new StringBuilder();
    TEXTS.lines().forEach(line -> file.append(json("at", line.substring(0, line.indexOf('|')))));
    bench.land("in/2026-12-01", file.toString());
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "order_id", "ordered_at", "ordered_on"))
        .containsExactlyInAnyOrderElementsOf(TEXTS.lines().toList());
  }

  /** Each expression over {@code g}, {@code e} and {@code l} with the instant in UTC. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "try_to_timestamp(g, 'dd.MM.yyyy HH:mm')|2026-01-03 22:40:00.0|2026-01-03",
          "try_to_timestamp(concat(g, ' -05:00'), 'dd.MM.yyyy HH:mm XXX')|2026-01-04"
              + " 04:40:00.0|2026-01-04",
          "try_to_timestamp(concat(g, ' America/New_York'), 'dd.MM.yyyy HH:mm VV')|2026-01-04"
              + " 04:40:00.0|2026-01-04",
          "timestamp_seconds(cast(e as bigint))|2026-01-05 23:30:00.0|2026-01-06",
          "from_unixtime(cast(e as bigint))|2026-01-05 23:30:00.0|2026-01-06",
          "timestamp_seconds(unix_timestamp(l))|2026-01-03 22:40:00.0|2026-01-03",
          "try_to_timestamp(l)|2026-01-03 22:40:00.0|2026-01-03",
          "try_cast(l as timestamp_ntz)|2026-01-03 22:40:00.0|2026-01-03",
          "make_timestamp(2026, 1, 3, 23, 40, 0)|2026-01-03 22:40:00.0|2026-01-03",
          "timestamp'2026-01-03 23:40:00'|2026-01-03 22:40:00.0|2026-01-03",
          "date_trunc('DAY', timestamp_seconds(cast(e as bigint)))|2026-01-05"
              + " 23:00:00.0|2026-01-06",
          "date_format(timestamp_seconds(cast(e as bigint)), 'yyyy-MM-dd')|2026-01-05"
              + " 23:00:00.0|2026-01-06");

  @Test
  void expressionsAreEvaluatedInTheBusinesssZone() {
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < EXPRESSIONS.size(); i++) {
      String sql = EXPRESSIONS.get(i).substring(0, EXPRESSIONS.get(i).indexOf('|'));
      sources.add("when id = '%d' then cast(%s as timestamp)".formatted(i, sql));
    }
    Workbench bench =
        inBerlin(
            """
            source = erp
            feeds.orders {
              files = "in/{date}", format { type = json }
              tables.orders.columns {
                order_id = id, status = "'placed'", ordered_at = "case %s end"
              }
            }
            """
                .formatted(String.join(" ", sources)));
    StringBuilder file = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < EXPRESSIONS.size(); i++) {
      file.append(
          json(
              "id",
              "" + i,
              "g",
              "03.01.2026 23:40",
              "e",
              "1767655800",
              "l",
              "2026-01-03 23:40:00"));
      expected.add(i + EXPRESSIONS.get(i).substring(EXPRESSIONS.get(i).indexOf('|')));
    }
    bench.land("in/2026-12-01", file.toString());
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "order_id", "ordered_at", "ordered_on"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to_utc_timestamp(try_to_timestamp(at), 'Europe/Berlin')",
        "coalesce(from_utc_timestamp(at, 'Europe/Berlin'), null)",
        "convert_timezone('Europe/Berlin', 'UTC', try_cast(at as timestamp_ntz))",
        "coalesce(try_to_timestamp(at), current_timestamp())",
        "timestamp_seconds(unix_timestamp())",
        "timestamp_seconds(cast(1e9 * rand() as bigint))"
      })
  void whatWouldShiftTwiceOrDependsOnTheClockIsRefused(String sql) {
    Workbench bench =
        inBerlin(
            """
            source = erp
            feeds.orders {
              files = "in/{date}", format { type = json }
              tables.orders.columns { order_id = id, ordered_at = "%s", status = "'placed'" }
            }
            """
                .formatted(sql));
    bench.land("in/2026-12-01", json("id", "1", "at", "2026-01-05 23:30:00"));
    assertThat(bench.load(DAY)).isEqualTo(ExitCode.USAGE);
    assertThat(bench.said())
        .contains("The mapping of core.orders in source erp cannot be used: ordered_at ")
        .containsAnyOf("would shift moments twice", "depends on chance, or on when");
  }

  /** Semicolons, commas before decimals, days first: no expression is needed. */
  @Test
  void aEuropeanFileNeedsNoExpression() {
    Workbench bench =
        inBerlin(
            """
            source = erp
            max-rejected-percent = 100
            feeds.returns {
              files = "in/{date}"
              format {
                type = delimited, delimiter = ";"
                timestamp-format = "dd.MM.yyyy HH:mm", date-format = "dd.MM.yyyy", decimal-comma = true
              }
              logical-date = tag
              tables.order_returns.columns {
                return_id = nr, quantity = menge, amount = betrag
                returned_at = am, returned_on = tag
              }
              tables.orders {
                sequence = am
                columns {
                  order_id = nr, status = "'placed'"
                  ordered_at = { value = bestellt, timestamp-format = "yyMMdd" }
                }
              }
            }
            """);
    bench.land(
        "in/2026-12-01",
        """
        nr;menge;betrag;am;tag;bestellt
        1;3,00;1.234,56;01.12.2026 23:40;01.12.2026;261130
        2;1.000;12;01.12.2026 00:10;01.12.2026;261201
        3;1,5;1;01.12.2026 00:10;01.12.2026;261201
        4;1;1.5;01.12.2026 00:10;01.12.2026;261201
        5;1;1;2026-12-01 00:10;01.12.2026;261201
        6;1;1;01.01.0001 00:00;01.12.2026;261201
        """);
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(
            bench.rows(
                ORDER_RETURNS, "return_id", "quantity", "amount", "returned_at", "returned_on"))
        .containsExactly(
            "1|3|1234.5600|2026-12-01 22:40:00.0|2026-12-01",
            "2|1000|12.0000|2026-11-30 23:10:00.0|2026-12-01");
    assertThat(bench.rows(ORDERS, "order_id", "ordered_at"))
        .contains("1|2026-11-29 23:00:00.0", "2|2026-11-30 23:00:00.0");
    assertThat(bench.rows(OpsTables.REJECTED_ROWS, "record_number", "table", "reason"))
        .containsExactlyInAnyOrder(
            "3|core.order_returns|not_a_long",
            "4|core.order_returns|not_a_decimal",
            "5|core.order_returns|not_a_timestamp",
            "5|core.orders|missing_sequence",
            "6|core.order_returns|early_event_date",
            "6|core.orders|early_sequence");
  }

  private Workbench inBerlin(String source) {
    Workbench.ofSource(home, source);
    return new Workbench(home, "sources = [erp], time-zone = Europe/Berlin");
  }

  private static String json(String... namesAndValues) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add("\"%s\":\"%s\"".formatted(namesAndValues[i], namesAndValues[i + 1]));
    }
    return "{" + String.join(",", fields) + "}\n";
  }
}
