package crm.engine.store;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.ExitCode;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.TableBuilder;
import crm.warehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What storage does for a table's definition, and what it refuses. */
class WarehouseTest {
  private static final LocalDate D1 = LocalDate.of(2026, 1, 31);
  private static final LocalDate D2 = D1.plusDays(1);

  @TempDir Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = new Warehouse(Sessions.small(), folder.toString());
  }

  @Test
  void aDateIsReplacedAndNoOther() {
    Table scores = scores(IntegerType);
    write(scores, D1, "('A', 1), ('B', 2)");
    write(scores, D2, "('A', 3)");
    write(scores, D1, "('C', 4)");
    assertThat(RowLines.sorted(warehouse.stored(scores)))
        .containsExactly("A|3|2026-02-01", "C|4|2026-01-31");
    assertThatThrownBy(
            () -> warehouse.replace(scores, rows(scores, D2, "('Z', 1)"), D1, D1, Optional.empty()))
        .as("rows of another date")
        .isNotNull();
  }

  @Test
  void twoRunsMayMakeATableAtTheSameMoment() {
    Warehouse other = new Warehouse(Sessions.small(), folder.toString());
    Stream.of(warehouse, other)
        .parallel()
        .forEach(one -> one.append(scores(IntegerType), rows(scores(IntegerType), D1, "('A', 1)")));
    assertThat(warehouse.stored(scores(IntegerType)).count()).isEqualTo(2);
  }

  /** Its log is there first, and was looked at when nothing was in it. */
  @Test
  void aTableThatAnotherProgramIsMakingIsSeenWhenItIsThere(@TempDir Path elsewhere)
      throws IOException {
    Table scores = scores(IntegerType);
    Warehouse other = new Warehouse(Sessions.small(), elsewhere.toString());
    other.append(scores, rows(scores, D1, "('A', 1)"));
    Path log = Files.createDirectories(Path.of(warehouse.path(scores), "_delta_log"));
    assertThat(warehouse.version(scores)).isEmpty();
    for (String commit : List.of("00000000000000000000.json", "00000000000000000001.json")) {
      Files.copy(Path.of(other.path(scores), "_delta_log", commit), log.resolve(commit));
    }
    assertThat(warehouse.version(scores)).contains(1L);
  }

  @Test
  void aFolderWithOtherFilesIsNoTable() throws IOException {
    Table scores = scores(IntegerType);
    Path there = Files.createDirectories(Path.of(warehouse.path(scores)));
    Files.writeString(there.resolve("notes.txt"), "ours");
    assertThatThrownBy(() -> write(scores, D1, "('A', 1)"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void aRowAgainstACheckIsRefusedAndNullPasses() {
    Table scores = scores(IntegerType);
    write(scores, D1, "('A', null)");
    assertThatThrownBy(() -> write(scores, D1, "('A', -1)")).hasMessageContaining("score_positive");
    assertThatThrownBy(() -> write(scores, D1, "(null, 1)")).isNotNull();
    assertThat(warehouse.stored(scores).count()).isEqualTo(1);
  }

  @Test
  void aNewColumnAndANewCheckAreAddedByThemselves() {
    write(scores(IntegerType), D1, "('A', 1)");
    Table grown =
        definition(IntegerType)
            .column("name", StringType, "A name.")
            .check("named", "name<>''")
            .build();
    Warehouse later = new Warehouse(Sessions.small(), folder.toString());
    later.ensure(grown);
    assertThat(RowLines.sorted(later.stored(grown).select("customer_id", "score", "name")))
        .containsExactly("A|1|null");
    assertThat(later.stored(grown).schema().apply("name").getComment().get()).isEqualTo("A name.");
    assertThatThrownBy(
            () ->
                later.replace(
                    grown,
                    rows(scores(IntegerType), D1, "('A', 1)").withColumn("name", lit("")),
                    D1,
                    D1,
                    Optional.empty()))
        .hasMessageContaining("named");
    assertThatCode(() -> new Warehouse(Sessions.small(), folder.toString()).ensure(grown))
        .as("the next run finds what this one added")
        .doesNotThrowAnyException();
  }

  @Test
  void anyOtherDifferenceNamesItsRemedyWhichWorks() {
    write(scores(IntegerType), D1, "('A', 1), ('B', 2)");
    Table wider = scores(LongType);
    Warehouse later = new Warehouse(Sessions.small(), folder.toString());
    assertThatThrownBy(() -> later.ensure(wider))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll("score is INT and should be BIGINT", "crm rebuild curated.scores");
    new Maintenance(later).rebuild(wider);
    later.ensure(wider);
    assertThat(later.stored(wider).schema().apply("score").dataType()).isEqualTo(LongType);
    assertThat(RowLines.sorted(later.stored(wider)))
        .containsExactly("A|1|2026-01-31", "B|2|2026-01-31");
  }

  @Test
  void maintenanceKeepsTheNewestDatesAndWhatReadersSee() {
    Table scores = scores(IntegerType);
    for (int day = 0; day < 4; day++) {
      write(scores, D1.plusDays(day), "('A', " + day + ")");
    }
    assertThat(new Maintenance(warehouse).prune(scores, 2)).isEqualTo(2);
    assertThat(new Maintenance(warehouse).prune(scores, 2)).isZero();
    new Maintenance(warehouse).compact(scores);
    new Maintenance(warehouse).vacuum(scores, 7);
    assertThat(RowLines.sorted(warehouse.stored(scores).select("score"))).containsExactly("2", "3");
  }

  /** So that the jobs of a date find, rank and shuffle the rows of a small table once. */
  @Test
  void aSmallTableIsReadOnceForADate() throws IOException {
    Table scores = scores(IntegerType);
    write(scores, D1, "('A', 1), ('B', 2)");
    Dataset<Row> visible = warehouse.small().visible(scores, D1);
    assertThat(RowLines.sorted(visible)).containsExactly("A|1", "B|2");
    Path gone = Files.createTempDirectory(folder, "gone").resolve("scores");
    Files.move(Path.of(warehouse.path(scores), "logical_date=" + D1), gone);
    assertThat(RowLines.sorted(warehouse.small().visible(scores, D1)))
        .as("without the files")
        .containsExactly("A|1", "B|2");
    warehouse.small().close();
    assertThatThrownBy(() -> RowLines.sorted(warehouse.small().visible(scores, D1)))
        .as("read again")
        .hasMessageContaining(".parquet");
  }

  @Test
  void aSmallTableIsReadAgainForAnotherDateOrWhenItWasWritten() {
    Table scores = scores(IntegerType);
    write(scores, D1, "('A', 1)");
    write(scores, D2, "('A', 2)");
    assertThat(RowLines.sorted(warehouse.small().visible(scores, D1))).containsExactly("A|1");
    assertThat(RowLines.sorted(warehouse.small().visible(scores, D2))).containsExactly("A|2");
    write(scores, D2, "('A', 3), ('B', 4)");
    assertThat(RowLines.sorted(warehouse.small().visible(scores, D2)))
        .containsExactly("A|3", "B|4");
  }

  @Test
  void theRowsOfASmallTableNeedNoShuffle() {
    Table scores = scores(IntegerType);
    write(scores, D1, "('A', 1), ('B', 2)");
    Dataset<Row> visible = warehouse.small().visible(scores, D1);
    Dataset<Row> joined =
        visible.groupBy("customer_id").count().join(visible.hint("merge"), "customer_id");
    assertThat(RowLines.sorted(joined)).containsExactly("A|1|1", "B|1|2");
    assertThat(joined.queryExecution().executedPlan().toString()).doesNotContain("Exchange");
  }

  private static Table scores(DataType type) {
    return definition(type).build();
  }

  private static TableBuilder definition(DataType type) {
    return Table.curated("scores", Kind.SNAPSHOT)
        .grain("customer")
        .column("customer_id", StringType, "Customer.")
        .column("score", type, "A score.")
        .key("customer_id")
        .check("score_positive", "score >= 0");
  }

  private void write(Table table, LocalDate date, String values) {
    warehouse.replace(table, rows(table, date, values), date, date, Optional.empty());
  }

  private static Dataset<Row> rows(Table table, LocalDate date, String values) {
    Dataset<Row> rows =
        Sessions.small()
            .sql("select * from values " + values + " as t(customer_id, score)")
            .withColumn(Table.LOGICAL_DATE, lit(Date.valueOf(date)));
    return rows.withColumn(
        "score", rows.col("score").cast(table.layout().schema().apply("score").dataType()));
  }
}
