package crm.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;

import crm.store.AsOf;
import crm.store.PublishedTables;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.OpsTables;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The published tables as jobs of one date saw them. */
record PublishedDay(PublishedTables tables, LocalDate date) {

  /**
   * The newest date with computed results; without any, the newest date anything was run for.
   *
   * @throws UserError if nothing was run
   */
  static PublishedDay newest(PublishedTables tables) {
    Dataset<Row> runs = tables.rows(OpsTables.JOB_RUNS);
    Dataset<Row> results =
        runs.select(explode(col("writes")).as("written"))
            .select("written.*")
            .where(col("table").startsWith(Layer.CURATED + "."));
    return newest(results)
        .or(() -> newest(runs))
        .map(date -> new PublishedDay(tables, date))
        .orElseThrow(
            () ->
                UserError.usage(
                    "No job has run, so there is nothing to report. Run first: crm run --all"
                        + " --date D"));
  }

  private static Optional<LocalDate> newest(Dataset<Row> rows) {
    return Optional.ofNullable(rows.agg(max(Table.LOGICAL_DATE)).head().getDate(0))
        .map(java.sql.Date::toLocalDate);
  }

  Dataset<Row> visible(Table table) {
    return AsOf.visible(table, tables.rows(table), date);
  }
}
