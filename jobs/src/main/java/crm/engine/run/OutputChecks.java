package crm.engine.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import crm.engine.store.ContentHash;
import crm.warehouse.Columns;
import crm.warehouse.Field;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.Outputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Compares what a job computed with what its table promises; a difference is the job's fault. */
final class OutputChecks {
  private OutputChecks() {}

  /**
   * @throws IllegalStateException if a table is not filled, unless the job refuses its own result
   */
  static void complete(Job job, Outputs outputs) {
    if (outputs.model().flatMap(ModelRun::refusal).isEmpty()) {
      for (Table table : job.writes()) {
        if (!outputs.rows().containsKey(table)) {
          throw wrong(job, table, "is nothing");
        }
      }
    }
  }

  /**
   * Checks the columns of rows, and selects the declared ones in order, with the source of
   * delivered tables.
   *
   * @param also columns the rows may have besides
   * @throws IllegalStateException if a column is missing, superfluous or of another type
   */
  static Dataset<Row> conforming(Job job, Table table, Dataset<Row> rows, String... also) {
    List<Field> wanted = new ArrayList<>(table.layout().leading());
    wanted.addAll(table.columns());
    Set<String> unknown = new HashSet<>(List.of(rows.columns()));
    unknown.removeAll(List.of(also));
    for (Field column : wanted) {
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
    return rows.select(Columns.named(wanted.stream().map(Field::name).toList(), also));
  }

  /**
   * The content of the rows, in one pass with the check of their key.
   *
   * @throws IllegalStateException if two rows share a key
   */
  static ContentHash contentOfUnique(Job job, Table table, Dataset<Row> rows) {
    Column[] key = Columns.named(table.fullKey());
    Column[] sums = ContentHash.sums(table, lit(true));
    Row total =
        rows.groupBy(key)
            .agg(sums[0], sums[1], sums[2])
            .agg(
                max("rows"),
                coalesce(sum("rows"), lit(0L)),
                coalesce(sum("hash_low"), lit(0L)),
                coalesce(sum("hash_high"), lit(0L)))
            .head();
    if (!total.isNullAt(0) && total.getLong(0) > 1) {
      throw wrong(job, table, "has two rows of one key " + table.fullKey());
    }
    return new ContentHash(total.getLong(1), total.getLong(2), total.getLong(3));
  }

  private static IllegalStateException wrong(Job job, Table table, String problem) {
    return new IllegalStateException(
        "What job %s computed for %s %s.".formatted(job.name(), table, problem));
  }
}
