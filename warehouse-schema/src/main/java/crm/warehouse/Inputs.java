package crm.warehouse;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables a job declared, as of its logical date. Rows hold the declared columns, and {@link
 * Table#SOURCE} where the kind is delivered.
 */
public interface Inputs {
  /** All rows a job of this date may see. */
  Dataset<Row> get(Table table);

  /**
   * The rows of {@link #get} that match any row of {@code keys} in all its columns, without reading
   * more of the history than one filtered scan.
   */
  Dataset<Row> get(Table table, Dataset<Row> keys);

  /** Like {@link #get(Table, Dataset)}, as of the date of the stored state; state jobs only. */
  Dataset<Row> before(Table table, Dataset<Row> keys);

  /**
   * What differs between the date of the stored state and this date; state jobs only.
   *
   * @return one row per changed key: the full key, and the structs {@code before} and {@code
   *     after}, NULL where there was or is no such row
   */
  Dataset<Row> changes(Table table);

  /**
   * The rows of an ingestion's own table that were delivered by its source before the first date it
   * loads, with system columns: of entities the newest of each key, tombstones included, of events
   * all.
   */
  Dataset<Row> delivered(Table own);
}
