package crm.engine.store;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import crm.warehouse.Columns;
import crm.warehouse.Kind;
import crm.warehouse.RowHash;
import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** What a job of a date sees of stored rows, by the table's kind. */
public final class AsOf {
  private AsOf() {}

  /**
   * Selects the rows visible on the date, with the declared columns, the source of delivered
   * tables, and the logical date of a model's results.
   */
  public static Dataset<Row> visible(Table table, Dataset<Row> stored, LocalDate date) {
    Dataset<Row> rows =
        switch (table.kind()) {
          case EVENTS -> stored.where(delivered(date).and(effectiveBy(table, date)));
          case ENTITIES ->
              newest(table, stored.where(delivered(date)))
                  .where(not(col(Table.IS_DELETED)).and(effectiveBy(table, date)));
          case SNAPSHOT -> stored.where(col(Table.LOGICAL_DATE).equalTo(lit(date)));
          case LOG -> stored;
          case FILES ->
              throw new IllegalArgumentException(
                  table + " holds files, which are not stored rows.");
        };
    return rows.select(visibleColumns(table));
  }

  /**
   * Selects the same rows of a table of entities, of which only some keys are stored repeatedly.
   *
   * @param repeated a row is the {@link #keyHash} of a key that may be; one column
   */
  static Dataset<Row> visibleOfRepeated(
      Table table, Dataset<Row> stored, LocalDate date, Dataset<Row> repeated) {
    Dataset<Row> delivered = stored.where(delivered(date));
    String hash = repeated.columns()[0];
    Dataset<Row> superseded =
        delivered
            .select(
                Columns.named(table.fullKey(), Table.SEQUENCE, Table.LOGICAL_DATE, Table.ROW_HASH))
            .withColumn(hash, keyHash(table))
            .join(broadcast(repeated), new String[] {hash}, "left_semi")
            .withColumn("_newest", first(Table.LOGICAL_DATE).over(newestFirst(table)))
            .where(not(col(Table.LOGICAL_DATE).equalTo(col("_newest"))))
            .select(Columns.named(table.fullKey(), Table.LOGICAL_DATE));
    return delivered
        .join(broadcast(superseded), superseded.columns(), "left_anti")
        .where(not(col(Table.IS_DELETED)).and(effectiveBy(table, date)))
        .select(visibleColumns(table));
  }

  /** Hashes the key of a row; two keys may share a hash. */
  static Column keyHash(Table table) {
    return RowHash.column(table.fullKey());
  }

  private static Column delivered(LocalDate date) {
    return col(Table.LOGICAL_DATE).leq(lit(date));
  }

  private static WindowSpec newestFirst(Table table) {
    return Window.partitionBy(Columns.named(table.fullKey()))
        .orderBy(
            col(Table.SEQUENCE).desc_nulls_last(),
            col(Table.LOGICAL_DATE).desc(),
            col(Table.ROW_HASH).desc_nulls_last());
  }

  /** Selects the newest row of each key, tombstones included, with all stored columns. */
  public static Dataset<Row> newest(Table table, Dataset<Row> stored) {
    return stored
        .withColumn("_rank", row_number().over(newestFirst(table)))
        .where(col("_rank").equalTo(1))
        .drop("_rank");
  }

  /**
   * Selects the stored rows that decide which rows matching {@code keys} are visible on any date.
   * Where the columns of {@code keys} are not part of the table's key, a row that matched once and
   * was amended since is included by its key.
   */
  public static Dataset<Row> versions(Table table, Dataset<Row> stored, Dataset<Row> keys) {
    if (isPartOfKey(table, keys)) {
      return between(stored, keys).join(keys, keys.columns(), "left_semi");
    }
    Dataset<Row> matching = stored.join(keys, keys.columns(), "left_semi");
    return table.kind() == Kind.EVENTS // An event is never amended.
        ? matching
        : stored.join(
            matching.select(Columns.named(table.fullKey())),
            table.fullKey().toArray(String[]::new),
            "left_semi");
  }

  /**
   * Keeps the rows between the minimum and the maximum of the keys. The join with the keys implies
   * that; it spares reading files, since ids mostly grow with time and every file knows its minimum
   * and maximum.
   */
  private static Dataset<Row> between(Dataset<Row> stored, Dataset<Row> keys) {
    String[] columns = keys.columns();
    List<Column> ends = new ArrayList<>();
    for (String column : columns) {
      ends.add(min(column));
      ends.add(max(column));
    }
    Row range = keys.agg(ends.get(0), ends.subList(1, ends.size()).toArray(Column[]::new)).head();
    Dataset<Row> within = stored;
    for (int i = 0; i < columns.length; i++) {
      within = within.where(col(columns[i]).between(range.get(2 * i), range.get(2 * i + 1)));
    }
    return within;
  }

  /** Selects the visible rows that match a row of {@code keys} in all columns of {@code keys}. */
  public static Dataset<Row> visible(
      Table table, Dataset<Row> versions, LocalDate date, Dataset<Row> keys) {
    Dataset<Row> visible = visible(table, versions, date);
    return isPartOfKey(table, keys) || table.kind() == Kind.EVENTS
        ? visible
        : visible.join(keys, keys.columns(), "left_semi");
  }

  private static boolean isPartOfKey(Table table, Dataset<Row> keys) {
    return table.fullKey().containsAll(Arrays.asList(keys.columns()));
  }

  /** Finds the rows whose visibility may differ between the two dates. A row is a full key. */
  public static Dataset<Row> changedKeys(
      Table table, Dataset<Row> stored, LocalDate before, LocalDate after) {
    Column delivered =
        col(Table.LOGICAL_DATE).gt(lit(before)).and(col(Table.LOGICAL_DATE).leq(lit(after)));
    Column becameEffective =
        table
            .eventDate()
            .map(
                date ->
                    col(Table.LOGICAL_DATE)
                        .leq(lit(before))
                        .and(col(date.column()).gt(lit(before)))
                        .and(col(date.column()).leq(lit(after))))
            .orElse(lit(false));
    return stored
        .where(delivered.or(becameEffective))
        .select(Columns.named(table.fullKey()))
        .distinct();
  }

  private static Column effectiveBy(Table table, LocalDate date) {
    return table
        .eventDate()
        .map(day -> coalesce(col(day.column()).leq(lit(date)), lit(true)))
        .orElse(lit(true));
  }

  private static Column[] visibleColumns(Table table) {
    List<String> names = new ArrayList<>();
    table.layout().leading().forEach(column -> names.add(column.name()));
    names.addAll(table.columnNames());
    if (table.isModelOutput()) {
      names.add(Table.LOGICAL_DATE);
    }
    return Columns.named(names);
  }
}
