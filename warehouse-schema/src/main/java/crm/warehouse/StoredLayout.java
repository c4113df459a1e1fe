package crm.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the rows of a table are stored: its declared columns, what the runner adds to them, and the
 * rules in the form that storage enforces.
 */
public record StoredLayout(Table table) {

  /** Returns every stored column, in order. */
  public List<Field> columns() {
    List<Field> stored = new ArrayList<>(leading());
    stored.addAll(table.columns());
    stored.addAll(system());
    return List.copyOf(stored);
  }

  /** Returns the columns that the runner stores before the declared ones. */
  public List<Field> leading() {
    return table.kind().isDelivered()
        ? List.of(
            system(Table.SOURCE, DataTypes.StringType, true, "Source system the row came from."))
        : List.of();
  }

  /** Returns the columns that the runner stores after the declared ones. */
  public List<Field> system() {
    Kind kind = table.kind();
    List<Field> system = new ArrayList<>();
    if (kind == Kind.ENTITIES) {
      system.add(
          system(
              Table.SEQUENCE,
              DataTypes.LongType,
              false,
              "The source's order of versions of a key; microseconds where it is a time."));
    }
    if (kind.isDelivered()) {
      system.add(system(Table.ROW_HASH, DataTypes.LongType, false, "Hash of the row's content."));
    }
    if (kind == Kind.ENTITIES) {
      system.add(system(Table.IS_DELETED, DataTypes.BooleanType, true, "Whether the key is gone."));
    }
    if (kind.isDelivered() || kind == Kind.SNAPSHOT) {
      system.add(
          system(
              Table.LOGICAL_DATE,
              DataTypes.DateType,
              true,
              kind == Kind.SNAPSHOT
                  ? "The day the row was computed for."
                  : "The day the row was delivered or computed."));
    }
    if (kind.isDelivered()) {
      system.add(
          system(
              Table.LOGICAL_MONTH,
              DataTypes.StringType,
              false,
              "Month of the logical date, yyyy-MM."));
    }
    return List.copyOf(system);
  }

  private static Field system(String name, DataType type, boolean required, String doc) {
    return new Field(name, type, required, doc, Privacy.NONE);
  }

  /** Returns the stored schema; only what every row has is NOT NULL, tombstones included. */
  public StructType schema() {
    return new StructType(
        columns().stream()
            .map(
                column ->
                    new StructField(
                        column.name(),
                        column.type(),
                        isNullable(column),
                        new MetadataBuilder().putString("comment", column.doc()).build()))
            .toArray(StructField[]::new));
  }

  private boolean isNullable(Field column) {
    if (table.kind() == Kind.ENTITIES && table.columns().contains(column)) {
      return !table.key().contains(column.name());
    }
    return !column.required();
  }

  /** Returns the column that the rows are partitioned by, if any. */
  public Optional<String> partitionColumn() {
    return switch (table.kind()) {
      case EVENTS, ENTITIES -> Optional.of(Table.LOGICAL_MONTH);
      case SNAPSHOT -> Optional.of(Table.LOGICAL_DATE);
      case FILES, LOG -> Optional.empty();
    };
  }

  /**
   * Returns the rules as storage enforces them: NULL passes, and so does a tombstone. Includes the
   * required columns that a tombstone lacks.
   */
  public List<Check> checks() {
    boolean hasTombstones = table.kind() == Kind.ENTITIES;
    List<Check> stored = new ArrayList<>();
    if (hasTombstones) {
      for (Field column : table.columns()) {
        if (column.required() && !table.key().contains(column.name())) {
          stored.add(
              new Check(
                  column.name() + "_present",
                  Table.IS_DELETED + " OR " + column.name() + " IS NOT NULL"));
        }
      }
    }
    for (Check check : table.checks()) {
      String rule = "(" + check.predicate() + ") IS NOT FALSE";
      stored.add(new Check(check.name(), hasTombstones ? Table.IS_DELETED + " OR " + rule : rule));
    }
    return List.copyOf(stored);
  }
}
