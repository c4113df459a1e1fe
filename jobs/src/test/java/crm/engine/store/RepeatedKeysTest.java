package crm.engine.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a note says or lacks, a job sees the rows that ranking all of them shows. */
class RepeatedKeysTest {
  private static final LocalDate D1 = LocalDate.of(2026, 1, 29);
  private static final int DAYS = 4;
  private static final int KEYS = 500;

  private static final Table PEOPLE =
      Table.core("people", Kind.ENTITIES)
          .grain("person")
          .column("person_id", StringType, "Person.")
          .column("town", StringType, "Where the person lives.")
          .key("person_id")
          .build();

  @TempDir Path folder;
  private Warehouse warehouse;

  /** The people come on the first day, by two sources that share ids. */
  @BeforeEach
  void deliver() {
    warehouse = new Warehouse(Sessions.small(), folder.toString());
    for (String source : List.of("shop", "web")) {
      write(
          source,
          D1,
          IntStream.range(0, KEYS).mapToObj(i -> row(source, i, "Ulm", null, false, D1)).toList());
    }
  }

  private static Row row(
      String source, int person, String town, Long sequence, boolean deleted, LocalDate date) {
    return RowFactory.create(
        source,
        "P" + person,
        deleted ? null : town,
        sequence,
        deleted ? null : (long) town.hashCode(),
        deleted,
        Date.valueOf(date));
  }

  private void write(String source, LocalDate date, List<Row> rows) {
    warehouse.replace(
        PEOPLE,
        warehouse
            .spark()
            .createDataFrame(rows, PEOPLE.layout().schema())
            .select(
                PEOPLE.layout().columns().stream()
                    .filter(column -> !column.name().equals(Table.LOGICAL_MONTH))
                    .map(column -> col(column.name()))
                    .toArray(Column[]::new)),
        date,
        date,
        Optional.of(source));
  }

  /** Amended, deleted and opened again, old by their sequence, new, and twice in the table. */
  private static List<Row> changes(Random random, String source, LocalDate date) {
    TreeMap<Integer, Row> rows = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      int person = random.nextInt(KEYS + 20);
      Long sequence = random.nextBoolean() ? (Long) (long) random.nextInt(5) : null;
      rows.put(
          person,
          row(source, person, "Town " + random.nextInt(3), sequence, random.nextInt(4) == 0, date));
    }
    return new ArrayList<>(rows.values());
  }

  private void check(String when) {
    assertThat(onEachDate(date -> warehouse.visible(PEOPLE, date)))
        .as(when)
        .isEqualTo(onEachDate(date -> AsOf.visible(PEOPLE, warehouse.stored(PEOPLE), date)));
  }

  /** The visible rows of days before, within and after the deliveries, each with its day. */
  private static List<String> onEachDate(Function<LocalDate, Dataset<Row>> visible) {
    return RowLines.sorted(
        IntStream.of(-1, 0, 2, DAYS)
            .mapToObj(day -> visible.apply(D1.plusDays(day)).withColumn("day", lit(day)))
            .reduce(Dataset::union)
            .orElseThrow());
  }

  private boolean ranksAll() {
    return ranksAll(PEOPLE);
  }

  private boolean ranksAll(Table table) {
    Dataset<Row> visible = warehouse.visible(table, D1.plusDays(DAYS));
    return visible.queryExecution().executedPlan().toString().contains("row_number");
  }

  @Test
  void commitsAfterTheNoteAreSeenWhateverTheyChange() {
    warehouse.noteRepeatedKeys(PEOPLE);
    Random random = new Random(1);
    for (int day = 1; day <= DAYS; day++) {
      // Of two months; the third day is the second again, and the last comes late.
      LocalDate date = D1.plusDays(List.of(2, 3, 3, -1).get(day - 1));
      String source = random.nextBoolean() ? "shop" : "web";
      write(source, date, changes(random, source, date));
      assertThat(ranksAll()).isFalse();
      check("after commit " + day);
    }
  }

  @Test
  void anotherProgramsCommitIsSeen() {
    warehouse.noteRepeatedKeys(PEOPLE);
    Warehouse reader = warehouse;
    warehouse = new Warehouse(Sessions.small(), folder.toString());
    write("shop", D1.plusDays(3), List.of(row("shop", 7, "Bonn", null, false, D1.plusDays(3))));
    warehouse = reader;
    check("after another program's commit");
    assertThat(RowLines.sorted(warehouse.visible(PEOPLE, D1.plusDays(3)).where("town = 'Bonn'")))
        .containsExactly("shop|P7|Bonn");
  }

  @Test
  void onlyTheKeysThatAreThereTwiceAreRanked() throws IOException {
    Random random = new Random(2);
    write("shop", D1.plusDays(1), changes(random, "shop", D1.plusDays(1)));
    assertThat(ranksAll()).as("without a note").isTrue();
    warehouse.noteRepeatedKeys(PEOPLE);
    assertThat(ranksAll()).isFalse();
    check("with a note");
    Path note = Path.of(warehouse.path(PEOPLE), RepeatedKeys.NOTE);
    String text = Files.readString(note);
    Files.writeString(note, text.replaceFirst("-?\\d{15,}", "1"));
    assertThat(ranksAll()).as("with a damaged list").isTrue();
    Files.writeString(note, text.substring(0, text.length() / 2));
    assertThat(ranksAll()).as("with half a note").isTrue();
    Files.delete(note);
    assertThat(ranksAll()).as("without a note").isTrue();
  }

  /** As after an upgrade that changed the key, with the hashes of the old one. */
  @Test
  void aNoteOfAnotherKeyIsNone() {
    warehouse.noteRepeatedKeys(PEOPLE);
    Table byTown =
        Table.core("people", Kind.ENTITIES)
            .grain("person of a town")
            .column("person_id", StringType, "Person.")
            .column("town", StringType, "Where the person lives.")
            .key("town", "person_id")
            .build();
    assertThat(ranksAll(PEOPLE)).isFalse();
    assertThat(ranksAll(byTown)).isTrue();
  }

  @Test
  void filesThatWerePutTogetherAreNotedAgain() {
    warehouse.noteRepeatedKeys(PEOPLE);
    write("web", D1.plusDays(1), changes(new Random(3), "web", D1.plusDays(1)));
    new Maintenance(warehouse).compact(PEOPLE);
    assertThat(ranksAll()).isTrue();
    check("after compaction");
    warehouse.noteRepeatedKeys(PEOPLE);
    assertThat(ranksAll()).isFalse();
    check("after it was noted");
  }

  @Test
  void whereEveryKeyIsRepeatedAllAreRanked() {
    for (String source : List.of("shop", "web")) {
      write(
          source,
          D1.plusDays(1),
          IntStream.range(0, KEYS)
              .mapToObj(i -> row(source, i, "Bonn", null, false, D1.plusDays(1)))
              .toList());
    }
    warehouse.noteRepeatedKeys(PEOPLE);
    assertThat(ranksAll()).isTrue();
    check("with a new version of every key");
    assertThat(new RepeatedKeys(warehouse, PEOPLE).renew()).as("looked through again").isFalse();
  }
}
