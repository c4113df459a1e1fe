package crm.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Columns;
import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Decides for every conformed record what becomes of it, so that none is counted twice or not at
 * all. Adds {@link Records#OUTCOME}; the words are those of {@code ops.file_loads}.
 */
final class Outcomes {
  static final String ACCEPTED = "accepted";
  static final String REJECTED = "rejected";
  static final String FILTERED = "filtered";
  static final String DUPLICATE = "duplicate";
  static final String COLLAPSED = "collapsed";
  static final String UNCHANGED = "unchanged";
  static final String TOMBSTONE = "tombstone";
  static final String OTHER_DAY = "other_day";

  private static final String CONFLICT = "conflicting_redelivery";

  /** Keeps records that are out of the running apart from each other and from the keys. */
  private static final String SLOT = "_slot";

  private Outcomes() {}

  /**
   * Decides the records that need no other: those of days that are not loaded, those with a
   * problem, and those that the source's where clause leaves out. A file that cannot be read is
   * rejected on any day.
   */
  static Dataset<Row> decideAlone(Dataset<Row> records, LocalDate from, LocalDate to) {
    Column isOfItsDays = col(Table.LOGICAL_DATE).between(lit(from), lit(to));
    Column isUnreadable = col(Records.REASON).eqNullSafe(lit(Records.UNREADABLE_FILE));
    return records.withColumn(
        Records.OUTCOME,
        when(not(isOfItsDays).and(not(isUnreadable)), OTHER_DAY)
            .when(col(Conform.FILTERED), FILTERED)
            .when(col(Records.REASON).isNotNull(), REJECTED));
  }

  /** Lets go of the text of records that are not rejected, which nobody asks for again. */
  static Dataset<Row> withRawOfRejected(Dataset<Row> records) {
    return withRawWhere(records, isRejected());
  }

  private static Dataset<Row> withRawWhere(Dataset<Row> records, Column isKept) {
    return records.withColumn(Records.RAW, when(isKept, col(Records.RAW)));
  }

  /** Decides between the versions of one key in one day: the newest counts. */
  static Dataset<Row> newestPerKey(Dataset<Row> records, Table table) {
    WindowSpec versions =
        perKey(table, Table.LOGICAL_MONTH, LoadTable.PART, Table.LOGICAL_DATE)
            .orderBy(
                col(Table.SEQUENCE).desc_nulls_last(),
                col(Table.ROW_HASH).desc(),
                col(Records.FILE),
                col(Records.RECORD));
    return withSlot(records)
        .withColumns(
            Map.of(
                "_rank", row_number().over(versions),
                "_kept_hash", first(Table.ROW_HASH).over(versions)))
        .withColumn(
            Records.OUTCOME,
            when(col(Records.OUTCOME).isNotNull(), col(Records.OUTCOME))
                .when(col("_rank").equalTo(1), ACCEPTED)
                .when(col(Table.ROW_HASH).equalTo(col("_kept_hash")), DUPLICATE)
                .otherwise(COLLAPSED));
  }

  /**
   * Decides between the deliveries of one event: the first counts, and other content under its key
   * is rejected.
   *
   * @param stored key and {@link Table#ROW_HASH} of events delivered earlier
   */
  static Dataset<Row> firstPerKey(Dataset<Row> records, Table table, Dataset<Row> stored) {
    WindowSpec deliveries =
        perKey(table).orderBy(col(Table.LOGICAL_DATE), col(Records.FILE), col(Records.RECORD));
    Column undecided = col(Records.OUTCOME).isNull();
    Column known = coalesce(col("_stored_hash"), col("_first_hash"));
    Dataset<Row> decided =
        withSlot(withRawWhere(records, undecided.or(isRejected())))
            .join(renamed(stored, table, Table.ROW_HASH), keysEqual(table), "left")
            .drop(storedKeys(table))
            .withColumns(
                Map.of(
                    "_rank", row_number().over(deliveries),
                    "_first_hash", first(Table.ROW_HASH).over(deliveries)))
            .withColumn(
                Records.OUTCOME,
                when(
                        undecided.and(col("_stored_hash").isNull()).and(col("_rank").equalTo(1)),
                        ACCEPTED)
                    .when(undecided.and(col(Table.ROW_HASH).equalTo(known)), DUPLICATE)
                    .when(undecided, REJECTED)
                    .otherwise(col(Records.OUTCOME)))
            .withColumn(
                Records.REASON,
                when(
                        col(Records.OUTCOME).equalTo(REJECTED),
                        coalesce(col(Records.REASON), lit(CONFLICT)))
                    .otherwise(col(Records.REASON)));
    return withRawOfRejected(decided);
  }

  private static Column isRejected() {
    return col(Records.OUTCOME).equalTo(REJECTED);
  }

  /**
   * Compares a full dump with the stored rows: equal rows are unchanged, and keys that vanished
   * become tombstones. A rejected record proves that its key is still there; no key counts as
   * vanished while the key of any rejected record cannot be read, or the dump is empty.
   *
   * @param newest the dump of one day, decided by {@link #newestPerKey}
   * @param stored the newest stored row per key, with system columns
   */
  static Dataset<Row> compareWithStored(Dataset<Row> newest, Table table, Dataset<Row> stored) {
    Column accepted = col(Records.OUTCOME).equalTo(ACCEPTED);
    Column[] key = Columns.named(table.key());
    Dataset<Row> compared =
        newest
            .join(
                renamed(stored, table, Table.ROW_HASH, Table.SEQUENCE, Table.IS_DELETED),
                keysEqual(table),
                "left")
            .drop(storedKeys(table))
            .withColumn(
                Records.OUTCOME,
                when(
                        accepted
                            .and(col(Table.ROW_HASH).equalTo(col("_stored_hash")))
                            .and(col("_stored_is_deleted").equalTo(false)),
                        UNCHANGED)
                    .otherwise(col(Records.OUTCOME)))
            .withColumn(Table.SEQUENCE, greatest(col(Table.SEQUENCE), col("_stored_sequence")));
    Dataset<Row> dump = newest.where(not(col(Records.OUTCOME).equalTo(OTHER_DAY)));
    Dataset<Row> mentioned = dump.select(key).distinct();
    Column unreadable = col(Records.OUTCOME).equalTo(REJECTED).and(anyNull(table.key()));
    Dataset<Row> isWhole =
        dump.agg(
            count(lit(1)).gt(0).and(count(when(unreadable, lit(1))).equalTo(0)).as("_is_whole"));
    Dataset<Row> vanished =
        stored
            .where(col(Table.IS_DELETED).equalTo(false))
            .join(mentioned, table.key().toArray(String[]::new), "left_anti")
            .crossJoin(broadcast(isWhole))
            .where(col("_is_whole"))
            .select(
                Stream.concat(table.key().stream(), Stream.of(Table.SEQUENCE))
                    .map(name -> col(name))
                    .toArray(Column[]::new));
    return compared.unionByName(
        vanished
            .withColumn(Table.IS_DELETED, lit(true))
            .withColumn(Records.OUTCOME, lit(TOMBSTONE)),
        true);
  }

  private static Column anyNull(List<String> columns) {
    return columns.stream().map(name -> col(name).isNull()).reduce(Column::or).orElseThrow();
  }

  private static Dataset<Row> withSlot(Dataset<Row> records) {
    return records.withColumn(
        SLOT,
        when(
            col(Records.OUTCOME).isNotNull(),
            concat_ws(":", col(Records.FILE), col(Records.RECORD).cast("string"))));
  }

  private static WindowSpec perKey(Table table, String... before) {
    return Window.partitionBy(
        Stream.of(List.of(before), table.key(), List.of(SLOT))
            .flatMap(List::stream)
            .map(name -> col(name))
            .toArray(Column[]::new));
  }

  private static Dataset<Row> renamed(Dataset<Row> stored, Table table, String... more) {
    List<Column> columns = new ArrayList<>();
    for (String name : table.key()) {
      columns.add(col(name).as("_stored_" + name));
    }
    for (String name : more) {
      columns.add(col(name).as(name.equals(Table.ROW_HASH) ? "_stored_hash" : "_stored_" + name));
    }
    return stored.select(columns.toArray(Column[]::new));
  }

  private static Column keysEqual(Table table) {
    return table.key().stream()
        .map(name -> col(name).equalTo(col("_stored_" + name)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static String[] storedKeys(Table table) {
    return table.key().stream().map(name -> "_stored_" + name).toArray(String[]::new);
  }
}
