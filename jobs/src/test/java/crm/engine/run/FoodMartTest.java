package crm.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.store.PublishedTables;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FoodMart, two years of a grocery chain as JSON lines, one file a year: its published totals come
 * out to the cent (spec: Mondrian's FoodMart, net.hydromatic:foodmart-data-json).
 */
@Tag("published-data")
class FoodMartTest {
  private static final String SOURCE =
      """
      source = foodmart
      on-missing = empty
      feeds.sales {
        files = "sales_fact_199*.json"
        format { type = json }
        # The file knows days by number; 367 is the first of January 1997.
        logical-date = "date_add(date'1997-01-01', try_cast(time_id as int) - 367)"
        tables.orders.columns {
          order_id = "concat_ws('-', time_id, customer_id, store_id)"
          customer_id = customer_id
          ordered_at = "concat(date_add(date'1997-01-01', try_cast(time_id as int) - 367), ' 12:00:00')"
          channel = "'store'"
          status = "'placed'"
        }
        tables.order_lines.columns {
          order_id = "concat_ws('-', time_id, customer_id, store_id)"
          line_id = "concat(_file, '#', _record)"
          product_id = product_id
          quantity = "try_cast(try_cast(unit_sales as decimal(12,4)) as bigint)"
          line_amount = store_sales
          cost_amount = store_cost
        }
      }
      feeds.customers {
        files = "customer.json"
        format { type = json }
        logical-date = "date'1997-01-01'"
        tables.customers.columns { customer_id = customer_id, full_name = fullname, country = country, city = city }
      }
      """;

  @Test
  void thePublishedTotalsComeOut(@TempDir Path home) throws IOException {
    Workbench.ofSource(home, SOURCE);
    Workbench bench =
        new Workbench(
            home,
            """
            sources = [foodmart]
            sales-forecast { frequencies = [monthly], measures = [net-revenue] }
            """);
    for (String file :
        new String[] {"sales_fact_1997.json", "sales_fact_1998.json", "customer.json"}) {
      try (InputStream in = FoodMartTest.class.getResourceAsStream("/" + file)) {
        bench.land(file, in.readAllBytes());
      }
    }
    LocalDate first = LocalDate.of(1997, 1, 1);
    LocalDate last = LocalDate.of(1998, 12, 31);
    assertThat(bench.load(first, last)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.run(first, last, "customer_purchases", "customer_rfm", "sales_forecast"))
        .as(bench.said())
        .isEqualTo(ExitCode.OK);
    PublishedTables tables = new PublishedTables(bench.warehouse());
    assertThat(
            RowLines.sorted(
                tables.query(
                    """
                    select year(o.ordered_on), count(*), sum(l.quantity), sum(l.line_amount),
                      cast(sum(l.cost_amount) as decimal(18,2)), count(distinct o.customer_id)
                    from core.order_lines l join core.orders o using (source, order_id)
                    group by 1
                    """)))
        .satisfies(
            years -> {
              assertThat(years.get(0)).isEqualTo("1997|86837|266773|565238.1300|225627.23|5581");
              assertThat(years.get(1)).startsWith("1998|164558|509987|1079147.4700|");
            });
    assertThat(RowLines.sorted(tables.query("select sum(monetary) from curated.customer_rfm")))
        .containsExactly("1644385.60");
    assertThatTheForecastIsNoWorseThanTheSeasonBefore(tables);
  }

  /**
   * Months of two years, by the settings there are and the methods that compete everywhere. The
   * last record is of 30 November 1998.
   */
  private static void assertThatTheForecastIsNoWorseThanTheSeasonBefore(PublishedTables tables) {
    List<String> errors =
        RowLines.sorted(
            tables.query(
                """
                select m.name, m.value, m.baseline
                from ops.model_runs lateral view explode(metrics) as m
                where model = 'sales_forecast' and m.name like 'mase_of%'
                """));
    assertThat(errors)
        .hasSize(5)
        .allSatisfy(
            line -> {
              String[] cells = line.split("\\|", -1);
              assertThat(Double.parseDouble(cells[1]))
                  .as(line)
                  .isLessThanOrEqualTo(Double.parseDouble(cells[2]));
            });
    assertThat(
            RowLines.sorted(
                tables.query(
                    """
                    select level, cast(sum(forecast) as string) = (
                        select cast(sum(forecast) as string) from curated.sales_forecast
                        where level = 'total'), min(period_start), max(period_start)
                    from curated.sales_forecast group by level
                    """)))
        .containsExactly(
            "category|true|1998-12-01|1999-05-01",
            "channel|true|1998-12-01|1999-05-01",
            "country|true|1998-12-01|1999-05-01",
            "product|true|1998-12-01|1999-05-01",
            "total|true|1998-12-01|1999-05-01");
  }
}
