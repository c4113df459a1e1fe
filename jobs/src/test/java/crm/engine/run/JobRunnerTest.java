package crm.engine.run;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.store.Published;
import crm.engine.store.PublishedTables;
import crm.testing.Folders;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates that are run, run again, and become stale; what waits for what; what readers see. */
class JobRunnerTest {
  private static final LocalDate D1 = LocalDate.of(2026, 4, 29);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);
  private static final String SHOP =
      """
      source = shop
      on-missing = empty
      feeds.sales {
        files = "sales_{date}*.csv"
        format { type = delimited }
        tables.orders.columns {
          order_id = id, customer_id = customer, ordered_at = at, status = "'placed'"
        }
        tables.order_lines.columns {
          order_id = id, line_id = "'1'", quantity = "1", line_amount = amount
        }
        tables.customers.columns { customer_id = customer }
      }
      """;

  /** What the scores need, and no more. */
  private static final String[] SCORES = {
    "load_shop_customers",
    "load_shop_orders",
    "load_shop_order_lines",
    "customer_purchases",
    "customer_rfm"
  };

  private static final String HEADER = "id,customer,at,amount\n";

  @TempDir Path home;
  private static final List<Path> afterDays = new ArrayList<>();
  private Workbench bench;

  /** The workspace after none, one, two and three days, to be copied. */
  @BeforeAll
  static void threeDays(@TempDir Path folder) {
    Path none = folder.resolve("0");
    Workbench.ofSource(none, SHOP)
        .land(
            "sales_2026-04-29.csv",
            HEADER + "1,A,2026-04-29 10:00:00,10\n2,B,2026-04-29 11:00:00,5\n")
        .land("sales_2026-04-30.csv", HEADER + "3,A,2026-04-30 10:00:00,20\n")
        .land("sales_2026-05-01.csv", HEADER + "4,C,2026-05-01 10:00:00,7\n");
    afterDays.add(none);
    for (LocalDate day : List.of(D1, D2, D3)) {
      Path next = folder.resolve("" + afterDays.size());
      Folders.copy(afterDays.get(afterDays.size() - 1), next);
      Workbench.ofSource(next, SHOP).run(day, SCORES);
      afterDays.add(next);
    }
  }

  private void after(int days) {
    Folders.copy(afterDays.get(days), home);
    bench = Workbench.ofSource(home, SHOP);
  }

  @Test
  void aDayMayRunAgainAndAgain() {
    after(2);
    Map<String, List<String>> once = tables();
    bench.run(D2, SCORES);
    bench.run(D1, SCORES);
    assertThat(tables()).isEqualTo(once);
    assertThat(bench.runner().status().stale()).isEmpty();
    assertThat(
            bench.rows(CUSTOMER_RFM, "logical_date", "customer_id", "frequency_orders", "monetary"))
        .containsExactly(
            "2026-04-29|A|1|10.00",
            "2026-04-29|B|1|5.00",
            "2026-04-30|A|2|30.00",
            "2026-04-30|B|1|5.00");
  }

  @Test
  void dayByDayAndInBulkEndEqual(@TempDir Path other) {
    after(3);
    Workbench bulk = Workbench.ofSource(other, SHOP);
    for (LocalDate day : List.of(D1, D2, D3)) {
      String file = "sales_" + day + ".csv";
      bulk.land(file, read(home.resolve("landing").resolve(file)));
    }
    bulk.run(D1, D3, SCORES);
    assertThat(bulk.rows(ORDERS)).isEqualTo(bench.rows(ORDERS));
    assertThat(visibleState(bulk)).isEqualTo(visibleState(bench)).hasSize(3);
    assertThat(bulk.rows(CUSTOMER_RFM)).isEqualTo(of(D3, bench, CUSTOMER_RFM));
  }

  @Test
  void aCorrectionOfThePastIsToldAndRepaired() {
    after(3);
    List<String> third = of(D3, bench, CUSTOMER_RFM);
    bench.land(
        "sales_2026-04-29.csv",
        HEADER + "1,A,2026-04-29 10:00:00,10\n2,B,2026-04-29 11:00:00,999\n");
    bench.acceptChanged(true).load(D1);
    assertThat(bench.runner().status().stale())
        .containsEntry("customer_purchases 2026-04-29", List.of("core.order_lines"))
        .containsEntry("customer_purchases 2026-05-01", List.of("core.order_lines"));
    assertThat(bench.run(D3, "customer_rfm")).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said())
        .contains("customer_purchases for 2026-05-01 is stale", "crm run --stale");
    assertThat(of(D3, bench, CUSTOMER_RFM)).as("what was there stays").isEqualTo(third);
    assertThat(bench.runStale()).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.runner().status().stale()).isEmpty();
    assertThat(bench.rows(CUSTOMER_RFM, "logical_date", "customer_id", "monetary"))
        .contains("2026-04-29|B|999.00", "2026-04-30|B|999.00", "2026-05-01|B|999.00");
  }

  @Test
  void dependentsOfAJobThatFailedAreSkippedAndTheOthersGoOn() {
    after(0);
    bench.land("sales_2026-04-29.csv", HEADER + "1,A,2026-04-29 10:00:00,ten\n");
    assertThat(bench.run(D1)).isEqualTo(ExitCode.QUALITY_GATE);
    List<String> expected =
        new ArrayList<>(
            List.of(
                "load_shop_customers|succeeded",
                "load_shop_order_lines|failed",
                "load_shop_orders|succeeded"));
    // Whatever is computed is, in the end, of the lines.
    bench.settings().computations().forEach(job -> expected.add(job.name() + "|skipped"));
    assertThat(bench.rows(OpsTables.JOB_RUNS, "job", "status"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aJobThatHasNotRunIsNamedWithItsCommand() {
    after(0);
    assertThat(bench.run(D1, "customer_rfm")).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said())
        .contains(
            "load_shop_customers has not run for 2026-04-29",
            "crm run load_shop_customers --date 2026-04-29");
  }

  @Test
  void otherSettingsOrAnotherVersionStartStateAnew() {
    after(2);
    assertThat(bench.rows(OpsTables.JOB_RUNS, "job", "mode"))
        .contains("customer_purchases|run", "customer_purchases|advance");
    assertThat(bench.runner().plan(bench.graph().select(List.of("customer_purchases")), D3, D3))
        .singleElement()
        .asString()
        .contains("advance from 2026-04-30 to 2026-05-01");
  }

  @Test
  void aStateOfFewRowsIsRecomputedAndStoredAlike() {
    after(3);
    List<String> stepped = RowLines.sorted(bench.stored(CUSTOMER_PURCHASES));
    Workbench byDefault = new Workbench(home, "sources = [shop]");
    assertThat(
            byDefault
                .runner()
                .plan(byDefault.graph().select(List.of("customer_purchases")), D3, D3))
        .singleElement()
        .asString()
        .contains("run for 2026-05-01");
    byDefault.run(D3, "customer_purchases");
    assertThat(byDefault.said()).contains("rows, run");
    assertThat(RowLines.sorted(byDefault.stored(CUSTOMER_PURCHASES))).isEqualTo(stepped);
  }

  @Test
  void readersSeeAFinishedRun() {
    after(1);
    Published first = published();
    assertThat(first.version(CUSTOMER_RFM)).isEqualTo(bench.warehouse().version(CUSTOMER_RFM));
    PublishedTables published = new PublishedTables(bench.warehouse());
    assertThat(
            RowLines.sorted(
                published.query(
                    "select 'core.orders' as name, 'it''s core.orders', /* don't */ count(*) > 0"
                        + " from core.orders -- isn't it")))
        .as("names of tables in a text")
        .containsExactly("core.orders|it's core.orders|true");
    bench
        .warehouse()
        .spark()
        .sql("DELETE FROM delta.`" + bench.warehouse().path(CUSTOMER_RFM) + "`");
    assertThat(bench.stored(CUSTOMER_RFM).count()).isZero();
    assertThat(RowLines.sorted(published.query("select count(*) from curated.customer_rfm")))
        .containsExactly("2");
  }

  @Test
  void readersSeeNothingOfARunOfWhichAJobFailedButWhatItTells() {
    after(1);
    Published before = published();
    List<String> withOneThatCannot = new ArrayList<>(List.of(SCORES));
    withOneThatCannot.add("customer_360");
    assertThat(bench.run(D2, withOneThatCannot.toArray(String[]::new)))
        .isEqualTo(ExitCode.RETRYABLE);
    assertThat(published()).isEqualTo(before);
    PublishedTables readers = new PublishedTables(bench.warehouse());
    assertThat(
            RowLines.sorted(
                readers.query("select distinct logical_date from curated.customer_rfm")))
        .containsExactly(D1.toString());
    assertThat(
            RowLines.sorted(
                readers.query(
                    "select job from ops.job_runs where logical_date = '2026-04-30'"
                        + " and job in ('customer_rfm', 'customer_360')")))
        .containsExactly("customer_360", "customer_rfm");
    assertThat(bench.run(D2, SCORES)).isEqualTo(ExitCode.OK);
    assertThat(published().version(CUSTOMER_RFM))
        .isEqualTo(bench.warehouse().version(CUSTOMER_RFM));
  }

  private Published published() {
    return Published.read(
            bench.warehouse().root(),
            bench.warehouse().spark().sparkContext().hadoopConfiguration())
        .orElseThrow();
  }

  @Test
  void twoRunsAtOnceEndInOneResult() throws Exception {
    after(0);
    bench.load(D1);
    ExitCode[] codes = new ExitCode[2];
    Thread[] runs = new Thread[2];
    for (int i = 0; i < 2; i++) {
      int run = i;
      runs[i] = new Thread(() -> codes[run] = bench.run(D1, "customer_purchases"));
      runs[i].start();
    }
    for (Thread run : runs) {
      run.join();
    }
    assertThat(codes)
        .as(bench.said())
        .isSubsetOf(ExitCode.OK, ExitCode.LOST_TO_ANOTHER_WRITER)
        .contains(ExitCode.OK);
    assertThat(bench.rows(CUSTOMER_PURCHASES, "customer_id", "orders", "gross_amount"))
        .containsExactly("A|1|10.0000", "B|1|5.0000");
  }

  @Test
  void whatRanIsRecordedWithWhatItReadAndWrote() {
    after(1);
    assertThat(
            RowLines.sorted(
                bench
                    .stored(OpsTables.JOB_RUNS)
                    .where("job = 'customer_rfm'")
                    .selectExpr(
                        "status",
                        "commit",
                        "rows_in",
                        "rows_out",
                        "seconds > 0",
                        "size(reads)",
                        "length(settings_hash)",
                        "writes[0].rows")))
        .containsExactly("succeeded|test|4|2|true|2|16|2");
  }

  private Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new TreeMap<>();
    for (Table table : List.of(ORDERS, CUSTOMER_PURCHASES, CUSTOMER_RFM)) {
      tables.put(table.name(), bench.rows(table));
    }
    return tables;
  }

  private static List<String> of(LocalDate date, Workbench bench, Table table) {
    return RowLines.sorted(bench.stored(table).where("logical_date = '" + date + "'"));
  }

  private static List<String> visibleState(Workbench bench) {
    return RowLines.sorted(
        crm.engine.store.AsOf.visible(CUSTOMER_PURCHASES, bench.stored(CUSTOMER_PURCHASES), D3));
  }

  private static byte[] read(Path file) {
    try {
      return java.nio.file.Files.readAllBytes(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
