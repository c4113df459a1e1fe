package crm.report.figures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import crm.engine.store.AsOf;
import crm.engine.store.PublishedTables;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The published tables as jobs of one date saw them.
 *
 * @param accepted the newest date up to then for which each computed table was filled
 */
public record PublishedDay(
    PublishedTables tables, LocalDate date, Map<String, LocalDate> accepted) {

  /**
   * The newest date with computed results; without any, the newest date anything was run for.
   *
   * @throws UserError if nothing was run
   */
  public static PublishedDay newest(PublishedTables tables) {
    Dataset<Row> runs = tables.rows(OpsTables.JOB_RUNS);
    Map<String, LocalDate> filled = newestFilled(runs);
    return filled.values().stream()
        .max(Comparator.naturalOrder())
        .or(() -> newest(runs))
        .map(date -> new PublishedDay(tables, date, filled))
        .orElseThrow(
            () ->
                UserError.usage(
                    "No job has run, so there is nothing to report. Run first: crm run --all"
                        + " --date D"));
  }

  /** By the newest good run of each job and date, since a later one may refuse its result. */
  private static Map<String, LocalDate> newestFilled(Dataset<Row> runs) {
    return runs
        .where(col("status").isin("succeeded", "empty"))
        .groupBy("job", Table.LOGICAL_DATE)
        .agg(max_by(col("writes"), col("started_at")).as("writes"))
        .select(explode(col("writes")).as("written"))
        .select("written.*")
        .where(col("table").startsWith(Layer.CURATED + "."))
        .groupBy("table")
        .agg(max(Table.LOGICAL_DATE))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDate(1).toLocalDate()));
  }

  private static Optional<LocalDate> newest(Dataset<Row> rows) {
    return Optional.ofNullable(rows.agg(max(Table.LOGICAL_DATE)).head().getDate(0))
        .map(java.sql.Date::toLocalDate);
  }

  /** Reads the rows of a table that jobs of the date saw. */
  Dataset<Row> visible(Table table) {
    LocalDate seen =
        table.isModelOutput() ? accepted.getOrDefault(table.qualifiedName(), date) : date;
    return AsOf.visible(table, tables.rows(table), seen);
  }

  /** Counts the rows of a table that jobs of the date saw. */
  public long count(Table table) {
    return visible(table).count();
  }
}
