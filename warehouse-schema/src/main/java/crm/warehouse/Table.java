package crm.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is true of a table: name, layer, grain, columns, key, kind, row checks, data subject. The
 * only statement of these facts; DDL, data dictionary, ingestion and erasure derive from it.
 *
 * <p>Jobs see the declared columns, and {@link #SOURCE} where the kind is delivered. What the
 * runner adds ({@link #layout()}) is stored beside them.
 */
public final class Table {
  /** The source system a row came from; part of every key of a delivered table. */
  public static final String SOURCE = "source";

  /** The day a row was delivered or computed. */
  public static final String LOGICAL_DATE = "logical_date";

  /** The month of the logical date, {@code yyyy-MM}: the partition of delivered tables. */
  public static final String LOGICAL_MONTH = "logical_month";

  /** The source's own order of versions of one key; microseconds where it is a time. */
  public static final String SEQUENCE = "sequence";

  /** A hash of the declared columns: equal for equal content. */
  public static final String ROW_HASH = "row_hash";

  /** Whether the row says that its key is gone. */
  public static final String IS_DELETED = "is_deleted";

  /** What the name of a snapshot's view of its newest date ends with. */
  static final String LATEST = "_latest";

  /** How many days a model's result serves readers when no newer one is accepted. */
  public static final int MODEL_MAX_AGE_DAYS = 90;

  private final Layer layer;
  private final String name;
  private final Kind kind;
  private final String grain;
  private final List<Field> columns;
  private final List<String> key;
  private final List<Check> checks;
  private final Optional<String> subject;
  private final Optional<EventDate> eventDate;
  private final boolean modelOutput;

  /**
   * The day a row speaks of.
   *
   * @param column a DATE column
   * @param moment the TIMESTAMP column it is the calendar day of, in the business's time zone
   */
  public record EventDate(String column, String moment) {}

  Table(TableBuilder builder) {
    layer = builder.layer;
    name = builder.name;
    kind = builder.kind;
    grain = builder.grain;
    columns = List.copyOf(builder.columns);
    key = List.copyOf(builder.key);
    checks = List.copyOf(builder.checks);
    subject = Optional.ofNullable(builder.subject);
    eventDate = Optional.ofNullable(builder.eventDate);
    modelOutput = builder.modelOutput;
  }

  public static TableBuilder core(String name, Kind kind) {
    return new TableBuilder(Layer.CORE, name, kind);
  }

  public static TableBuilder curated(String name, Kind kind) {
    return new TableBuilder(Layer.CURATED, name, kind);
  }

  public static TableBuilder ops(String name) {
    return new TableBuilder(Layer.OPS, name, Kind.LOG);
  }

  /** The files of one feed of one source, as delivered. */
  public static Table landing(String source, String feed) {
    return new TableBuilder(Layer.LANDING, source + "_" + feed, Kind.FILES)
        .grain("file of feed " + feed + " of source " + source)
        .column("path", DataTypes.StringType, "Where the file is.")
        .column(LOGICAL_DATE, DataTypes.DateType, "The day the file belongs to.")
        .key("path")
        .build();
  }

  public Layer layer() {
    return layer;
  }

  public String name() {
    return name;
  }

  /** Layer and name, as in {@code curated.customer_rfm}. */
  public String qualifiedName() {
    return layer + "." + name;
  }

  /**
   * The name of the view that holds the rows of the newest date that has any; only snapshots hold
   * several dates side by side. Of a model that is the newest accepted date.
   */
  public Optional<String> latestName() {
    return kind == Kind.SNAPSHOT ? Optional.of(name + LATEST) : Optional.empty();
  }

  public Kind kind() {
    return kind;
  }

  /** Returns what one row is, as in "customer with at least one order". */
  public String grain() {
    return grain;
  }

  /** The declared columns, in order. */
  public List<Field> columns() {
    return columns;
  }

  /** The declared key; empty where rows have none. */
  public List<String> key() {
    return key;
  }

  /** The key with the source in front, for delivered tables. */
  public List<String> fullKey() {
    if (!kind.isDelivered()) {
      return key;
    }
    List<String> full = new ArrayList<>(List.of(SOURCE));
    full.addAll(key);
    return List.copyOf(full);
  }

  public List<Check> checks() {
    return checks;
  }

  /** The column that says whose data the row is. */
  public Optional<String> subject() {
    return subject;
  }

  public Optional<EventDate> eventDate() {
    return eventDate;
  }

  /**
   * Returns whether the rows are results of a model that may be refused: readers get those of the
   * newest accepted date, with that date, and none if it is more than {@link #MODEL_MAX_AGE_DAYS}
   * ago.
   */
  public boolean isModelOutput() {
    return modelOutput;
  }

  public List<String> columnNames() {
    return columns.stream().map(Field::name).toList();
  }

  /** Returns how the rows are stored: what the runner adds to the declared columns. */
  public StoredLayout layout() {
    return new StoredLayout(this);
  }

  /** Returns the declared columns as a schema. */
  public StructType declaredSchema() {
    StructType schema = new StructType();
    for (Field column : columns) {
      schema = schema.add(column.name(), column.type(), !column.required());
    }
    return schema;
  }

  @Override
  public String toString() {
    return qualifiedName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table table && qualifiedName().equals(table.qualifiedName());
  }

  @Override
  public int hashCode() {
    return qualifiedName().hashCode();
  }
}
