package crm.engine.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructField;

/**
 * Delta tables below one folder, by layer and name. With {@link StoredTable} and {@link
 * Maintenance} the only code that writes.
 */
public final class Warehouse {
  private final SparkSession spark;
  private final String root;
  private final Set<Table> checked = ConcurrentHashMap.newKeySet();
  private final SmallTables small = new SmallTables(this);

  /**
   * @param root folder of the tables; any Hadoop file system
   */
  public Warehouse(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  public SparkSession spark() {
    return spark;
  }

  public String root() {
    return root;
  }

  public String path(Table table) {
    return root + "/" + table.layer() + "/" + table.name();
  }

  public boolean exists(Table table) {
    return version(table).isPresent();
  }

  /**
   * Reads all stored rows with all stored columns; none where the table does not exist yet. A
   * nullable column that {@link #ensure} has yet to add is NULL.
   */
  public Dataset<Row> stored(Table table) {
    if (!exists(table)) {
      return spark.createDataFrame(List.<Row>of(), table.layout().schema());
    }
    return complete(table, spark.read().format("delta").load(path(table)));
  }

  private static Dataset<Row> complete(Table table, Dataset<Row> rows) {
    Set<String> present = Set.of(rows.columns());
    Dataset<Row> complete = rows;
    for (StructField field : table.layout().schema().fields()) {
      if (field.nullable() && !present.contains(field.name())) {
        complete = complete.withColumn(field.name(), lit(null).cast(field.dataType()));
      }
    }
    return complete;
  }

  /** Reads the stored rows of a version of the table, as {@link #stored(Table)} does. */
  public Dataset<Row> stored(Table table, long version) {
    return complete(
        table, spark.read().format("delta").option("versionAsOf", version).load(path(table)));
  }

  /** Selects the rows visible on the date, as {@link AsOf#visible} says. */
  public Dataset<Row> visible(Table table, LocalDate date) {
    return table.kind() == Kind.ENTITIES && exists(table)
        ? new RepeatedKeys(this, table).visible(date)
        : AsOf.visible(table, stored(table), date);
  }

  /** Takes note of the keys that a table of entities holds more than once, if it is time. */
  public void noteRepeatedKeys(Table table) {
    if (table.kind() == Kind.ENTITIES && exists(table)) {
      new RepeatedKeys(this, table).renew();
    }
  }

  /** Returns the table's current version, if it is there. */
  public Optional<Long> version(Table table) {
    return in(table).version();
  }

  /** Returns what jobs see of small tables. */
  public SmallTables small() {
    return small;
  }

  StoredTable in(Table table) {
    return new StoredTable(spark, table, path(table));
  }

  /**
   * Replaces exactly the rows of the dates, of one source or of all.
   *
   * @param rows all stored columns; every row's logical date within the dates
   */
  public void replace(
      Table table, Dataset<Row> rows, LocalDate from, LocalDate to, Optional<String> source) {
    replaceArranged(table, arranged(table, rows), from, to, source);
  }

  /**
   * Replaces them by rows that are partitioned as the table is.
   *
   * @param rows all stored columns, in their order; every row's logical date within the dates
   */
  public void replaceArranged(
      Table table, Dataset<Row> rows, LocalDate from, LocalDate to, Optional<String> source) {
    ensure(table);
    StringBuilder where = new StringBuilder();
    if (table.kind().isDelivered()) {
      where.append(
          "%s >= '%s' AND %s <= '%s' AND "
              .formatted(
                  Table.LOGICAL_MONTH,
                  YearMonth.from(from),
                  Table.LOGICAL_MONTH,
                  YearMonth.from(to)));
    }
    where.append(
        "%s >= DATE'%s' AND %s <= DATE'%s'"
            .formatted(Table.LOGICAL_DATE, from, Table.LOGICAL_DATE, to));
    source.ifPresent(name -> where.append(" AND %s = '%s'".formatted(Table.SOURCE, name)));
    rows.write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("replaceWhere", where.toString())
        .save(path(table));
  }

  /** Leaves no row of a date. */
  public void clear(Table table, LocalDate date) {
    if (exists(table)) {
      replace(
          table,
          spark.createDataFrame(List.<Row>of(), table.layout().schema()),
          date,
          date,
          Optional.empty());
    }
  }

  /** Appends to a log. */
  public void append(Table log, Dataset<Row> rows) {
    ensure(log);
    rows.select(columns(log))
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .save(path(log));
  }

  /** Appends rows made here, in the order of the table's columns. */
  public void append(Table log, List<Row> rows) {
    if (!rows.isEmpty()) {
      append(log, spark.createDataFrame(rows, log.layout().schema()));
    }
  }

  /**
   * Repartitions rows by the partitions of the table, so that a partition has few files however
   * many tasks computed it.
   */
  static Dataset<Row> arranged(Table table, Dataset<Row> rows) {
    Dataset<Row> complete =
        table.kind().isDelivered()
            ? rows.withColumn(Table.LOGICAL_MONTH, date_format(col(Table.LOGICAL_DATE), "yyyy-MM"))
            : rows;
    Dataset<Row> ordered = complete.select(columns(table));
    return table
        .layout()
        .partitionColumn()
        .map(partition -> ordered.repartition(col(partition)))
        .orElse(ordered);
  }

  /** Returns the stored columns, in their order. */
  public static Column[] columns(Table table) {
    return table.layout().columns().stream()
        .map(column -> col(column.name()))
        .toArray(Column[]::new);
  }

  /**
   * Creates the table, or adds what may be added to it: nullable columns, checks and properties.
   *
   * @throws UserError if it differs otherwise from its definition
   */
  public synchronized void ensure(Table table) {
    if (checked.add(table)) {
      in(table).ensure();
    }
  }

  /** Forgets what was checked of a table that was put in place of another. */
  void forget(Table table) {
    DeltaLog.clearCache();
    checked.remove(table);
  }
}
