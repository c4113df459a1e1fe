package crm.store;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;

import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.render.Ddl;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Delta tables below one folder, by layer and name. With {@link Upkeep} the only code that writes.
 */
public final class Warehouse {
  private final SparkSession spark;
  private final String root;
  private final Set<Table> checked = ConcurrentHashMap.newKeySet();

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

  /** All stored rows with all stored columns; none where the table is not there yet. */
  public Dataset<Row> stored(Table table) {
    return exists(table)
        ? spark.read().format("delta").load(path(table))
        : spark.createDataFrame(List.<Row>of(), table.storedSchema());
  }

  /** The stored rows as a version of the table held them. */
  public Dataset<Row> stored(Table table, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path(table));
  }

  /** The table's current version, if it is there. */
  public Optional<Long> version(Table table) {
    // DeltaTable.isDeltaTable would not look again at a log that it once saw empty, as that of a
    // table which another run was making.
    return Optional.of(DeltaLog.forTable(spark, path(table)))
        .map(log -> log.update(false, Option.empty(), Option.empty()).version())
        .filter(version -> version >= 0);
  }

  /**
   * Replaces exactly the rows of the dates, of one source or of all.
   *
   * @param rows all stored columns; every row's logical date within the dates
   */
  public void replace(
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
    arranged(table, rows)
        .write()
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
          spark.createDataFrame(List.<Row>of(), table.storedSchema()),
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
      append(log, spark.createDataFrame(rows, log.storedSchema()));
    }
  }

  /** Rows together by partition, so that a partition is few files however many tasks made them. */
  static Dataset<Row> arranged(Table table, Dataset<Row> rows) {
    Dataset<Row> complete =
        table.kind().isDelivered()
            ? rows.withColumn(Table.LOGICAL_MONTH, date_format(col(Table.LOGICAL_DATE), "yyyy-MM"))
            : rows;
    Dataset<Row> ordered = complete.select(columns(table));
    return table
        .partitionColumn()
        .map(partition -> ordered.repartition(col(partition)))
        .orElse(ordered);
  }

  private static Column[] columns(Table table) {
    return table.storedColumns().stream().map(column -> col(column.name())).toArray(Column[]::new);
  }

  /**
   * Creates the table, or adds what may be added to it: nullable columns, checks and properties.
   *
   * @throws UserError if it differs otherwise from its definition
   */
  public synchronized void ensure(Table table) {
    if (!checked.add(table)) {
      return;
    }
    if (exists(table)) {
      evolve(table);
    } else {
      create(table);
    }
  }

  void create(Table table) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path(table))
            .comment("One row per " + table.grain())
            .addColumns(table.storedSchema());
    for (Map.Entry<String, String> property : Ddl.properties(table).entrySet()) {
      builder = builder.property(property.getKey(), property.getValue());
    }
    if (table.partitionColumn().isPresent()) {
      builder = builder.partitionedBy(table.partitionColumn().get());
    }
    try {
      builder.execute();
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      // Another run made it at the same moment, or is about to, which is as good.
      if (!appears(table)) {
        if (isThere(new Path(path(table)))) {
          throw UserError.retryable(
              "%s is not there, yet its folder %s is not empty: a run was stopped while it made the"
                  + " table, or somebody put files there. If nothing else runs, remove the folder;"
                  + " then run again.",
              table, path(table));
        }
        throw e;
      }
    }
  }

  /** Whether a table whose log is begun has a first version within half a minute. */
  private boolean appears(Table table) {
    Path log = new Path(path(table), "_delta_log");
    for (int look = 0; look < 300 && isThere(log) && !exists(table); look++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return exists(table);
  }

  private boolean isThere(Path path) {
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void evolve(Table table) {
    StructType stored = spark.read().format("delta").load(path(table)).schema();
    Map<String, StructField> known = new HashMap<>();
    for (StructField field : stored.fields()) {
      known.put(field.name(), field);
    }
    for (StructField wanted : table.storedSchema().fields()) {
      StructField found = known.remove(wanted.name());
      if (found == null && wanted.nullable()) {
        spark.sql(
            "ALTER TABLE delta.`%s` ADD COLUMNS (%s %s COMMENT '%s')"
                .formatted(
                    path(table),
                    wanted.name(),
                    wanted.dataType().sql(),
                    wanted.getComment().get().replace("'", "\\'")));
      } else if (found == null) {
        throw differs(table, "it lacks the required column " + wanted.name());
      } else if (!found.dataType().asNullable().equals(wanted.dataType().asNullable())) {
        throw differs(
            table,
            "%s is %s and should be %s"
                .formatted(wanted.name(), found.dataType().sql(), wanted.dataType().sql()));
      } else if (found.nullable() && !wanted.nullable()) {
        throw differs(table, wanted.name() + " may be NULL and should not");
      }
    }
    if (!known.isEmpty()) {
      throw differs(table, "it has the column " + known.keySet().iterator().next() + " besides");
    }
    Map<String, String> properties =
        CollectionConverters.asJava(
            DeltaLog.forTable(spark, path(table))
                .update(false, Option.empty(), Option.empty())
                .metadata()
                .configuration());
    addChecks(table, properties);
    setProperties(table, properties);
  }

  /** What else Delta is told of the table may change at any time. */
  private void setProperties(Table table, Map<String, String> stored) {
    String changed =
        Ddl.properties(table).entrySet().stream()
            .filter(property -> !property.getKey().startsWith(Ddl.CHECK))
            .filter(property -> !property.getValue().equals(stored.get(property.getKey())))
            .map(property -> "'%s' = '%s'".formatted(property.getKey(), property.getValue()))
            .collect(joining(", "));
    if (!changed.isEmpty()) {
      spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES (%s)".formatted(path(table), changed));
    }
  }

  private void addChecks(Table table, Map<String, String> properties) {
    Map<String, String> wanted = new HashMap<>();
    table.storedChecks().forEach(check -> wanted.put(check.name(), check.predicate()));
    for (String property : properties.keySet()) {
      if (property.startsWith(Ddl.CHECK)) {
        String name = property.substring(Ddl.CHECK.length());
        String predicate = wanted.remove(name);
        if (predicate == null || !parsed(properties.get(property)).equals(parsed(predicate))) {
          throw differs(table, "its check " + name + " is another");
        }
      }
    }
    wanted.forEach(
        (name, predicate) ->
            spark.sql(
                "ALTER TABLE delta.`%s` ADD CONSTRAINT %s CHECK (%s)"
                    .formatted(path(table), name, predicate)));
  }

  /** Delta spaces the words of a check as it likes. */
  private static String parsed(String predicate) {
    return CatalystSqlParser$.MODULE$.parseExpression(predicate).sql();
  }

  /** Forgets what was checked of a table that was put in place of another. */
  void forget(Table table) {
    DeltaLog.clearCache();
    checked.remove(table);
  }

  private static UserError differs(Table table, String how) {
    return UserError.usage(
        "The stored %s differs from its definition: %s. Rewrite it with: crm rebuild %s",
        table, how, table.qualifiedName());
  }
}
