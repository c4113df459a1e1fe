package crm.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.engine.store.Published;
import crm.engine.store.PublishedTables;
import crm.engine.store.Warehouse;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.TableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Small curated tables of (customer, value), published as a run publishes. */
public final class PublishedScores {
  public static final Table SCORES = table("scores", DataTypes.LongType).build();
  public static final Table NAMES = table("names", DataTypes.StringType).build();

  private final Warehouse warehouse;
  private final Map<String, Long> versions = new TreeMap<>();

  public PublishedScores(Path root) {
    warehouse = new Warehouse(Sessions.small(), root.toString());
  }

  /** The same warehouse for a program whose tables may be defined otherwise. */
  public PublishedScores later() {
    PublishedScores later = new PublishedScores(Path.of(warehouse.root()));
    later.versions.putAll(versions);
    return later;
  }

  /** A copy of the warehouse, to be changed without this one. */
  public PublishedScores copiedTo(Path root) {
    Folders.copy(Path.of(warehouse.root()), root);
    PublishedScores copy = new PublishedScores(root);
    copy.versions.putAll(versions);
    return copy;
  }

  /** A table of a customer and a value of that type. */
  public static TableBuilder table(String name, DataType value) {
    return Table.curated(name, Kind.SNAPSHOT)
        .grain("customer")
        .pseudonym("customer_id", DataTypes.StringType, "Customer.")
        .column("value", value, "A value.")
        .key("customer_id")
        .subject("customer_id");
  }

  /** Writes the rows of a date, given as SQL's VALUES of the table's columns. */
  public void write(Table table, String date, String values) {
    Dataset<Row> rows =
        Sessions.small()
            .sql("select * from values " + values)
            .toDF(table.columnNames().toArray(String[]::new))
            .withColumn(Table.LOGICAL_DATE, lit(Date.valueOf(date)));
    LocalDate day = LocalDate.parse(date);
    warehouse.replace(
        table,
        rows.select(
            table.layout().columns().stream()
                .map(column -> col(column.name()).cast(column.type()).as(column.name()))
                .toArray(org.apache.spark.sql.Column[]::new)),
        day,
        day,
        Optional.empty());
    versions.put(table.qualifiedName(), warehouse.version(table).orElseThrow());
  }

  /** Appends rows in the order of the log's columns. */
  public void append(Table log, List<Row> rows) {
    warehouse.append(log, rows);
    versions.put(log.qualifiedName(), warehouse.version(log).orElseThrow());
  }

  public void publish(String runId) {
    new Published(runId, versions)
        .write(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
  }

  public PublishedTables published() {
    return new PublishedTables(warehouse);
  }

  /** Takes the newest data file away, as a broken disk does. */
  public Path breakNewestFile(Table table) {
    try (Stream<Path> files = Files.walk(Path.of(warehouse.path(table)))) {
      Path newest =
          files
              .filter(file -> file.toString().endsWith(".parquet"))
              .filter(file -> !file.toString().contains("_delta_log"))
              .max(Comparator.comparing(file -> file.toFile().lastModified()))
              .orElseThrow();
      return Files.move(newest, newest.resolveSibling(newest.getFileName() + ".lost"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void restore(Path lost) {
    try {
      Files.move(lost, Path.of(lost.toString().replace(".lost", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
