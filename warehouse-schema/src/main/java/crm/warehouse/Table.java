package crm.warehouse;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What is true of a table: name, layer, grain, columns, key, kind, row checks, data subject. The
 * only statement of these facts; DDL, data dictionary, ingestion and erasure derive from it.
 *
 * <p>Jobs see the declared columns, and {@link #SOURCE} where the kind is delivered. What the
 * runner adds ({@link #systemColumns()}) is stored beside them.
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
  private static final String LATEST = "_latest";

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

  private Table(Builder builder) {
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

  public static Builder core(String name, Kind kind) {
    return new Builder(Layer.CORE, name, kind);
  }

  public static Builder curated(String name, Kind kind) {
    return new Builder(Layer.CURATED, name, kind);
  }

  public static Builder ops(String name) {
    return new Builder(Layer.OPS, name, Kind.LOG);
  }

  /** The files of one feed of one source, as delivered. */
  public static Table landing(String source, String feed) {
    return new Builder(Layer.LANDING, source + "_" + feed, Kind.FILES)
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
   * Whether the rows are results of a model that may be refused: readers get those of the newest
   * accepted date, with that date, and none if it is more than {@link #MODEL_MAX_AGE_DAYS} ago.
   */
  public boolean isModelOutput() {
    return modelOutput;
  }

  public List<String> columnNames() {
    return columns.stream().map(Field::name).toList();
  }

  /** Returns the columns that the runner stores before the declared ones. */
  public List<Field> leadingColumns() {
    return kind.isDelivered()
        ? List.of(system(SOURCE, DataTypes.StringType, true, "Source system the row came from."))
        : List.of();
  }

  /** Returns the columns that the runner stores after the declared ones. */
  public List<Field> systemColumns() {
    List<Field> system = new ArrayList<>();
    if (kind == Kind.ENTITIES) {
      system.add(
          system(
              SEQUENCE,
              DataTypes.LongType,
              false,
              "The source's order of versions of a key; microseconds where it is a time."));
    }
    if (kind.isDelivered()) {
      system.add(system(ROW_HASH, DataTypes.LongType, false, "Hash of the row's content."));
    }
    if (kind == Kind.ENTITIES) {
      system.add(system(IS_DELETED, DataTypes.BooleanType, true, "Whether the key is gone."));
    }
    if (kind.isDelivered() || kind == Kind.SNAPSHOT) {
      system.add(
          system(
              LOGICAL_DATE,
              DataTypes.DateType,
              true,
              kind == Kind.SNAPSHOT
                  ? "The day the row was computed for."
                  : "The day the row was delivered or computed."));
    }
    if (kind.isDelivered()) {
      system.add(
          system(
              LOGICAL_MONTH, DataTypes.StringType, false, "Month of the logical date, yyyy-MM."));
    }
    return List.copyOf(system);
  }

  /** Every stored column, in order. */
  public List<Field> storedColumns() {
    List<Field> stored = new ArrayList<>(leadingColumns());
    stored.addAll(columns);
    stored.addAll(systemColumns());
    return List.copyOf(stored);
  }

  /** The declared columns as a schema. */
  public StructType declaredSchema() {
    StructType schema = new StructType();
    for (Field column : columns) {
      schema = schema.add(column.name(), column.type(), !column.required());
    }
    return schema;
  }

  /** The stored schema; only what every row has is NOT NULL, tombstones included. */
  public StructType storedSchema() {
    return new StructType(
        storedColumns().stream()
            .map(
                column ->
                    new StructField(
                        column.name(),
                        column.type(),
                        isNullable(column),
                        new org.apache.spark.sql.types.MetadataBuilder()
                            .putString("comment", column.doc())
                            .build()))
            .toArray(StructField[]::new));
  }

  /** The column the stored rows are partitioned by, if any. */
  public Optional<String> partitionColumn() {
    return switch (kind) {
      case EVENTS, ENTITIES -> Optional.of(LOGICAL_MONTH);
      case SNAPSHOT -> Optional.of(LOGICAL_DATE);
      case FILES, LOG -> Optional.empty();
    };
  }

  /**
   * The rules as storage enforces them: NULL passes, and so does a tombstone. Includes the required
   * columns that a tombstone lacks.
   */
  public List<Check> storedChecks() {
    List<Check> stored = new ArrayList<>();
    if (kind == Kind.ENTITIES) {
      for (Field column : columns) {
        if (column.required() && !key.contains(column.name())) {
          stored.add(
              new Check(
                  column.name() + "_present",
                  IS_DELETED + " OR " + column.name() + " IS NOT NULL"));
        }
      }
    }
    for (Check check : checks) {
      String rule = "(" + check.predicate() + ") IS NOT FALSE";
      stored.add(
          new Check(check.name(), kind == Kind.ENTITIES ? IS_DELETED + " OR " + rule : rule));
    }
    return List.copyOf(stored);
  }

  private boolean isNullable(Field column) {
    if (kind == Kind.ENTITIES && columns.contains(column)) {
      return !key.contains(column.name());
    }
    return !column.required();
  }

  private static Field system(String name, DataType type, boolean required, String doc) {
    return new Field(name, type, required, doc, Privacy.NONE);
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

  /** Collects the facts of a table and refuses contradictions. */
  public static final class Builder {
    private final Layer layer;
    private final String name;
    private final Kind kind;
    private String grain;
    private final List<Field> columns = new ArrayList<>();
    private List<String> key = List.of();
    private final List<Check> checks = new ArrayList<>();
    private String subject;
    private EventDate eventDate;
    private boolean modelOutput;

    private Builder(Layer layer, String name, Kind kind) {
      this.layer = layer;
      this.name = name;
      this.kind = kind;
    }

    /** Sets what one row is, without the article. */
    public Builder grain(String grain) {
      this.grain = grain;
      return this;
    }

    /** A column that may be NULL. */
    public Builder column(String name, DataType type, String doc) {
      return add(name, type, false, doc, Privacy.NONE);
    }

    /** A column that every row but a tombstone has. */
    public Builder required(String name, DataType type, String doc) {
      return add(name, type, true, doc, Privacy.NONE);
    }

    /** A column that identifies a person to whoever holds the customer table. */
    public Builder pseudonym(String name, DataType type, String doc) {
      return add(name, type, false, doc, Privacy.PSEUDONYM);
    }

    /** A column that identifies a person to anybody. */
    public Builder personal(String name, DataType type, String doc) {
      return add(name, type, false, doc, Privacy.PERSONAL);
    }

    /** The columns no two rows share (in delivered tables: of one source; required by nature). */
    public Builder key(String... names) {
      key = Arrays.asList(names);
      return this;
    }

    public Builder check(String name, String predicate) {
      checks.add(new Check(name, predicate));
      return this;
    }

    /** The column that says whose data the row is. */
    public Builder subject(String column) {
      subject = column;
      return this;
    }

    /** The day a row speaks of, computed once at ingestion from a moment in UTC. */
    public Builder eventDate(String column, String moment) {
      eventDate = new EventDate(column, moment);
      return this;
    }

    /** Results of a model that may be refused; the kind is a snapshot. */
    public Builder modelOutput() {
      modelOutput = true;
      return this;
    }

    private Builder add(String name, DataType type, boolean required, String doc, Privacy privacy) {
      columns.add(new Field(name, type, required, doc, privacy));
      return this;
    }

    public Table build() {
      Set<String> names = columns.stream().map(Field::name).collect(toUnmodifiableSet());
      require(grain != null, "has no grain");
      require(!name.endsWith(LATEST), "is named as the view of a snapshot's newest date");
      require(names.size() == columns.size(), "declares a column twice");
      require(names.containsAll(key), "has a key that is not a column");
      require(kind == Kind.LOG || !key.isEmpty(), "has no key");
      require(subject == null || names.contains(subject), "has a subject that is not a column");
      require(
          subject != null
              || kind == Kind.LOG
              || columns.stream().allMatch(column -> column.privacy() == Privacy.NONE),
          "has personal columns and no subject, so erasure would not reach it");
      require(kind != Kind.EVENTS || eventDate != null, "holds events without an event date");
      require(!modelOutput || kind == Kind.SNAPSHOT, "is of a model and no snapshot");
      require(
          new HashSet<>(checks.stream().map(Check::name).toList()).size() == checks.size(),
          "names a check twice");
      columns.replaceAll(
          column ->
              key.contains(column.name())
                  ? new Field(column.name(), column.type(), true, column.doc(), column.privacy())
                  : column);
      return new Table(this);
    }

    private void require(boolean condition, String problem) {
      if (!condition) {
        throw new IllegalArgumentException("Table " + layer + "." + name + " " + problem + ".");
      }
    }
  }
}
