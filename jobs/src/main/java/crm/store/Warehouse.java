package crm.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;

import crm.warehouse.Check;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.render.Ddl;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Delta tables below one folder, by layer and name: the only code that reads or writes storage. */
public final class Warehouse {
  private static final String CONSTRAINT = "delta.constraints.";

  private final SparkSession spark;
  private final String root;
  private final Set<Table> checked = new HashSet<>();

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
    return DeltaTable.isDeltaTable(spark, path(table));
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
    return exists(table)
        ? Optional.of(
            DeltaLog.forTable(spark, path(table))
                .update(false, Option.empty(), Option.empty())
                .version())
        : Optional.empty();
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
  private static Dataset<Row> arranged(Table table, Dataset<Row> rows) {
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
   * Creates the table, or adds what may be added to it: nullable columns and checks.
   *
   * @throws UserError if it differs otherwise from its definition
   */
  public void ensure(Table table) {
    if (!checked.add(table)) {
      return;
    }
    if (exists(table)) {
      evolve(table);
    } else {
      create(table);
    }
  }

  private void create(Table table) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path(table))
            .comment("One row per " + table.grain())
            .addColumns(table.storedSchema())
            .property("delta.dataSkippingStatsColumns", statistics(table))
            .property("delta.enableDeletionVectors", "false")
            .property("delta.checkpointPolicy", "classic");
    for (Check check : table.storedChecks()) {
      builder = builder.property(CONSTRAINT + check.name(), check.predicate());
    }
    if (table.partitionColumn().isPresent()) {
      builder = builder.partitionedBy(table.partitionColumn().get());
    }
    builder.execute();
  }

  private static String statistics(Table table) {
    return String.join(",", Ddl.statisticsColumns(table));
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
    addChecks(table);
  }

  private void addChecks(Table table) {
    Map<String, String> wanted = new HashMap<>();
    table.storedChecks().forEach(check -> wanted.put(check.name(), check.predicate()));
    Map<String, String> properties =
        CollectionConverters.asJava(
            DeltaLog.forTable(spark, path(table))
                .update(false, Option.empty(), Option.empty())
                .metadata()
                .configuration());
    for (String property : properties.keySet()) {
      if (property.startsWith(CONSTRAINT)) {
        String name = property.substring(CONSTRAINT.length());
        if (!properties.get(property).equals(wanted.remove(name))) {
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

  private static UserError differs(Table table, String how) {
    return UserError.usage(
        "The stored %s differs from its definition: %s. Rewrite it with: crm rebuild %s",
        table, how, table.qualifiedName());
  }

  /**
   * Rewrites the stored rows by the table's definition: columns it no longer has are dropped, new
   * ones are NULL, types are cast.
   */
  public void rebuild(Table table) {
    Dataset<Row> old = spark.read().format("delta").load(path(table));
    Set<String> present = Set.of(old.columns());
    Column[] columns =
        table.storedColumns().stream()
            .map(
                column ->
                    (present.contains(column.name()) ? col(column.name()) : functions.lit(null))
                        .cast(column.type())
                        .as(column.name()))
            .toArray(Column[]::new);
    Warehouse aside = new Warehouse(spark, root + "/_rebuilding");
    Path made = new Path(aside.path(table));
    Path current = new Path(path(table));
    Path replaced = new Path(path(table) + "_replaced");
    try {
      FileSystem fs = current.getFileSystem(spark.sparkContext().hadoopConfiguration());
      fs.delete(made, true);
      aside.create(table);
      arranged(table, old.select(columns))
          .write()
          .format("delta")
          .mode(SaveMode.Append)
          .save(aside.path(table));
      if (!fs.rename(current, replaced) || !fs.rename(made, current)) {
        throw new IOException("rename failed");
      }
      fs.delete(replaced, true);
    } catch (IOException e) {
      throw UserError.retryable(
          "%s could not be put in place of the old one (%s). The old rows are at %s or %s.",
          table, e.getMessage(), current, replaced);
    }
    DeltaLog.clearCache();
    checked.remove(table);
  }

  /**
   * Removes all but the newest dates of a snapshot.
   *
   * @return how many dates went
   */
  public long prune(Table snapshot, int keepDates) {
    List<Row> dates =
        stored(snapshot)
            .select(Table.LOGICAL_DATE)
            .distinct()
            .orderBy(col(Table.LOGICAL_DATE).desc())
            .collectAsList();
    if (dates.size() <= keepDates) {
      return 0;
    }
    DeltaTable.forPath(spark, path(snapshot))
        .delete(
            "%s < DATE'%s'"
                .formatted(Table.LOGICAL_DATE, dates.get(keepDates - 1).getDate(0).toString()));
    return (long) dates.size() - keepDates;
  }

  /**
   * Puts the small files of each partition together.
   *
   * @return how many files were replaced
   */
  public long compact(Table table) {
    return DeltaTable.forPath(spark, path(table))
        .optimize()
        .executeCompaction()
        .select("metrics.numFilesRemoved")
        .head()
        .getLong(0);
  }

  /** Deletes the files that no version of the last days needs. */
  public void vacuum(Table table, int keepDays) {
    // Delta prints a line of its own to the standard output, which belongs to our commands.
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      DeltaTable.forPath(spark, path(table)).vacuum(keepDays * 24.0);
    } finally {
      System.setOut(out);
    }
  }
}
