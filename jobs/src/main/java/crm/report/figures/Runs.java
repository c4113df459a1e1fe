package crm.report.figures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.engine.store.Warehouse;
import crm.warehouse.job.OutcomeCounts;
import crm.warehouse.tables.ops.OpsTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads what the last runs did, whether or not they were published, by the operating tables; small,
 * and without any record's content.
 */
public final class Runs {
  private static final String GAP_ACCEPTED = "gap_accepted";

  private final Warehouse warehouse;
  private final Dataset<Row> runs;

  public Runs(Warehouse warehouse) {
    this.warehouse = warehouse;
    runs = warehouse.stored(OpsTables.JOB_RUNS).where(col("status").notEqual(GAP_ACCEPTED));
  }

  /**
   * The last run of a job.
   *
   * @param dates logical dates it ran for, from {@code first} to {@code last}
   */
  public record LastRun(
      String job,
      LocalDate first,
      LocalDate last,
      long dates,
      List<String> statuses,
      long rowsOut,
      double seconds) {

    public boolean isGood() {
      return !statuses.contains("failed") && !statuses.contains("skipped");
    }
  }

  /** Reads the last run of every job, in the order they started. */
  public List<LastRun> last() {
    return Records.read(
        LastRun.class,
        runs.join(lastOf("job"), new String[] {"job", "run_id"}, "left_semi")
            .groupBy("job")
            .agg(
                min("logical_date"),
                max("logical_date"),
                countDistinct("logical_date"),
                sort_array(collect_set("status")),
                sum("rows_out"),
                // Dates that are loaded at once each say how long all of them took.
                max("seconds"),
                max("started_at").as("started_at"))
            .orderBy("started_at", "job")
            .drop("started_at"));
  }

  /** The outcomes of the records that an ingestion read in its last run. */
  public record Outcomes(String job, LocalDate last, long files, OutcomeCounts counts) {

    /** Records that are neither a row nor a mistake. */
    public long leftOut() {
      return counts.recordsIn() - counts.accepted() - counts.rejected();
    }
  }

  /** Reads the outcomes of every ingestion whose last run read records. */
  public List<Outcomes> outcomes() {
    Column isOfOtherDay = coalesce(col("other_day"), lit(0L)).gt(0);
    Column counts =
        struct(
            sum("accepted"),
            sum("rejected"),
            sum("duplicates"),
            sum("unchanged"),
            sum("collapsed"),
            sum("filtered"),
            sum("suppressed"),
            coalesce(sum("other_day"), lit(0L)),
            lit(0L));
    return Records.read(
        Outcomes.class,
        warehouse
            .stored(OpsTables.FILE_LOADS)
            .join(lastOf("job"), new String[] {"job", "run_id"}, "left_semi")
            .groupBy("job")
            .agg(
                coalesce(max(when(not(isOfOtherDay), col("logical_date"))), max("logical_date")),
                countDistinct("file"),
                counts,
                sum("records_in").as("records_in"))
            .where(col("records_in").gt(0))
            .orderBy("job")
            .drop("records_in"));
  }

  /**
   * Records that were rejected for one reason.
   *
   * @param column at fault; empty where none is
   */
  public record Rejections(
      String job, String reason, String column, LocalDate newest, long records) {}

  /** Counts the last run of each ingestion and date: earlier rejections no longer count. */
  public List<Rejections> rejections() {
    return Records.read(
        Rejections.class,
        warehouse
            .stored(OpsTables.REJECTED_ROWS)
            .join(
                lastOf("job", "logical_date"),
                new String[] {"job", "logical_date", "run_id"},
                "left_semi")
            .groupBy("job", "reason", "column")
            .agg(max("logical_date"), count(lit(1)).as("records"))
            .orderBy(col("records").desc(), col("job"), col("reason"), col("column"))
            .na()
            .fill("", new String[] {"column"}));
  }

  /** Days in a row that a load did not bring, and that somebody accepted as missing. */
  public record AcceptedGap(String job, LocalDate first, LocalDate last) {}

  /** Reads the gaps that no load has filled since, by job and date. */
  public List<AcceptedGap> acceptedGaps() {
    List<AcceptedGap> gaps = new ArrayList<>();
    for (Row row :
        warehouse
            .stored(OpsTables.JOB_RUNS)
            .groupBy("job", "logical_date")
            .agg(max_by(col("status"), col("started_at")).as("status"))
            .where(col("status").equalTo(GAP_ACCEPTED))
            .orderBy("job", "logical_date")
            .collectAsList()) {
      LocalDate date = row.getDate(1).toLocalDate();
      AcceptedGap before = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
      if (before != null
          && before.job().equals(row.getString(0))
          && before.last().plusDays(1).equals(date)) {
        gaps.set(gaps.size() - 1, new AcceptedGap(before.job(), before.first(), date));
      } else {
        gaps.add(new AcceptedGap(row.getString(0), date, date));
      }
    }
    return gaps;
  }

  private Dataset<Row> lastOf(String first, String... more) {
    return runs.groupBy(first, more).agg(max_by(col("run_id"), col("started_at")).as("run_id"));
  }
}
