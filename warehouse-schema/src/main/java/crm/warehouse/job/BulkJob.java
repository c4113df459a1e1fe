package crm.warehouse.job;

import static org.apache.spark.sql.functions.col;

import crm.warehouse.Kind;
import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A job that loads a contiguous range of dates of one source in one pass, and accounts for every
 * record: an ingestion.
 */
public interface BulkJob extends Job {
  /** What became of a record, or {@code tombstone} for a row that no record carries. */
  String OUTCOME = "_outcome";

  /** The outcomes that become rows. */
  List<String> STORED_OUTCOMES = List.of("accepted", "tombstone");

  /** The file of a record, as a path below the landing folder. */
  String FILE = "_file";

  /** The position of a record in its file, from 1. */
  String RECORD = "_record";

  /** The record as delivered. */
  String RAW = "_raw";

  /** Why a record was rejected, as a code. */
  String REASON = "_problem";

  /** The column at fault. */
  String REASON_COLUMN = "_problem_column";

  /** The source whose rows this job replaces. */
  String source();

  /** The files it reads, as a table of kind {@link Kind#FILES}. */
  Table landing();

  /** The one table it fills. */
  Table target();

  /** Whether a day without files fails, to be tried again, or counts as empty. */
  boolean failsOnMissing();

  /** Whether the delivery of each day is compared with the day before, so that days run in turn. */
  boolean runsDayByDay();

  /**
   * Stops the run if the files hold nothing so late that they ought to.
   *
   * @param last the last date that is loaded
   * @param held the days of all records that were read
   */
  default void checkDays(LocalDate last, NavigableSet<LocalDate> held) {}

  /** Stops the run if the records of one day are too bad, given how many became what. */
  void checkCounts(LocalDate logicalDate, OutcomeCounts counts);

  /**
   * Reads the records of the dates.
   *
   * @return one row per record, also of days beside the range ({@code other_day}), and per
   *     tombstone: the stored columns of the target, {@link #OUTCOME}, {@link #FILE}, {@link
   *     #RECORD}, {@link #RAW}, {@link #REASON}, {@link #REASON_COLUMN}
   */
  Dataset<Row> classify(Inputs in, LocalDate from, LocalDate to);

  @Override
  default List<Table> writes() {
    return List.of(target());
  }

  @Override
  default Outputs run(Inputs in, LocalDate logicalDate) {
    List<Column> columns = new ArrayList<>();
    target().storedColumns().forEach(column -> columns.add(col(column.name())));
    return Outputs.of(
        target(),
        classify(in, logicalDate, logicalDate)
            .where(col(OUTCOME).isInCollection(STORED_OUTCOMES))
            .select(columns.toArray(Column[]::new)));
  }
}
