package crm.ingest.source;

import crm.warehouse.Table;
import java.util.Map;
import java.util.Optional;

/**
 * How the records of a feed become rows of one table.
 *
 * @param columns per column of the table, a Spark SQL expression over the fields of the record
 * @param formats of columns whose text is written otherwise than the feed's
 * @param where keeps the records for which it is true, and is decided before the other expressions;
 *     the others are counted as filtered
 * @param sequence orders the versions of one key; a moment or a whole number
 * @param deleted true where the record says that its key is gone
 * @param currency the record's currency; another than the base currency is rejected
 * @param delivery whether a day brings what changed or everything
 * @param maxDeletedPercent above this share of vanished keys, a full dump stops the run
 */
public record TableMapping(
    Table table,
    Map<String, String> columns,
    Map<String, ValueFormat> formats,
    Optional<String> where,
    Optional<String> sequence,
    Optional<String> deleted,
    Optional<String> currency,
    Delivery delivery,
    double maxDeletedPercent) {

  /** What a delivery of a day means. */
  public enum Delivery {
    CHANGES,
    FULL
  }

  public TableMapping {
    columns = Map.copyOf(columns);
    formats = Map.copyOf(formats);
  }
}
