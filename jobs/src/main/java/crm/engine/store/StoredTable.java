package crm.engine.store;

import static java.util.stream.Collectors.joining;

import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.render.Ddl;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One Delta table in its folder: whether it is there, and that it is as it is defined.
 *
 * @param path the folder; any Hadoop file system
 */
record StoredTable(SparkSession spark, Table table, String path) {

  /**
   * The version that a folder's log has now, and none where the folder is no table. ({@link
   * DeltaTable#isDeltaTable} would not look again at a log that it once saw empty, as that of a
   * table which another program was making.)
   */
  static Optional<Long> version(SparkSession spark, String path) {
    return Optional.of(newest(spark, path).version()).filter(version -> version >= 0);
  }

  private static Snapshot newest(SparkSession spark, String path) {
    return DeltaLog.forTable(spark, path).update(false, Option.empty(), Option.empty());
  }

  Optional<Long> version() {
    return version(spark, path);
  }

  /**
   * Creates the table, or adds what may be added to it.
   *
   * @throws UserError if it differs otherwise from its definition
   */
  void ensure() {
    if (version().isPresent()) {
      evolve();
    } else {
      create();
    }
  }

  void create() {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path)
            .comment("One row per " + table.grain())
            .addColumns(table.layout().schema());
    for (Map.Entry<String, String> property : Ddl.properties(table).entrySet()) {
      builder = builder.property(property.getKey(), property.getValue());
    }
    if (table.layout().partitionColumn().isPresent()) {
      builder = builder.partitionedBy(table.layout().partitionColumn().get());
    }
    try {
      builder.execute();
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      // Another run made it at the same moment, or is about to, which is as good.
      if (!appears()) {
        if (isThere(new Path(path))) {
          throw UserError.retryable(
              "%s is not there, yet its folder %s is not empty: a run was stopped while it made the"
                  + " table, or somebody put files there. If nothing else runs, remove the folder;"
                  + " then run again.",
              table, path);
        }
        throw e;
      }
    }
  }

  /** Returns whether a table whose log is begun has a first version within half a minute. */
  private boolean appears() {
    Path log = new Path(path, "_delta_log");
    for (int look = 0; look < 300 && isThere(log) && version().isEmpty(); look++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return version().isPresent();
  }

  private boolean isThere(Path path) {
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void evolve() {
    StructType stored = spark.read().format("delta").load(path).schema();
    Map<String, StructField> known = new HashMap<>();
    for (StructField field : stored.fields()) {
      known.put(field.name(), field);
    }
    for (StructField wanted : table.layout().schema().fields()) {
      StructField found = known.remove(wanted.name());
      if (found == null && wanted.nullable()) {
        spark.sql(
            "ALTER TABLE delta.`%s` ADD COLUMNS (%s %s COMMENT '%s')"
                .formatted(
                    path,
                    wanted.name(),
                    wanted.dataType().sql(),
                    wanted.getComment().get().replace("'", "\\'")));
      } else if (found == null) {
        throw differs("it lacks the required column " + wanted.name());
      } else if (!found.dataType().asNullable().equals(wanted.dataType().asNullable())) {
        throw differs(
            "%s is %s and should be %s"
                .formatted(wanted.name(), found.dataType().sql(), wanted.dataType().sql()));
      } else if (found.nullable() && !wanted.nullable()) {
        throw differs(wanted.name() + " may be NULL and should not");
      }
    }
    if (!known.isEmpty()) {
      throw differs("it has the column " + known.keySet().iterator().next() + " besides");
    }
    Map<String, String> properties =
        CollectionConverters.asJava(newest(spark, path).metadata().configuration());
    addChecks(properties);
    setProperties(properties);
  }

  /** Sets the table properties that may change at any time. */
  private void setProperties(Map<String, String> stored) {
    String changed =
        Ddl.properties(table).entrySet().stream()
            .filter(property -> !property.getKey().startsWith(Ddl.CHECK))
            .filter(property -> !property.getValue().equals(stored.get(property.getKey())))
            .map(property -> "'%s' = '%s'".formatted(property.getKey(), property.getValue()))
            .collect(joining(", "));
    if (!changed.isEmpty()) {
      spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES (%s)".formatted(path, changed));
    }
  }

  private void addChecks(Map<String, String> properties) {
    Map<String, String> wanted = new HashMap<>();
    table.layout().checks().forEach(check -> wanted.put(check.name(), check.predicate()));
    for (String property : properties.keySet()) {
      if (property.startsWith(Ddl.CHECK)) {
        String name = property.substring(Ddl.CHECK.length());
        String predicate = wanted.remove(name);
        if (predicate == null) {
          throw differs("its check " + name + " is another");
        }
        if (!parsed(properties.get(property)).equals(parsed(predicate))) {
          replaceCheck(name, properties.get(property), predicate);
        }
      }
    }
    wanted.forEach(this::addCheck);
  }

  /**
   * Delta looks at every stored row before it takes the new one; if one is against it, the old
   * stays.
   */
  private void replaceCheck(String name, String stored, String wanted) {
    spark.sql("ALTER TABLE delta.`%s` DROP CONSTRAINT %s".formatted(path, name));
    try {
      addCheck(name, wanted);
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      addCheck(name, stored);
      throw differs("its check " + name + " is another, and rows are against the new one");
    }
  }

  private void addCheck(String name, String predicate) {
    spark.sql(
        "ALTER TABLE delta.`%s` ADD CONSTRAINT %s CHECK (%s)".formatted(path, name, predicate));
  }

  /** Delta spaces the words of a check as it likes. */
  private static String parsed(String predicate) {
    return CatalystSqlParser$.MODULE$.parseExpression(predicate).sql();
  }

  private UserError differs(String how) {
    return UserError.usage(
        "The stored %s differs from its definition: %s. Rewrite it with: crm rebuild %s",
        table, how, table.qualifiedName());
  }
}
