package crm.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.Column;
import crm.warehouse.Job;
import crm.warehouse.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Compares what a job computed with what its table promises; a difference is the job's fault. */
final class OutputChecks {
  private OutputChecks() {}

  /**
   * The declared columns in order, and the source of delivered tables.
   *
   * @param also columns the rows may have besides
   * @throws IllegalStateException if a column is missing, superfluous or of another type
   */
  static Dataset<Row> conforming(Job job, Table table, Dataset<Row> rows, String... also) {
    List<Column> wanted = new ArrayList<>(table.leadingColumns());
    wanted.addAll(table.columns());
    Set<String> unknown = new HashSet<>(List.of(rows.columns()));
    unknown.removeAll(List.of(also));
    for (Column column : wanted) {
      if (!unknown.remove(column.name())) {
        throw wrong(job, table, "lacks column " + column.name());
      }
      DataType type = rows.schema().apply(column.name()).dataType();
      if (!type.asNullable().equals(column.type().asNullable())) {
        throw wrong(
            job,
            table,
            "has %s as %s, not %s".formatted(column.name(), type.sql(), column.type().sql()));
      }
    }
    if (!unknown.isEmpty()) {
      throw wrong(job, table, "has columns that are not declared: " + unknown);
    }
    List<String> names = new ArrayList<>(wanted.stream().map(Column::name).toList());
    names.addAll(List.of(also));
    return rows.select(
        names.stream().map(name -> col(name)).toArray(org.apache.spark.sql.Column[]::new));
  }

  /**
   * @throws IllegalStateException if two rows share a key
   */
  static void uniqueKey(Job job, Table table, Dataset<Row> rows) {
    boolean twice =
        !rows.groupBy(
                table.fullKey().stream()
                    .map(name -> col(name))
                    .toArray(org.apache.spark.sql.Column[]::new))
            .agg(count(lit(1)).as("_rows"))
            .where(col("_rows").gt(1))
            .isEmpty();
    if (twice) {
      throw wrong(job, table, "has two rows of one key " + table.fullKey());
    }
  }

  private static IllegalStateException wrong(Job job, Table table, String problem) {
    return new IllegalStateException(
        "What job %s computed for %s %s.".formatted(job.name(), table, problem));
  }
}
