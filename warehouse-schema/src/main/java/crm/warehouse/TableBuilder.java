package crm.warehouse;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/** Collects the facts of a table and refuses contradictions. */
public final class TableBuilder {
  final Layer layer;
  final String name;
  final Kind kind;
  String grain;
  final List<Field> columns = new ArrayList<>();
  List<String> key = List.of();
  final List<Check> checks = new ArrayList<>();
  String subject;
  Table.EventDate eventDate;
  boolean modelOutput;

  TableBuilder(Layer layer, String name, Kind kind) {
    this.layer = layer;
    this.name = name;
    this.kind = kind;
  }

  /** Sets what one row is, without the article. */
  public TableBuilder grain(String grain) {
    this.grain = grain;
    return this;
  }

  /** A column that may be NULL. */
  public TableBuilder column(String name, DataType type, String doc) {
    return add(name, type, false, doc, Privacy.NONE);
  }

  /** A column that every row but a tombstone has. */
  public TableBuilder required(String name, DataType type, String doc) {
    return add(name, type, true, doc, Privacy.NONE);
  }

  /** A column that identifies a person to whoever holds the customer table. */
  public TableBuilder pseudonym(String name, DataType type, String doc) {
    return add(name, type, false, doc, Privacy.PSEUDONYM);
  }

  /** A column that identifies a person to anybody. */
  public TableBuilder personal(String name, DataType type, String doc) {
    return add(name, type, false, doc, Privacy.PERSONAL);
  }

  /** The columns no two rows share (in delivered tables: of one source; required by nature). */
  public TableBuilder key(String... names) {
    key = Arrays.asList(names);
    return this;
  }

  public TableBuilder check(String name, String predicate) {
    checks.add(new Check(name, predicate));
    return this;
  }

  /** The column that says whose data the row is. */
  public TableBuilder subject(String column) {
    subject = column;
    return this;
  }

  /** The day a row speaks of, computed once at ingestion from a moment in UTC. */
  public TableBuilder eventDate(String column, String moment) {
    eventDate = new Table.EventDate(column, moment);
    return this;
  }

  /** Results of a model that may be refused; the kind is a snapshot. */
  public TableBuilder modelOutput() {
    modelOutput = true;
    return this;
  }

  private TableBuilder add(
      String name, DataType type, boolean required, String doc, Privacy privacy) {
    columns.add(new Field(name, type, required, doc, privacy));
    return this;
  }

  public Table build() {
    Set<String> names = columns.stream().map(Field::name).collect(toUnmodifiableSet());
    require(grain != null, "has no grain");
    require(!name.endsWith(Table.LATEST), "is named as the view of a snapshot's newest date");
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
