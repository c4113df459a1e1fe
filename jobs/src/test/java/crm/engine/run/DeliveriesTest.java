package crm.engine.run;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.store.AsOf;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sources do over time: late, changed, repeated, missing, deleted and future deliveries. */
class DeliveriesTest {
  private static final LocalDate D1 = LocalDate.of(2026, 3, 30);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);

  private static final String ORDERS_HEADER = "id,customer,at,status\n";
  private static final String SHOP =
      """
      source = shop
      on-missing = %s
      max-rejected-percent = 50
      feeds.orders {
        files = "orders_{date}*.csv"
        format { type = delimited }
        tables.orders.columns { order_id = id, customer_id = customer, ordered_at = at, status = status }
      }
      """;
  private static final String VISITS =
      """
      source = web
      on-missing = empty
      max-rejected-percent = 100
      feeds.visits {
        files = "visits_{date}*.csv"
        format { type = delimited }
        tables.interactions.columns {
          interaction_id = %s, occurred_at = at, channel = "'web'", type = type
        }
      }
      """;
  private static final String CATALOG =
      """
      source = erp
      on-missing = %s
      feeds.products {
        files = "products_{date}.csv"
        format { type = delimited }
        tables.products {
          delivery = full
          max-deleted-percent = 60
          columns { product_id = id, name = name }
        }
      }
      """;

  @TempDir Path home;
  private Workbench bench;

  @BeforeEach
  void openShop() {
    bench = Workbench.ofSource(home, SHOP.formatted("fail"));
  }

  @Test
  void aLateFileBelongsToTheDayItWasFirstSeenAndStaysThere() {
    bench.land("orders_2026-03-30.csv", ORDERS_HEADER + "1,A,2026-03-30 10:00:00,placed\n");
    bench.land("orders_2026-03-31.csv", ORDERS_HEADER + "2,A,2026-03-31 10:00:00,placed\n");
    bench.load(D1);
    bench.land("orders_2026-03-30_late.csv", ORDERS_HEADER + "3,B,2026-03-30 23:00:00,placed\n");
    bench.load(D2);
    List<String> expected = List.of("1|2026-03-30", "2|2026-03-31", "3|2026-03-31");
    assertThat(bench.rows(ORDERS, "order_id", "logical_date")).isEqualTo(expected);
    bench.load(D1);
    bench.load(D2);
    assertThat(bench.rows(ORDERS, "order_id", "logical_date")).isEqualTo(expected);
    assertThat(visible(ORDERS, D1)).containsExactly("1");
    assertThat(visible(ORDERS, D2)).containsExactly("1", "2", "3");
  }

  @Test
  void aFileThatChangedIsNotReadUntilTold() {
    bench.land("orders_2026-03-30.csv", ORDERS_HEADER + "1,A,2026-03-30 10:00:00,placed\n");
    bench.load(D1);
    bench.land("orders_2026-03-30.csv", ORDERS_HEADER + "9,A,2026-03-30 10:00:00,placed\n");
    assertThat(bench.load(D1)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said()).contains("orders_2026-03-30.csv changed", "--accept-changed");
    assertThat(bench.runner().status().changedFiles()).containsExactly("orders_2026-03-30.csv");
    assertThat(bench.rows(ORDERS, "order_id")).containsExactly("1");
    assertThat(bench.acceptChanged(true).load(D1)).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "order_id")).containsExactly("9");
  }

  @Test
  void aFileThatIsRepairedAfterItsLoadFailedIsReadAgain() {
    bench.land("orders_2026-03-30.csv", ORDERS_HEADER + "1,A,some day,placed\n");
    assertThat(bench.load(D1)).isEqualTo(ExitCode.QUALITY_GATE);
    bench.land("orders_2026-03-30.csv", ORDERS_HEADER + "1,A,2026-03-30 10:00:00,placed\n");
    assertThat(bench.load(D1)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "order_id")).containsExactly("1");
  }

  @Test
  void aLoadedFileThatVanishedIsNotForgottenSilently() throws Exception {
    bench.land("orders_2026-03-30.csv", ORDERS_HEADER + "1,A,2026-03-30 10:00:00,placed\n");
    bench.load(D1);
    Files.delete(home.resolve("landing/orders_2026-03-30.csv"));
    assertThat(bench.load(D1)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said()).contains("no longer in landing", "orders_2026-03-30.csv");
    assertThat(bench.rows(ORDERS, "order_id")).containsExactly("1");
  }

  @Test
  void aDayWithoutFilesFailsToBeTriedAgainOrIsEmptyAsTheSourceSays() {
    assertThat(bench.load(D1)).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said()).contains("no file of orders_{date}*.csv");
    Workbench lenient = Workbench.ofSource(home, SHOP.formatted("empty"));
    assertThat(lenient.load(D1)).isEqualTo(ExitCode.OK);
    assertThat(lenient.rows(OpsTables.JOB_RUNS, "status")).containsExactly("empty", "failed");
  }

  @Test
  void aDateInAFilesNameThatIsNoneIsAnError() {
    bench.land("orders_2026-02-30.csv", ORDERS_HEADER);
    assertThat(bench.load(D1)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said()).contains("orders_2026-02-30.csv");
  }

  @Test
  void whatLiesTooFarAheadIsRejectedAndTomorrowIsKeptForTomorrow() {
    bench.land(
        "orders_2026-03-30.csv",
        ORDERS_HEADER
            + "1,A,2026-03-30 10:00:00,placed\n"
            + "2,A,2026-03-31 10:00:00,placed\n"
            + "3,A,2026-04-01 10:00:00,placed\n");
    assertThat(bench.load(D1)).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(OpsTables.REJECTED_ROWS, "record_number", "reason", "column"))
        .containsExactly("3|future_event_date|ordered_on");
    assertThat(visible(ORDERS, D1)).containsExactly("1");
    assertThat(visible(ORDERS, D2)).containsExactly("1", "2");
  }

  @Test
  void tooManyRejectedRecordsStopTheLoadBeforeItWrites() {
    bench.land(
        "orders_2026-03-30.csv",
        ORDERS_HEADER + "1,A,2026-03-30 10:00:00,placed\n2,A,noon,placed\n3,A,never,lost\n");
    assertThat(bench.load(D1)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said()).contains("rejected 66.7 % of the 3 records", "crm rejected --job");
    assertThat(bench.warehouse().exists(ORDERS)).isFalse();
    assertThat(bench.rows(OpsTables.REJECTED_ROWS, "record_number", "reason", "raw_record"))
        .containsExactly("2|not_a_timestamp|2,A,noon,placed", "3|not_a_timestamp|3,A,never,lost");
    assertThat(bench.rows(OpsTables.FILE_LOADS, "records_in", "accepted", "rejected"))
        .containsExactly("3|1|2");
    assertThat(bench.said()).as("no record value in what is printed").doesNotContain("never");
  }

  @Test
  void ofTwoVersionsTheSequenceDecidesWhateverComesLater() {
    String source =
        """
        source = crm
        on-missing = empty
        feeds.customers {
          files = "customers_{date}*.jsonl"
          format { type = json }
          tables.customers {
            deleted = "op = 'delete'"
            sequence = "try_to_timestamp(changed)"
            columns { customer_id = id, city = city }
          }
        }
        """;
    Workbench crm = Workbench.ofSource(home, source);
    crm.land(
        "customers_2026-03-30.jsonl",
        """
        {"op":"upsert","id":"A","city":"Rome","changed":"2026-03-30 08:00:00"}
        {"op":"upsert","id":"B","city":"Bonn","changed":"2026-03-30 08:00:00"}
        {"op":"upsert","id":"C","city":"Cork","changed":"2999-01-01 08:00:00"}
        {"op":"upsert","id":"D","city":"Diez","changed":null}
        """);
    crm.land(
        "customers_2026-03-31.jsonl",
        """
        {"op":"upsert","id":"A","city":"old","changed":"2026-03-29 08:00:00"}
        {"op":"delete","id":"B","changed":"2026-03-31 08:00:00"}
        """);
    crm.land(
        "customers_2026-04-01.jsonl",
        """
        {"op":"upsert","id":"B","city":"back","changed":"2026-03-30 12:00:00"}
        {"op":"delete","id":"unknown","changed":"2026-04-01 08:00:00"}
        """);
    assertThat(
            Workbench.ofSource(
                    home, source.replace("on-missing", "max-rejected-percent = 60\non-missing"))
                .load(D1, D3))
        .isEqualTo(ExitCode.OK);
    assertThat(crm.rows(OpsTables.REJECTED_ROWS, "record_number", "reason"))
        .containsExactly("3|future_sequence", "4|missing_sequence");
    assertThat(
            RowLines.sorted(
                AsOf.visible(CUSTOMERS, crm.stored(CUSTOMERS), D3).select("customer_id", "city")))
        .containsExactly("A|Rome");
    assertThat(visible(CUSTOMERS, D1)).containsExactly("A", "B");
    assertThat(crm.rows(CUSTOMERS, "customer_id", "city", "is_deleted", "logical_date"))
        .contains("B|null|true|2026-03-31");
  }

  @Test
  void anEventCountsOnceAndOtherContentUnderItsKeyIsAConflict() {
    Workbench web = Workbench.ofSource(home, VISITS.formatted("id"));
    web.land("visits_2026-03-30.csv", "id,at,type\n1,2026-03-30 10:00:00,visit\n");
    web.land(
        "visits_2026-03-31.csv",
        "id,at,type\n1,2026-03-30 10:00:00,visit\n1,2026-03-30 10:00:00,click\n"
            + "2,2026-03-31 10:00:00,visit\n");
    web.load(D1);
    web.load(D2);
    assertThat(web.rows(INTERACTIONS, "interaction_id", "type", "logical_date"))
        .containsExactly("1|visit|2026-03-30", "2|visit|2026-03-31");
    assertThat(web.rows(OpsTables.REJECTED_ROWS, "record_number", "reason"))
        .containsExactly("2|conflicting_redelivery");
  }

  @Test
  void withoutAKeyTheSameBytesAgainAreKnownAndTheSameLineAgainIsNot() {
    Workbench web = Workbench.ofSource(home, VISITS.formatted("\"concat(_file, '#', _record)\""));
    String twice = "id,at,type\n1,2026-03-30 10:00:00,visit\n1,2026-03-30 10:00:00,visit\n";
    web.land("visits_2026-03-30.csv", twice);
    web.land("visits_2026-03-31_again.csv", twice);
    web.load(D1, D2);
    assertThat(web.stored(INTERACTIONS).count()).isEqualTo(2);
    assertThat(web.rows(OpsTables.FILES, "path", "state"))
        .containsExactly("visits_2026-03-30.csv|accepted", "visits_2026-03-31_again.csv|duplicate");
  }

  @Test
  void keysAFullDumpNoLongerHoldsAreGoneUntilTheyComeBack() {
    Workbench erp = Workbench.ofSource(home, CATALOG.formatted("empty"));
    erp.land("products_2026-03-30.csv", "id,name\n1,pen\n2,cup\n3,hat\n");
    erp.land("products_2026-03-31.csv", "id,name\n1,pen\n3,cap\n");
    erp.land("products_2026-04-01.csv", "id,name\n1,pen\n2,cup\n3,cap\n");
    erp.load(D1, D3);
    assertThat(erp.rows(PRODUCTS, "product_id", "name", "is_deleted", "logical_date"))
        .containsExactly(
            "1|pen|false|2026-03-30",
            "2|cup|false|2026-03-30",
            "2|cup|false|2026-04-01",
            "2|null|true|2026-03-31",
            "3|cap|false|2026-03-31",
            "3|hat|false|2026-03-30");
    assertThat(visible(PRODUCTS, D2)).containsExactly("1", "3");
    assertThat(visible(PRODUCTS, D3)).containsExactly("1", "2", "3");
  }

  @Test
  void aDumpThatLacksTooMuchOrEverythingDeletesNothing() {
    Workbench erp = Workbench.ofSource(home, CATALOG.formatted("fail"));
    erp.land("products_2026-03-30.csv", "id,name\n1,pen\n2,cup\n3,hat\n");
    erp.land("products_2026-03-31.csv", "id,name\n1,pen\n");
    erp.land("products_2026-04-01.csv", "id,name\n");
    assertThat(erp.load(D1)).isEqualTo(ExitCode.OK);
    assertThat(erp.load(D2)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(erp.said()).contains("lacks 2 keys that are stored, 66.7 % of all");
    assertThat(erp.load(D3)).isEqualTo(ExitCode.RETRYABLE);
    assertThat(erp.said()).contains("is empty, which counts as missing");
    assertThat(visible(PRODUCTS, D3)).containsExactly("1", "2", "3");
  }

  @Test
  void aRejectedRecordOfADumpIsNotTakenForADeletion() {
    Workbench erp =
        Workbench.ofSource(
            home,
            CATALOG.formatted("fail").replace("name = name", "name = name, list_price = price"));
    erp.land("products_2026-03-30.csv", "id,name,price\n1,pen,1\n2,cup,2\n3,hat,3\n");
    erp.land("products_2026-03-31.csv", "id,name,price\n1,pen,1\n2,cup,two\n");
    Workbench lenient =
        Workbench.ofSource(
            home,
            CATALOG
                .formatted("fail")
                .replace("name = name", "name = name, list_price = price")
                .replace("on-missing", "max-rejected-percent = 50\non-missing"));
    assertThat(lenient.load(D1, D2)).isEqualTo(ExitCode.OK);
    assertThat(visible(PRODUCTS, D2)).as("2 was there, and broken").containsExactly("1", "2");
  }

  @Test
  void oneFileMayHoldManyDays() {
    String source =
        SHOP.formatted("fail")
            .replace("orders_{date}*.csv", "initial.csv")
            .replace("format {", "logical-date = \"substr(at, 1, 10)\"\n  format {");
    Workbench initial = Workbench.ofSource(home, source);
    initial.land(
        "initial.csv",
        ORDERS_HEADER
            + "1,A,2026-03-30 10:00:00,placed\n2,A,2026-03-31 10:00:00,placed\n"
            + "3,A,2026-04-01 10:00:00,placed\n");
    assertThat(initial.load(D1, D2)).isEqualTo(ExitCode.OK);
    assertThat(initial.rows(ORDERS, "order_id", "logical_date"))
        .containsExactly("1|2026-03-30", "2|2026-03-31");
    assertThat(initial.load(D1, D3)).isEqualTo(ExitCode.OK);
    assertThat(initial.stored(ORDERS).count()).isEqualTo(3);
  }

  @Test
  void twoSourcesShareATableAndNoRows() {
    Workbench two =
        Workbench.ofSource(
            home,
            SHOP.formatted("fail"),
            SHOP.formatted("fail")
                .replace("source = shop", "source = store")
                .replace("orders_", "store_"));
    two.land("orders_2026-03-30.csv", ORDERS_HEADER + "1,A,2026-03-30 10:00:00,placed\n");
    two.land("store_2026-03-30.csv", ORDERS_HEADER + "1,B,2026-03-30 11:00:00,placed\n");
    two.load(D1);
    two.run(D1, "load_shop_orders");
    assertThat(two.rows(ORDERS, "source", "order_id", "customer_id"))
        .containsExactly("shop|1|A", "store|1|B");
  }

  @Test
  void jsonAndParquetAndCsvOfTheSameRowsGiveTheSameTable() {
    String columns = "tables.products.columns { product_id = id, name = name, list_price = price }";
    String feed =
        """
        source = %s
        feeds.products { files = "%s", format { type = %s }, %s }
        """;
    Workbench formats =
        Workbench.ofSource(
            home,
            feed.formatted("csv", "p_{date}.csv", "delimited", columns),
            feed.formatted("json", "p_{date}.jsonl", "json", columns),
            feed.formatted("parquet", "p_{date}/*.parquet", "parquet", columns));
    formats.land("p_2026-03-30.csv", "id,name,price\n1,pen,1.5\n2,,2\n");
    formats.land(
        "p_2026-03-30.jsonl",
        "{\"id\":1,\"name\":\"pen\",\"price\":1.5}\n{\"id\":\"2\",\"price\":2}\n");
    formats
        .warehouse()
        .spark()
        .sql("select 1 id, 'pen' name, 1.5 price union all select 2, null, 2.0")
        .coalesce(1)
        .write()
        .parquet(home.resolve("landing/p_2026-03-30").toString());
    assertThat(formats.load(D1)).as(formats.said()).isEqualTo(ExitCode.OK);
    assertThat(
            formats.rows(
                PRODUCTS, "source", "product_id", "name", "list_price", "row_hash is not null"))
        .containsExactly(
            "csv|1|pen|1.5000|true",
            "csv|2|null|2.0000|true",
            "json|1|pen|1.5000|true",
            "json|2|null|2.0000|true",
            "parquet|1|pen|1.5000|true",
            "parquet|2|null|2.0000|true");
    assertThat(formats.rows(OpsTables.FILE_LOADS, "source", "records_in"))
        .containsExactly("csv|2", "json|2", "parquet|2");
  }

  @Test
  void aDayIsTheBusinesssDay() {
    Workbench berlin = Workbench.ofSource(home, SHOP.formatted("fail"));
    berlin.land(
        "orders_2026-03-30.csv",
        ORDERS_HEADER
            + "local,A,2026-03-30 00:30:00,placed\n"
            + "offset,A,2026-03-29T22:30:00Z,placed\n");
    Workbench zoned = new Workbench(home, "sources = [shop], time-zone = \"Europe/Berlin\"");
    assertThat(zoned.load(D1)).isEqualTo(ExitCode.OK);
    assertThat(zoned.rows(ORDERS, "order_id", "ordered_at", "ordered_on"))
        .containsExactly(
            "local|2026-03-29 22:30:00.0|2026-03-30", "offset|2026-03-29 22:30:00.0|2026-03-30");
  }

  @Test
  void anExpressionThatIsWrongNamesTheTableAndTheSource() {
    Workbench wrong =
        Workbench.ofSource(
            home, SHOP.formatted("fail").replace("status = status", "status = \"lower(\""));
    wrong.land("orders_2026-03-30.csv", ORDERS_HEADER);
    assertThat(wrong.load(D1)).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.said()).contains("core.orders", "source shop", "lower(");
  }

  private List<String> visible(Table table, LocalDate date) {
    return RowLines.sorted(
        AsOf.visible(table, bench.stored(table), date).select(table.key().get(0)));
  }
}
