package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.customer.CustomerTables;
import crm.warehouse.tables.ops.OpsTables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats a source may deliver, beside the CSV and JSON lines of the other tests. */
class FormatsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final Path PROJECT = Path.of(System.getProperty("crm.project.dir"));
  private static final Path CDNOW = PROJECT.resolveSibling("shared").resolve("data/cdnow");

  @TempDir private Path home;

  private Workbench products(String format) {
    return Workbench.ofSource(
        home,
        """
        source = erp
        max-rejected-percent = 100
        feeds.products {
          files = "in/{date}*"
          format { %s }
          tables.products.columns { product_id = id, name = name, list_price = price }
        }
        """
            .formatted(format));
  }

  @Test
  void tabsSeparateAndQuotesAreText() {
    Workbench bench = products("type = delimited, delimiter = \"\\t\", quote = \"\"");
    bench.land("in/2026-03-01.tsv", "id\tname\tprice\n1\t5\" pipe, long\t1.5\n2\t\"b\t2\n");
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "product_id", "name", "list_price"))
        .containsExactly("1|5\" pipe, long|1.5000", "2|\"b|2.0000");
  }

  @Test
  void aLineOfTextIsCutByExpressions() {
    Workbench bench =
        Workbench.ofSource(
            home,
            """
            source = host
            feeds.products {
              files = "in/{date}.txt", format { type = text }
              tables.products.columns {
                product_id = "substring(line, 1, 4)", name = "substring(line, 5, 8)"
                list_price = "regexp_extract(line, 'EUR +([0-9.]+)', 1)"
              }
            }
            """);
    bench.land("in/2026-03-01.txt", "0001 pipe   EUR   1.50\r\n0002 bowl   EUR  12.00\r\n");
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "product_id", "trim(name)", "list_price"))
        .containsExactly("0001|pipe|1.5000", "0002|bowl|12.0000");
  }

  @Test
  void aNameThatALineDoesNotHaveIsTold() {
    Workbench bench = products("type = text");
    bench.land("in/2026-03-01.txt", "0001");
    assertThat(bench.load(DAY)).isEqualTo(ExitCode.USAGE);
    assertThat(bench.said()).contains("uses id, name, price", "one field, 'line'");
  }

  /** Records are numbered as they stand in their file, also where Spark reads it in parts. */
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void columnarRecordsAreNumberedAsTheyStand(String format) throws IOException {
    Workbench bench = products("type = " + format);
    Dataset<Row> rows =
        Sessions.small()
            .range(1, 2001, 1, 1)
            .selectExpr(
                "cast(id as string) id",
                "repeat(sha2(cast(id as string), 256), 20) name",
                "if(id % 500 = 0, 'x', cast(id as string)) price");
    land(rows, format, "in/2026-03-01." + format);
    String partSize = "spark.sql.files.maxPartitionBytes";
    Sessions.small().conf().set(partSize, "100000");
    try {
      assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    } finally {
      Sessions.small().conf().unset(partSize);
    }
    assertThat(bench.stored(PRODUCTS).count()).isEqualTo(1996);
    assertThat(bench.rows(OpsTables.REJECTED_ROWS, "record_number", "reason"))
        .containsExactlyInAnyOrder(
            "500|not_a_decimal", "1000|not_a_decimal", "1500|not_a_decimal", "2000|not_a_decimal");
  }

  /** A moment of Parquet is a point in time, and not a clock on a wall in Berlin. */
  @Test
  void aMomentKeepsItsOffset() throws IOException {
    Workbench.ofSource(
        home,
        """
        source = shop
        feeds.orders {
          files = "in/{date}*", format { type = parquet }
          tables.orders.columns { order_id = id, ordered_at = at, status = "'placed'" }
        }
        """);
    Workbench bench = new Workbench(home, "sources = [shop], time-zone = Europe/Berlin");
    land(
        Sessions.small().sql("select 'point' id, timestamp'2026-02-28 23:30:00Z' at"),
        "parquet",
        "in/2026-03-01_a.parquet");
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "order_id", "ordered_at", "ordered_on"))
        .containsExactly("point|2026-02-28 23:30:00.0|2026-03-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void aFileThatIsNotWhatItSaysIsTold(String format) throws IOException {
    Workbench bench = products("type = " + format);
    bench.land("in/2026-03-01." + format, "id,name,price\n1,Zyxwvu,1\n");
    assertThat(bench.load(DAY)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.said())
        .contains("1 files of feed products", "no whole", "2026-03-01." + format)
        .doesNotContain("Zyxwvu");
  }

  /** The published sample: 6,919 purchases of 2,357 customers, 8 of them for nothing. */
  @Test
  void theCdnowSampleIsLoadedWhole() throws IOException {
    assumeThat(CDNOW).as("Skipped: no ../shared/data/cdnow beside the project.").isDirectory();
    Workbench bench = new Workbench(home, "sources = [cdnow], base-currency = USD");
    bench.land("cdnow/CDNOW_sample.txt", Files.readAllBytes(CDNOW.resolve("CDNOW_sample.txt")));
    LocalDate first = LocalDate.of(1997, 1, 1);
    LocalDate last = LocalDate.of(1998, 6, 30);
    assertThat(bench.load(first, last)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.stored(OpsTables.REJECTED_ROWS).count()).isZero();
    assertThat(bench.stored(ORDERS).count()).isEqualTo(6919);
    assertThat(bench.rows(ORDERS, "min(logical_date)", "max(ordered_on)"))
        .containsExactly(first + "|" + last);
    assertThat(bench.stored(ORDERS).select("customer_id").distinct().count()).isEqualTo(2357);
    assertThat(bench.stored(CustomerTables.CUSTOMERS).select("customer_id").distinct().count())
        .isEqualTo(2357);
    Row total =
        bench
            .stored(ORDER_LINES)
            .agg(functions.expr("sum(line_amount)"), functions.expr("count_if(line_amount = 0)"))
            .first();
    assertThat(total.getDecimal(0)).isEqualByComparingTo(new BigDecimal("244091.94"));
    assertThat(total.getLong(1)).isEqualTo(8);
  }

  private void land(Dataset<Row> rows, String format, String path) throws IOException {
    Path target = home.resolve("landing").resolve(path);
    Files.createDirectories(target.getParent());
    Files.copy(SparkFiles.one(rows, format, home.resolve("aside")), target);
  }
}
