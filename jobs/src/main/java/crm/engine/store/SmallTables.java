package crm.engine.store;

import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What jobs see of small tables. The jobs of a date read the same tables, and where rows are few,
 * finding, ranking and shuffling them costs more than looking at them: so each table is read once
 * and kept, in one partition.
 */
public final class SmallTables implements AutoCloseable {
  /** Rows that one task reads and ranks within about a second. */
  private static final long MAX_ROWS = 100_000;

  private final Warehouse warehouse;
  private final Map<Table, Visible> tables = new HashMap<>();

  private record Visible(Optional<Long> version, LocalDate date, KeptRows kept, Dataset<Row> rows) {
    boolean isOf(Optional<Long> otherVersion, LocalDate otherDate) {
      return version.equals(otherVersion) && date.equals(otherDate);
    }
  }

  SmallTables(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns whether a job is better off with small tables.
   *
   * @param rows all rows that it reads
   */
  public static boolean suit(long rows) {
    return rows <= MAX_ROWS;
  }

  /** Selects the rows visible on the date, as {@link AsOf#visible} does. */
  public synchronized Dataset<Row> visible(Table table, LocalDate date) {
    Optional<Long> version = warehouse.version(table);
    Visible known = tables.get(table);
    if (known != null && known.isOf(version, date)) {
      return known.rows();
    }
    if (known != null) {
      tables.remove(table).kept().close();
    }
    Dataset<Row> stored =
        version.map(v -> warehouse.stored(table, v)).orElseGet(() -> warehouse.stored(table));
    KeptRows kept = new KeptRows(warehouse.spark());
    Dataset<Row> rows = kept.keep(AsOf.visible(table, stored.coalesce(1), date));
    tables.put(table, new Visible(version, date, kept, rows));
    return rows;
  }

  /** Reads all stored rows with all stored columns, in one partition. */
  public Dataset<Row> stored(Table table) {
    return warehouse.stored(table).coalesce(1);
  }

  /** Lets go of the rows. */
  @Override
  public synchronized void close() {
    tables.values().forEach(visible -> visible.kept().close());
    tables.clear();
  }
}
