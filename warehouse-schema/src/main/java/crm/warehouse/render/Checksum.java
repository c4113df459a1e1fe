package crm.warehouse.render;

import crm.warehouse.Field;
import crm.warehouse.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether two engines hold the same rows: the number of rows, and of every column the number of
 * values and a sum of whole numbers that stand for them. The sum does not depend on the order of
 * rows, and any engine can compute it:
 *
 * <ul>
 *   <li>whole numbers: themselves; decimals: without their point; booleans: 1 for true
 *   <li>dates: days since 1970-01-01; timestamps: microseconds since then, UTC
 *   <li>text: the first eight hexadecimal digits of the MD5 of its UTF-8
 *   <li>doubles below 10^9: whole millionths, rounded down
 * </ul>
 *
 * @param text as {@code rows=2 customer_id=2:7981543374 orders=2:17}
 */
public record Checksum(String text) {
  private static final String ROWS = "rows";
  private static final String UNION = "\nUNION ALL ";

  /** An aggregate whose value is the text of the checksum of the rows that are aggregated. */
  public static String expression(Table table, Dialect dialect) {
    return "'"
        + ROWS
        + "=' || "
        + dialect.text("COUNT(*)")
        + table.layout().columns().stream()
            .map(column -> " || " + part(column, dialect))
            .collect(Collectors.joining());
  }

  private static String part(Field column, Dialect dialect) {
    return "' %s=' || %s || ':' || %s"
        .formatted(
            column.name(),
            dialect.text("COUNT(" + dialect.name(column.name()) + ")"),
            dialect.text("COALESCE(SUM(" + dialect.whole(column.name(), column.type()) + "), 0)"));
  }

  /** A query of one row per table: its name and its checksum. */
  public static String query(List<Table> tables, Dialect dialect) {
    return tables.stream()
        .map(table -> query(table, dialect, table.qualifiedName()))
        .collect(Collectors.joining(UNION));
  }

  /** The same over copies of the tables, which are in one schema whatever their layer. */
  public static String query(List<Table> tables, Dialect dialect, String schema) {
    return tables.stream()
        .map(table -> query(table, dialect, schema + "." + table.name()))
        .collect(Collectors.joining(UNION));
  }

  private static String query(Table table, Dialect dialect, String from) {
    return "SELECT '%s' AS table_name, %s AS checksum FROM %s"
        .formatted(table.name(), expression(table, dialect), from);
  }

  /** Returns how many rows there were. */
  public long rows() {
    return Long.parseLong(text.substring(ROWS.length() + 1, (text + " ").indexOf(' ')));
  }

  /** Finds the first difference: "rows" or a column's name. */
  public Optional<String> difference(Checksum other) {
    List<String> theirs = List.of(other.text.split(" "));
    return List.of(text.split(" ")).stream()
        .filter(part -> !theirs.contains(part))
        .map(part -> part.substring(0, part.indexOf('=')))
        .findFirst();
  }
}
