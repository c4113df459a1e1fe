package crm.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;

import crm.ingest.source.Feed;
import crm.ingest.source.Rules;
import crm.ingest.source.SourceMapping;
import crm.ingest.source.TableMapping;
import crm.warehouse.Columns;
import crm.warehouse.Field;
import crm.warehouse.Kind;
import crm.warehouse.RowHash;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The one ingestion job: the records of one feed become rows of one table. */
public final class LoadTable implements Job {
  /** Names the expression that says which records are meant. */
  public static final String WHERE = "where";

  /** The part of its month that a record belongs to, by its key. */
  public static final String PART = "_part";

  /** What goes with a record to the table it is decided for. */
  private static final List<String> WITH_RECORDS =
      List.of(
          Records.OUTCOME,
          Records.FILE,
          Records.RECORD,
          Records.RAW,
          Records.REASON,
          Records.REASON_COLUMN);

  /** What decides between records, whether stored or not. */
  private static final List<String> DECIDING =
      List.of(
          PART,
          Table.SEQUENCE,
          Table.IS_DELETED,
          Table.ROW_HASH,
          Table.LOGICAL_DATE,
          Table.LOGICAL_MONTH);

  private final SourceMapping source;
  private final Feed feed;
  private final TableMapping mapping;
  private final Rules rules;

  private LoadTable(SourceMapping source, Feed feed, TableMapping mapping, Rules rules) {
    this.source = source;
    this.feed = feed;
    this.mapping = mapping;
    this.rules = rules;
  }

  /**
   * The ingestions of a source, one per table.
   *
   * @param rules what holds for all sources
   */
  public static List<LoadTable> forSource(SourceMapping source, Rules rules) {
    return source.feeds().stream()
        .flatMap(
            feed ->
                feed.tables().stream().map(mapping -> new LoadTable(source, feed, mapping, rules)))
        .toList();
  }

  @Override
  public String name() {
    return "load_" + source.source() + "_" + mapping.table().name();
  }

  /** The source whose rows this job replaces. */
  public String source() {
    return source.source();
  }

  /** The files it reads, as a table of kind {@link Kind#FILES}. */
  public Table landing() {
    return feed.landing();
  }

  /** Returns where the files of the feed are. */
  public Feed feed() {
    return feed;
  }

  /** The one table it fills. */
  public Table target() {
    return mapping.table();
  }

  /** Returns whether a day without files fails, to be tried again, or counts as empty. */
  public boolean failsOnMissing() {
    return feed.failOnMissing();
  }

  /**
   * Returns whether the delivery of each day is compared with the day before, so that days run in
   * turn.
   */
  public boolean runsDayByDay() {
    return mapping.delivery() == TableMapping.Delivery.FULL;
  }

  /**
   * Returns whether a record is known by its place in its file alone, so that the same bytes under
   * another name would count twice.
   */
  public boolean isKeyedByFile() {
    return target().key().stream()
        .map(name -> mapping.columns().get(name))
        .anyMatch(sql -> sql != null && sql.contains(Records.FILE));
  }

  @Override
  public List<Table> reads() {
    return decidesDaysApart() ? List.of(landing()) : List.of(landing(), target());
  }

  /** Returns what stops a run of it. */
  public LoadLimits limits() {
    return new LoadLimits(name(), source, feed, mapping);
  }

  /**
   * Returns whether what becomes of a record depends on others of its own key and day alone. Then
   * {@link #decided} needs no other shuffle than one by {@link Table#LOGICAL_MONTH} and {@link
   * #PART}.
   */
  public boolean decidesDaysApart() {
    return target().kind() != Kind.EVENTS && !runsDayByDay();
  }

  /**
   * Reads the records of the dates, each as it is by itself.
   *
   * @param parts how many parts a month has, by key
   * @return one row per record, also of days beside the range, for {@link #decided}; with {@link
   *     Table#LOGICAL_MONTH} and {@link #PART}
   */
  public Dataset<Row> read(Inputs in, LocalDate from, LocalDate to, int parts) {
    Conform conform = new Conform(feed, mapping, rules);
    Dataset<Row> records = conform.decideWhere(records(in));
    Dataset<Row> dated =
        feed.logicalDate().map(sql -> conform.redated(records, sql)).orElse(records);
    Dataset<Row> alone =
        Outcomes.decideAlone(conform.apply(dated), from, to)
            .withColumn(Table.ROW_HASH, RowHash.column(target().columnNames()))
            .withColumn(Table.LOGICAL_MONTH, date_format(col(Table.LOGICAL_DATE), "yyyy-MM"))
            .withColumn(PART, pmod(hash(Columns.named(target().key())), lit(parts)));
    return (target().kind() == Kind.EVENTS ? alone : Outcomes.withRawOfRejected(alone))
        .select(
            Stream.of(target().columnNames(), DECIDING, WITH_RECORDS)
                .flatMap(List::stream)
                .map(name -> col(name))
                .toArray(Column[]::new));
  }

