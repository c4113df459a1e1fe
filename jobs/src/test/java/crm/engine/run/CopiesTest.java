package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.pipeline.Pipeline;
import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of other systems: a day's copy is taken once, and what is run again reads the copy. */
class CopiesTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

  @TempDir private Path home;

  private Workbench copying(String more, String delivery) {
    return Workbench.ofSource(
        home,
        """
        source = erp
        feeds.products {
          copy { delta = "%s", %s }
          tables.products {
            delivery = %s, max-deleted-percent = 100
            columns { product_id = id, name = name }
          }
        }
        """
            .formatted(home.resolve("theirs"), more, delivery));
  }

  /** What the other system's table holds now; each row as id, name, version. */
  private void theirs(String... rows) {
    Sessions.small()
        .sql("select * from values " + String.join(", ", rows) + " as t(id, name, version)")
        .write()
        .format("delta")
        .mode("overwrite")
        .save(home.resolve("theirs").toString());
  }

  private static List<String> products(Workbench bench) {
    return bench.rows(PRODUCTS, "product_id", "name", "logical_date", "is_deleted");
  }

  @Test
  void aFullCopyTellsWhatIsNewAndWhatIsGone() {
    Workbench bench = copying("", "full");
    theirs("('1', 'pipe', 1)", "('2', 'bowl', 1)");
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    theirs("('2', 'bowl', 1)", "('3', 'cup', 1)");
    assertThat(bench.load(TUESDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(products(bench))
        .containsExactly(
            "1|null|2026-03-03|true",
            "1|pipe|2026-03-02|false",
            "2|bowl|2026-03-02|false",
            "3|cup|2026-03-03|false");
  }

  @Test
  void aDayThatRunsAgainReadsItsCopy() {
    Workbench bench = copying("", "changes");
    theirs("('1', 'pipe', 1)");
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    List<String> before = bench.rows(PRODUCTS);
    theirs("('1', 'pipe, now of brass', 2)");
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS)).isEqualTo(before);
  }

  /** What was so on a past day is no longer told. */
  @Test
  void aPastDayWithoutACopyIsMissing() {
    Workbench bench = copying("", "changes");
    theirs("('1', 'pipe', 1)");
    assertThat(bench.load(TUESDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.load(MONDAY)).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said()).contains("1 of the dates have no file of copies/erp/products_{date}");
  }

  /** Its files are there, and not what is written after the last of them. */
  @Test
  void whatAFailureLeftOfACopyIsNoCopy() throws IOException {
    Workbench bench = copying("", "changes");
    theirs("('1', 'pipe', 1)", "('2', 'bowl', 1)");
    Path copy = home.resolve("landing/copies/erp/products_" + MONDAY);
    Sessions.small()
        .sql("select '1' as id, 'pipe' as name, 1 as version")
        .write()
        .parquet(copy.toString());
    Files.delete(copy.resolve("_SUCCESS"));
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "product_id")).containsExactly("1", "2");
  }

  @Test
  void aFeedWhoseNameOnlyBeginsAlikeIsAnother() throws IOException {
    Workbench bench = copying("", "changes");
    theirs("('1', 'pipe', 1)");
    Path other = home.resolve("landing/copies/erp/products_archive_" + MONDAY);
    Files.createDirectories(other);
    Files.createFile(other.resolve("part-0.parquet"));
    Files.createFile(other.resolve("_SUCCESS"));
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "product_id")).containsExactly("1");
  }

  /** The first of them copies what the other reads. */
  @Test
  void tasksThatLoadOfOneCopyGoInTurn() {
    Workbench bench =
        Workbench.ofSource(
            home,
            """
            source = erp
            feeds.people {
              copy { delta = "there" }
              tables.customers.columns { customer_id = id }
              tables.contact_points.columns { customer_id = id, channel = "'email'", value = mail }
            }
            """);
    Pipeline pipeline = new Pipeline(bench.graph(), bench.settings().pipeline());
    assertThat(
            Stream.of("load_erp_customers", "load_erp_contact_points")
                .flatMap(load -> pipeline.task(load).upstream().stream()))
        .hasSize(1)
        .containsAnyOf("load_erp_customers", "load_erp_contact_points");
  }

  /** The greatest version of the copy before is read again: rows may have joined it since. */
  @Test
  void anIncrementalCopyHoldsWhatIsNewSinceTheLast() {
    Workbench bench = copying("incremental = version", "changes");
    theirs("('1', 'pipe', 1)", "('2', 'bowl', 2)");
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    theirs("('1', 'pipe', 1)", "('2', 'bowl', 2)", "('3', 'cup', 2)", "('4', 'jug', 3)");
    assertThat(bench.load(TUESDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    theirs("('4', 'jug', 3)");
    assertThat(bench.load(WEDNESDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(
            bench.rows(PRODUCTS, "product_id", "logical_date").stream()
                .filter(row -> !row.endsWith("02")))
        .containsExactly("2|2026-03-03", "3|2026-03-03", "4|2026-03-03", "4|2026-03-04");
  }

  @Test
  void aPlanSaysThatItWouldCopyAndDoesNot() {
    Workbench bench = copying("", "changes");
    theirs("('1', 'pipe', 1)");
    assertThat(
            bench.runner().plan(bench.graph().select(List.of("load_erp_products")), MONDAY, MONDAY))
        .singleElement()
        .asString()
        .contains("copy the Delta table");
    assertThat(home.resolve("landing/copies")).doesNotExist();
  }

  @Test
  void whatCannotBeCopiedIsTold() {
    Workbench nowhere = copying("", "changes");
    assertThat(nowhere.load(MONDAY)).isEqualTo(ExitCode.USAGE);
    assertThat(nowhere.said()).contains("is not there. Correct copy.delta");
    theirs("('1', 'pipe', 1)");
    Workbench misnamed = copying("incremental = changed_at", "changes");
    assertThat(misnamed.load(MONDAY)).isEqualTo(ExitCode.USAGE);
    assertThat(misnamed.said()).contains("no column 'changed_at'", "It has: id, name, version");
  }
}
