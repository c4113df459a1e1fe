package crm.warehouse;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables a job declared, as of its logical date. Rows hold the declared columns, and {@link
 * Table#SOURCE} where the kind is delivered.
 */
public interface Inputs {
  /**
   * All rows a job of this date may see. Of a {@linkplain Table#isModelOutput model's table} those
   * of the newest accepted date, which is their {@link Table#LOGICAL_DATE}.
   */
  Dataset<Row> get(Table table);

  /**
   * The rows of {@link #get} that match any row of {@code keys} in all its columns, without reading
   * more of the history than one filtered scan.
   */
  Dataset<Row> get(Table table, Dataset<Row> keys);

  /** Like {@link #get(Table, Dataset)}, as of the date of the stored state; state jobs only. */
  Dataset<Row> asOfState(Table table, Dataset<Row> keys);

  /**
   * The full keys of the rows that may differ between the date of the stored state and this date:
   * what was delivered between them, and what was delivered before and lay in the future; state
   * jobs only.
   */
  Dataset<Row> changedKeys(Table table);

  /**
   * The same rows, computed once however often they are used. For what a job uses several times and
   * is small beside its inputs.
   */
  Dataset<Row> cached(Dataset<Row> rows);

  /**
   * The rows of an ingestion's own table that were delivered by its source before the first date it
   * loads, with system columns: of entities the newest of each key, tombstones included, of events
   * all.
   */
  Dataset<Row> loadedBefore(Table own);

  /**
   * What the job itself wrote last before its date, if it ever did; snapshots only. A job that asks
   * for it runs its dates in turn.
   *
   * @param own a table that the job both reads and writes
   */
  Optional<Previous> previous(Table own);

  /**
   * All that the job itself wrote before its date and is still kept: the declared columns and
   * {@link Table#LOGICAL_DATE}; snapshots only. For what becomes known of old results later, as
   * whether they came true; a job that asks for it runs its dates in turn.
   *
   * @param own a table that the job both reads and writes
   */
  Dataset<Row> history(Table own);

  /**
   * A job's own earlier result.
   *
   * @param date its logical date
   * @param rows the declared columns
   * @param artefact the model the rows were made with, checked to be what was saved
   */
  record Previous(LocalDate date, Dataset<Row> rows, Optional<String> artefact) {}
}