  /**
   * Decides what becomes of the records of the dates.
   *
   * @param read what {@link #read} gave
   * @param from the first of the dates
   * @return one row per record, also of days beside the range ({@code other_day}), and per
   *     tombstone: the stored columns of the target, {@link Records#OUTCOME}, {@link Records#FILE},
   *     {@link Records#RECORD}, {@link Records#RAW}, {@link Records#REASON}, {@link
   *     Records#REASON_COLUMN}
   */
  public Dataset<Row> decided(Inputs in, Dataset<Row> read, LocalDate from) {
    Dataset<Row> decided =
        target().kind() == Kind.EVENTS
            ? Outcomes.firstPerKey(read, target(), firstDelivered(in))
            : Outcomes.newestPerKey(read, target());
    if (runsDayByDay()) {
      decided =
          Outcomes.compareWithStored(decided, target(), in.loadedBefore(target()))
              .withColumn(Table.LOGICAL_DATE, coalesce(col(Table.LOGICAL_DATE), lit(from)))
              .withColumn(
                  Table.LOGICAL_MONTH,
                  coalesce(col(Table.LOGICAL_MONTH), lit(YearMonth.from(from).toString())));
    }
    return shaped(decided);
  }

  private Dataset<Row> firstDelivered(Inputs in) {
    Column[] key = Columns.named(target().key());
    return in.loadedBefore(target())
        .groupBy(key)
        .agg(min_by(col(Table.ROW_HASH), col(Table.LOGICAL_DATE)).as(Table.ROW_HASH));
  }

  /** A tombstone keeps its key, and nothing of what it deletes. */
  private Dataset<Row> shaped(Dataset<Row> decided) {
    List<Column> columns = new ArrayList<>();
    columns.add(lit(source.source()).as(Table.SOURCE));
    Column deleted = col(Table.IS_DELETED);
    for (Field column : target().columns()) {
      columns.add(
          target().key().contains(column.name())
              ? col(column.name())
              : when(deleted, lit(null)).otherwise(col(column.name())).as(column.name()));
    }
    for (Field column : target().layout().system()) {
      columns.add(
          switch (column.name()) {
            case Table.ROW_HASH ->
                when(deleted, lit(null)).otherwise(col(Table.ROW_HASH)).as(Table.ROW_HASH);
            default -> col(column.name());
          });
    }
    WITH_RECORDS.forEach(name -> columns.add(col(name)));
    return decided.select(columns.toArray(Column[]::new));
  }

  /** Reads the records as the mapping's expressions see them. A row is a record. */
  public Dataset<Row> records(Inputs in) {
    return Records.read(in.get(landing()), feed, mapped().fields());
  }

  /** The mapping's expressions by the key or column they are for, in the order of the table. */
  public Map<String, String> expressions() {
    return mapped().byColumn();
  }

  private MappingExpressions mapped() {
    return new MappingExpressions(source.source(), feed, mapping);
  }

  @Override
  public List<Table> writes() {
    return List.of(target());
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    List<Column> columns = new ArrayList<>();
    target().layout().columns().forEach(column -> columns.add(col(column.name())));
    return Outputs.of(
        target(),
        decided(in, read(in, logicalDate, logicalDate, 1), logicalDate)
            .where(col(Records.OUTCOME).isInCollection(Records.STORED_OUTCOMES))
            .select(columns.toArray(Column[]::new)));
  }

  /** Everything that decides what this job does with a record. */
  @Override
  public String toString() {
    return "%s %s %s %s %s %s"
        .formatted(
            rules,
            feed.format(),
            feed.logicalDate(),
            new TreeMap<>(mapping.columns()),
            new TreeMap<>(mapping.formats()),
            Stream.of(
                    mapping.where(),
                    mapping.sequence(),
                    mapping.deleted(),
                    mapping.currency(),
                    Optional.of(mapping.delivery().name()))
                .toList());
  }
}
