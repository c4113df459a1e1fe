package crm.engine.store;

import static java.util.stream.Collectors.toCollection;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import crm.engine.files.AtomicFile;
import crm.warehouse.Table;
import crm.warehouse.job.Artefact;
import crm.warehouse.job.ModelRun;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which keys of a table of entities may be stored more than once: only they need ranking where a
 * job looks for the newest row of each key.
 *
 * <p>What is known is a note beside the table: the names of data files, and the 64-bit hashes of
 * the keys that these hold more than once. Delta never changes a data file and gives no name twice,
 * so the note is true whatever is committed later; the keys of other files may all be repeated. Two
 * keys of one hash, or a note that is old, cost time and never truth; without one all keys are
 * ranked.
 */
final class RepeatedKeys {
  static final String NOTE = "_repeated_keys.json";
  private static final String HASH = "_key_hash";

  /** Changes with what is hashed and how, so that an older note is none. */
  private static final int FORMAT = 1;

  /** Above this share of the rows ranking everything costs no more. */
  private static final double MAX_SHARE = 0.1;

  /** As many rows as every task can be given with its work. */
  private static final int MAX_ROWS = 500_000;

  /** The share of new rows after which another look may find fewer repeated keys. */
  private static final double WORTH_ANOTHER_LOOK = 0.5;

  private final Warehouse warehouse;
  private final Table table;
  private final DeltaLog log;
  private final Snapshot snapshot;

  /**
   * @param key the columns that are hashed
   * @param tooMany whether more keys are repeated than is worth to know, so that none is named
   * @param hashes of the keys that the files hold more than once
   */
  private record Note(
      int format, List<String> key, Set<String> files, boolean tooMany, List<Long> hashes) {}

  /**
   * @param table of entities, which is there
   */
  RepeatedKeys(Warehouse warehouse, Table table) {
    this.warehouse = warehouse;
    this.table = table;
    this.log = DeltaLog.forTable(warehouse.spark(), warehouse.path(table));
    this.snapshot = log.update(false, Option.empty(), Option.empty());
  }

  /** Selects the rows visible on the date, as {@link AsOf#visible} does. */
  Dataset<Row> visible(LocalDate date) {
    Dataset<Row> stored = warehouse.stored(table, snapshot.version());
    return repeated()
        .map(hashes -> AsOf.visibleOfRepeated(table, stored, date, hashes))
        .orElseGet(() -> AsOf.visible(table, stored, date));
  }

  /** Finds the hashes of the keys that may be repeated, unless they are too many to help. */
  private Optional<Dataset<Row>> repeated() {
    Optional<Note> note = read();
    if (note.isEmpty() || note.get().tooMany()) {
      return Optional.empty();
    }
    List<AddFile> files = files(); // Asked for, by a Spark job, only where a note may help.
    List<AddFile> others = others(files, note.get());
    if (rows(others) > limit(files)) {
      return Optional.empty();
    }
    Dataset<Row> noted =
        warehouse.spark().createDataset(note.get().hashes(), Encoders.LONG()).toDF(HASH);
    return Optional.of(others.isEmpty() ? noted : noted.union(hashes(others)));
  }

  /**
   * Notes the keys that are stored more than once, where files with a good part of the rows are not
   * covered.
   *
   * @return whether there was anything to note
   */
  boolean renew() {
    Optional<Note> last = read();
    List<AddFile> files = files();
    long enough =
        last.filter(Note::tooMany).isPresent()
            ? (long) (rows(files) * WORTH_ANOTHER_LOOK)
            : limit(files) / 2;
    if (rows(last.map(note -> others(files, note)).orElse(files)) <= enough) {
      return false;
    }
    // Hashes alone, and no more than a note may hold.
    List<Row> repeated =
        hashes(files)
            .groupBy(HASH)
            .agg(count(lit(1)).as("rows"))
            .where(col("rows").gt(1))
            .limit(MAX_ROWS + 1)
            .collectAsList();
    boolean tooMany = repeated.stream().mapToLong(row -> row.getLong(1)).sum() > limit(files);
    List<Long> hashes =
        tooMany ? List.of() : repeated.stream().map(row -> row.getLong(0)).sorted().toList();
    Set<String> names = files.stream().map(AddFile::path).collect(toCollection(TreeSet::new));
    write(new Note(FORMAT, table.fullKey(), names, tooMany, hashes));
    return true;
  }

  private void write(Note note) {
    String text = Artefact.write(note);
    file()
        .replace(
            JsonNodeFactory.instance
                .objectNode()
                .put("sha256", ModelRun.hash(text))
                .put("note", text));
  }

  /** Reads the note; one that is damaged, or of another key, is none. */
  private Optional<Note> read() {
    try {
      return file()
          .read()
          .filter(json -> json.path("sha256").asText().equals(sha256(json)))
          .map(json -> Artefact.read(json.get("note").asText(), Note.class))
          .filter(note -> note.format() == FORMAT && note.key().equals(table.fullKey()));
    } catch (UncheckedIOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static String sha256(JsonNode json) {
    return ModelRun.hash(json.path("note").asText());
  }

  private AtomicFile file() {
    return new AtomicFile(
        new Path(warehouse.path(table), NOTE),
        warehouse.spark().sparkContext().hadoopConfiguration());
  }

  private List<AddFile> files() {
    return snapshot.allFiles().collectAsList();
  }

  private static long limit(List<AddFile> files) {
    return Math.min(MAX_ROWS, (long) (rows(files) * MAX_SHARE));
  }

  private static List<AddFile> others(List<AddFile> files, Note note) {
    return files.stream().filter(file -> !note.files().contains(file.path())).toList();
  }

  private Dataset<Row> hashes(List<AddFile> of) {
    return log.createDataFrame(
            snapshot, CollectionConverters.asScala(of).toSeq(), false, Option.empty())
        .select(AsOf.keyHash(table).as(HASH));
  }

  /** Sums the rows of files; one whose statistics are missing counts as all that are too many. */
  private static long rows(List<AddFile> files) {
    long rows = 0;
    for (AddFile file : files) {
      Option<Object> known = file.numLogicalRecords();
      if (known.isEmpty()) {
        return Long.MAX_VALUE;
      }
      rows += (Long) known.get();
    }
    return rows;
  }
}
