package crm.engine.load;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.engine.history.DateRange;
import crm.engine.pipeline.PastRuns;
import crm.engine.pipeline.Pipeline;
import crm.engine.schedule.TaskState;
import crm.engine.store.PublishedTables;
import crm.engine.store.Warehouse;
import crm.report.figures.Runs;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.TableBuilder;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that are missing are told of, stop what would not notice, and end by what is printed. */
class GapsTest {
  private static final String HEADER = "id,customer,at,amount\n";

  /** What the purchases need, and no more. */
  private static final String SALES =
      """
      source = shop
      max-rejected-percent = 5
      feeds.sales {
        files = "%s"
        on-missing = %s
        %s
        format { type = delimited }
        tables.orders.columns {
          order_id = id, customer_id = customer, ordered_at = at, status = "'placed'"
        }
        tables.order_lines.columns {
          order_id = id, line_id = "'1'", quantity = "1", line_amount = amount
        }
      }
      """;

  private static final String[] PURCHASES = {
    "load_shop_orders", "load_shop_order_lines", "customer_purchases"
  };

  @TempDir private Path home;

  private static LocalDate day(int ofJanuary) {
    return LocalDate.of(2026, 1, ofJanuary);
  }

  private Workbench daily(String onMissing) {
    return Workbench.ofSource(home, SALES.formatted("sales_{date}.csv", onMissing, ""));
  }

  private static void land(Workbench bench, int day, String amount) {
    bench.land(
        "sales_%s.csv".formatted(day(day)),
        HEADER + "%d,C%d,%s 10:00:00,%s\n".formatted(day, day, day(day), amount));
  }

  /** One file of ten days, two records each. */
  private Workbench initial(String onMissing) {
    String record = "%1$d%3$s,C%1$d,%2$s 10:00:00,5\n";
    return Workbench.ofSource(
            home,
            SALES.formatted("initial.csv", onMissing, "logical-date = \"substring(at, 1, 10)\""))
        .land(
            "initial.csv",
            IntStream.rangeClosed(1, 10)
                .mapToObj(
                    day ->
                        record.formatted(day, day(day), "a") + record.formatted(day, day(day), "b"))
                .collect(Collectors.joining("", HEADER, "")));
  }

