package crm.engine.store;

import static org.apache.spark.sql.functions.col;

import crm.warehouse.Table;
import crm.warehouse.UserError;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Keeps stored tables small and as they are defined; changes no row that a job would see. */
public final class Maintenance {
  private final Warehouse warehouse;

  public Maintenance(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Rewrites the stored rows by the table's definition: columns it no longer has are dropped, new
   * ones are NULL, types are cast.
   */
  public void rebuild(Table table) {
    SparkSession spark = warehouse.spark();
    Dataset<Row> old = warehouse.stored(table);
    Set<String> present = Set.of(old.columns());
    Column[] columns =
        table.layout().columns().stream()
            .map(
                column ->
                    (present.contains(column.name()) ? col(column.name()) : functions.lit(null))
                        .cast(column.type())
                        .as(column.name()))
            .toArray(Column[]::new);
    Warehouse aside = new Warehouse(spark, warehouse.root() + "/_rebuilding");
    Path made = new Path(aside.path(table));
    Path current = new Path(warehouse.path(table));
    Path replaced = new Path(warehouse.path(table) + "_replaced");
    try {
      FileSystem fs = current.getFileSystem(spark.sparkContext().hadoopConfiguration());
      fs.delete(made, true);
      aside.in(table).create();
      Warehouse.arranged(table, old.select(columns))
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
    warehouse.forget(table);
  }

  /**
   * Removes all but the newest dates of a snapshot.
   *
   * @return how many dates went
   */
  public long prune(Table snapshot, int keepDates) {
    List<Row> dates =
        warehouse
            .stored(snapshot)
            .select(Table.LOGICAL_DATE)
            .distinct()
            .orderBy(col(Table.LOGICAL_DATE).desc())
            .collectAsList();
    if (dates.size() <= keepDates) {
      return 0;
    }
    delta(snapshot)
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
    return delta(table)
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
      delta(table).vacuum(keepDays * 24.0);
    } finally {
      System.setOut(out);
    }
  }

  private DeltaTable delta(Table table) {
    return DeltaTable.forPath(warehouse.spark(), warehouse.path(table));
  }
}
