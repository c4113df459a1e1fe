package crm.warehouse.job;

import crm.warehouse.Table;
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
   * Reads all rows a job of this date may see. Of a {@linkplain Table#isModelOutput model's table}
   * it reads those of the newest accepted date, which is their {@link Table#LOGICAL_DATE}.
   */
  Dataset<Row> get(Table table);

  /**
   * Reads the rows of {@link #get(Table)} that match a row of {@code keys} in all columns of {@code
   * keys}, by one filtered scan of the history.
   */
  Dataset<Row> get(Table table, Dataset<Row> keys);

  /**
   * Reads as {@link #get(Table, Dataset)} does, but as of the date of the stored state; for state
   * jobs only.
   */
  Dataset<Row> asOfState(Table table, Dataset<Row> keys);

  /**
   * Finds the full keys of the rows that may differ between the date of the stored state and this
   * date; for state jobs only. Such rows were delivered between the two dates, or delivered before
   * with an event date between them. One row per key, with the columns {@link Table#fullKey}.
   */
  Dataset<Row> changedKeys(Table table);

  /**
   * Returns the same rows, computed once however often they are used; for rows that a job uses
   * several times and that are few beside its inputs.
   */
  Dataset<Row> cached(Dataset<Row> rows);

  /**
   * Reads the rows of an ingestion's own table that its source delivered before the first date of
   * the load, with system columns: of entities the newest row of each key, tombstones included, of
   * events all rows.
   */
  Dataset<Row> loadedBefore(Table own);

  /**
   * Reads the newest result that the job itself wrote before its date, if there is one; for
   * snapshots only. A job that asks for it runs its dates in order.
   *
   * @param own a table that the job both reads and writes
   */
  Optional<Previous> previous(Table own);

  /**
   * Reads all results of the job itself of earlier dates that are still kept: the declared columns
   * and {@link Table#LOGICAL_DATE}; for snapshots only. For judging old results by later data, such
   * as forecasts by actual values; a job that asks for it runs its dates in order.
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