  @Test
  void theHintLoadsAllThatCameSinceTheLastLoadedDay() {
    Workbench bench = initial("empty");
    bench.load(day(3), day(5));
    assertThat(bench.run(day(9), "customer_purchases")).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said())
        .containsPattern(
            "Run first: crm run load_shop_order\\w* --from 2026-01-06 --to 2026-01-09");
  }

  @Test
  void daysThatAFileHoldsAndNoRunLoadedAreNamedUntilTheyAreLoadedOrLeftOut() {
    Workbench bench = initial("empty");
    bench.load(day(3), day(5));
    bench.load(day(9));
    String loads = "load_shop_order_lines load_shop_orders";
    List<String> told =
        List.of(
            "2, 2026-01-01 to 2026-01-02. Load them: crm run %s --from 2026-01-01 --to 2026-01-02;"
                + " or leave them out: crm run %s --accept-gap 2026-01-01..2026-01-02",
            "3, 2026-01-06 to 2026-01-08. Load them: crm run %s --from 2026-01-06 --to 2026-01-08;"
                + " or leave them out: crm run %s --accept-gap 2026-01-06..2026-01-08",
            "1, 2026-01-10. Load them: crm run %s --date 2026-01-10; or leave them out: crm run %s"
                + " --accept-gap 2026-01-10");
    assertThat(bench.runner().status().gaps())
        .containsExactlyElementsOf(
            told.stream()
                .map("Days held by initial.csv that no run has loaded: "::concat)
                .map(line -> line.formatted(loads, loads))
                .toList());
    assertThat(bench.said()).as("by the run too").contains(bench.runner().status().gaps());
    // Every run counts every record of the file, whatever it loads.
    assertThat(
            RowLines.sorted(
                bench
                    .stored(OpsTables.FILE_LOADS)
                    .groupBy("run_id", "job")
                    .agg(
                        expr("sum(records_in)"),
                        expr("sum(accepted + collapsed + duplicates)"),
                        expr("sum(other_day)"))
                    .drop("run_id", "job")))
        .containsExactly("20|2|18", "20|2|18", "20|6|14", "20|6|14");

    assertThat(accept(bench, "2026-01-01..2026-01-02", "load_shop_orders")).hasSize(1);
    assertThat(accept(bench, "2026-01-01..2026-01-02", "customer_purchases")).hasSize(2);
    assertThat(bench.load(day(6), day(8))).as("the file is of a later day").isEqualTo(ExitCode.OK);
    assertThat(bench.load(day(10))).isEqualTo(ExitCode.OK);
    assertThat(bench.runner().status().gaps()).isEmpty();
    assertThat(bench.stored(ORDERS).count()).isEqualTo(16);
    // A day that was left out may be loaded all the same.
    assertThat(bench.load(day(1), day(2))).isEqualTo(ExitCode.OK);
    assertThat(bench.stored(ORDERS).count()).isEqualTo(20);
    assertThat(bench.runner().status().acceptedGaps()).isEmpty();
    assertThat(bench.runner().status().gaps()).isEmpty();
  }

  @Test
  void aDayAfterTheLastThatAFileHoldsIsMissing() {
    Workbench bench = initial("fail");
    assertThat(bench.load(day(9), day(11))).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said())
        .contains("hold no day after 2026-01-10, and 2026-01-11 is asked for", "--date 2026-01-10");
    assertThat(bench.warehouse().exists(ORDERS)).isFalse();
    assertThat(bench.load(day(9), day(10))).isEqualTo(ExitCode.OK);
  }

  /** Each day reads the file; each record is counted once all the same, and deletes nothing. */
  @Test
  void dumpsOfManyDaysInOneFileAreCountedOnce() {
    Workbench bench =
        Workbench.ofSource(
            home,
            """
            source = erp
            feeds.products {
              files = "dumps.csv"
              logical-date = day
              format { type = delimited }
              tables.products {
                delivery = full
                max-deleted-percent = 60
                columns { product_id = id, name = name }
              }
            }
            """);
    bench.land(
        "dumps.csv",
        """
        day,id,name
        2026-01-01,1,pen
        2026-01-01,2,cup
        2026-01-02,1,pen
        2026-01-03,1,pen
        2026-01-03,2,cup
        2026-01-04,1,pen
        """);
    assertThat(bench.load(day(1), day(3))).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "logical_date", "product_id", "is_deleted"))
        .containsExactly(
            "2026-01-01|1|false", "2026-01-01|2|false", "2026-01-02|2|true", "2026-01-03|2|false");
    assertThat(bench.rows(OpsTables.FILE_LOADS, "logical_date", "records_in", "other_day"))
        .contains("2026-01-01|2|0", "2026-01-02|1|0", "2026-01-03|2|0", "2026-01-04|1|1");
    assertThat(bench.stored(OpsTables.FILE_LOADS).where("file is not null").count()).isEqualTo(4);
  }

  @Test
  void aRenamedDeliveryIsNamedByTheLoadAndByStatus() {
    Workbench bench =
        Workbench.ofSource(
            home,
            SALES.formatted("shop/sales_{date}.csv", "empty", ""),
            """
            source = web
            on-missing = fail
            feeds.visits {
              files = "web/{date}/*.jsonl"
              format { type = json }
              tables.interactions.columns {
                interaction_id = id, occurred_at = at, channel = "'web'", type = type
              }
            }
            """);
    bench.land("shop/sale_2026-01-03.csv", HEADER + "1,A,2026-01-03 10:00:00,5\n");
    bench.land("web/2026-01-03/visits.jsonl.part", "{}");
    bench.land("web/2026-01-03/_SUCCESS", "");
    bench.land("copies/erp/products_2026-01-03/part-0.parquet", "");
    assertThat(bench.load(day(3))).as("of web alone").isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said())
        .contains("no file of shop/sales_{date}.csv for 2026-01-03; no feed takes shop/sale_2026")
        .contains("no file of web/{date}/*.jsonl", "no feed takes web/2026-01-03/visits.jsonl.part")
        .doesNotContain("0 rows", "_SUCCESS");
    assertThat(bench.runner().status().strayFiles())
        .containsExactly("shop/sale_2026-01-03.csv", "web/2026-01-03/visits.jsonl.part");
  }

  @Test
  void readersOfALoadWithABrokenDayStopUntilItIsRepaired() throws Exception {
    Workbench bench = daily("fail");
    land(bench, 2, "5");
    land(bench, 3, "five");
    land(bench, 4, "5");
    assertThat(bench.run(day(2), PURCHASES)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.run(day(3), PURCHASES)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.run(day(4), PURCHASES)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said())
        .contains(
            "load_shop_order_lines failed for 2026-01-03. Load it: crm run load_shop_order_lines"
                + " --date 2026-01-03; or go on without it: crm run load_shop_order_lines"
                + " --accept-gap 2026-01-03");
    assertThat(bench.rows(ORDERS, "logical_date")).contains("2026-01-04");
    assertThat(readable(bench, "core.orders")).containsExactly("2026-01-02");
    assertThat(bench.runner().status().gaps()).singleElement().asString().contains("2026-01-03");
    assertThat(bench.runner().status().waiting()).isEmpty();

    Files.delete(home.resolve("landing/sales_2026-01-03.csv"));
    land(bench, 3, "7");
    assertThat(bench.acceptChanged(true).run(day(3), "load_shop_order_lines"))
        .as(bench.said())
        .isEqualTo(ExitCode.OK);
    assertThat(bench.runner().status().gaps()).isEmpty();
    assertThat(bench.runStale()).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(readable(bench, "core.customer_purchases"))
        .containsExactly("2026-01-02", "2026-01-03", "2026-01-04");
    assertThat(bench.rows(CUSTOMER_PURCHASES, "logical_date", "customer_id", "gross_amount"))
        .contains("2026-01-03|C3|7.0000", "2026-01-04|C4|5.0000");
    assertThat(bench.runner().status().stale()).isEmpty();
    assertThat(bench.runner().status().waiting()).isEmpty();
  }

  @Test
  void anAcceptedGapIsRecordedAndToldOf() {
    Workbench bench = daily("fail");
    land(bench, 2, "5");
    land(bench, 5, "5");
    assertThat(bench.run(day(2), PURCHASES)).isEqualTo(ExitCode.OK);
    assertThat(bench.load(day(3), day(4))).as("nothing came").isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.run(day(5), PURCHASES)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said()).contains("--accept-gap 2026-01-03..2026-01-04");
    assertThat(bench.runner().status().acceptedGaps()).isEmpty();
    assertThatThrownBy(() -> accept(bench, "2026-01-02", "customer_purchases"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("There is no gap to accept", "crm status");
    assertThat(accept(bench, "2026-01-03..2026-01-04", "load_shop_orders"))
        .containsExactly("Goes on without: load_shop_orders 2026-01-03 to 2026-01-04");
    assertThat(bench.run(day(5), "customer_purchases"))
        .as("others are open")
        .isNotEqualTo(ExitCode.OK);
    assertThat(accept(bench, "2026-01-03..2026-01-04", PURCHASES)).hasSize(2);
    assertThat(bench.runStale()).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(readable(bench, "core.customer_purchases"))
        .containsExactly("2026-01-02", "2026-01-05");
    assertThat(bench.runner().status().acceptedGaps()).hasSize(2);
    assertThat(new Runs(bench.warehouse()).acceptedGaps())
        .contains(new Runs.AcceptedGap("load_shop_orders", day(3), day(4)));
    // What comes late belongs to the next day that runs, as after a day without files.
    land(bench, 4, "9");
    land(bench, 6, "5");
    assertThat(bench.run(day(6), PURCHASES)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "order_id", "logical_date"))
        .containsExactly("2|2026-01-02", "4|2026-01-06", "5|2026-01-05", "6|2026-01-06");
    // A range that covers the days ends the gap.
    land(bench, 3, "1");
    bench.run(day(3), day(3), PURCHASES);
    assertThat(new Runs(bench.warehouse()).acceptedGaps())
        .contains(new Runs.AcceptedGap("load_shop_orders", day(4), day(4)));
  }

  @Test
  void thePipelineGoesOnOverAnAcceptedGap() {
    Workbench bench = daily("fail");
    String run = "scheduled__2026-01-05T03:00:00+00:00";
    Pipeline pipeline = new Pipeline(bench.graph(), bench.settings().pipeline());
    ExitCode failed =
        bench
            .runner()
            .within(run)
            .run(bench.graph().select(List.of("load_shop_orders")), day(4), day(4));
    assertThat(failed).isEqualTo(ExitCode.RETRYABLE);
    assertThat(state(pipeline, bench, run)).isNotEqualTo(TaskState.SUCCESS);
    accept(bench, "2026-01-04", "load_shop_orders");
    assertThat(state(pipeline, bench, run)).isEqualTo(TaskState.SUCCESS);
  }

  private static TaskState state(Pipeline pipeline, Workbench bench, String run) {
    return PastRuns.of(pipeline, bench.warehouse())
        .named(run)
        .state(pipeline.task("load_shop_orders"));
  }

  /** A warehouse of an older program has no other_day, and another check. */
  @Test
  void whatAnOlderProgramCountedStaysAndIsAddedTo() {
    Workbench bench = daily("fail");
    TableBuilder old = Table.ops("file_loads").grain("file, table and run");
    OpsTables.FILE_LOADS.columns().stream()
        .filter(column -> !column.name().equals("other_day"))
        .forEach(
            column -> {
              if (column.required()) {
                old.required(column.name(), column.type(), column.doc());
              } else {
                old.column(column.name(), column.type(), column.doc());
              }
            });
    old.check(
        "conservation",
        "records_in = accepted + rejected + duplicates + unchanged + collapsed + filtered"
            + " + suppressed");
    Object[] counted = {
      "run-1",
      "load_shop_orders",
      "shop",
      "core.orders",
      "old.csv",
      Date.valueOf(day(1)),
      3L,
      2L,
      1L,
      0L,
      0L,
      0L,
      0L,
      0L,
      0L
    };
    new Warehouse(bench.warehouse().spark(), bench.warehouse().root())
        .append(old.build(), List.of(RowFactory.create(counted)));
    assertThat(bench.rows(OpsTables.FILE_LOADS, "records_in", "other_day"))
        .containsExactly("3|null");
    land(bench, 2, "5");
    assertThat(bench.load(day(2))).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(OpsTables.FILE_LOADS, "records_in", "other_day"))
        .containsExactly("1|0", "1|0", "3|null");
    assertThat(bench.stored(ORDERS).count()).isEqualTo(1);
  }

  private static List<String> accept(Workbench bench, String days, String... jobs) {
    return bench
        .runner()
        .acceptGaps(bench.graph().select(List.of(jobs)), List.of(DateRange.parse(days)), false);
  }

  private static List<String> readable(Workbench bench, String table) {
    return RowLines.sorted(
        new PublishedTables(bench.warehouse()).query("select distinct logical_date from " + table));
  }
}
