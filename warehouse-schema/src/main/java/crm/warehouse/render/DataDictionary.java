package crm.warehouse.render;

import crm.warehouse.Check;
import crm.warehouse.Field;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import java.util.List;
import java.util.Locale;

/** What every table and column means, as Markdown and as text for a terminal. */
public final class DataDictionary {
  private DataDictionary() {}

  /** The dictionary of all tables, as one Markdown page. */
  public static String markdown(List<Table> tables) {
    StringBuilder page =
        new StringBuilder(
            """
            # Data dictionary

            Generated from the tables' definitions; do not edit.

            A table of kind snapshot holds the rows of many dates side by side, so that a sum over all of it counts
            everything once per date. `NAME_latest` is a view of the newest date that has rows, of a model the newest
            accepted date: in `crm sql`, for the engines of `crm tables --register`, and in the copies.
            """);
    for (Layer layer : Layer.values()) {
      for (Table table : tables) {
        if (table.layer() == layer) {
          page.append("\n## ").append(table.qualifiedName()).append("\n\n");
          page.append("One row per ").append(table.grain()).append(". Kind: ");
          page.append(lower(table.kind().name())).append(".");
          if (!table.fullKey().isEmpty()) {
            page.append(" Key: ").append(String.join(", ", table.fullKey())).append(".");
          }
          table
              .subject()
              .ifPresent(column -> page.append(" Data subject: ").append(column).append("."));
          page.append(
              "\n\n| column | type | required | privacy | meaning |\n|---|---|---|---|---|\n");
          for (Field column : table.layout().columns()) {
            page.append(
                "| %s | %s | %s | %s | %s |\n"
                    .formatted(
                        column.name(),
                        type(column).replace("|", "\\|"),
                        column.required() ? "yes" : "",
                        lower(column.privacy().name()),
                        column.doc().replace("|", "\\|")));
          }
          for (Check check : table.checks()) {
            page.append("\nCheck `%s`: `%s`\n".formatted(check.name(), check.predicate()));
          }
        }
      }
    }
    return page.toString();
  }

  /** One table, for reading in a terminal. */
  public static String text(Table table) {
    StringBuilder text = new StringBuilder();
    text.append(table.qualifiedName())
        .append("  (")
        .append(lower(table.kind().name()))
        .append(")\n");
    text.append("One row per ").append(table.grain()).append(".\n");
    if (!table.fullKey().isEmpty()) {
      text.append("Key: ").append(String.join(", ", table.fullKey())).append("\n");
    }
    table
        .latestName()
        .ifPresent(
            view ->
                text.append("Of the newest date alone: ")
                    .append(table.layer() + "." + view)
                    .append("\n"));
    text.append("\n");
    int width = table.layout().columns().stream().mapToInt(c -> c.name().length()).max().orElse(1);
    for (Field column : table.layout().columns()) {
      text.append(
          ("  %-" + width + "s  %-14s %s%n").formatted(column.name(), type(column), column.doc()));
    }
    for (Check check : table.checks()) {
      text.append("\n  check %s: %s%n".formatted(check.name(), check.predicate()));
    }
    return text.toString();
  }

  private static String type(Field column) {
    String sql = lower(column.type().sql());
    return sql.length() > 40 ? column.type().typeName() : sql;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
