package crm.warehouse.render;

import crm.warehouse.Field;
import crm.warehouse.Privacy;
import crm.warehouse.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructField;

/** SQL that creates a table on any Spark with Delta. */
public final class Ddl {
  /** In front of a check's name, as a property of a Delta table. */
  public static final String CHECK = "delta.constraints.";

  /**
   * Said although they are Delta's defaults: defaults move, and a reader feature is not to be got
   * rid of in less than a day.
   */
  private static final Map<String, String> READABLE_BY_ALL =
      Map.of(
          "delta.checkpointPolicy", "classic",
          "delta.columnMapping.mode", "none",
          "delta.enableChangeDataFeed", "false",
          "delta.enableDeletionVectors", "false",
          "delta.enableInCommitTimestamps", "false",
          "delta.enableRowTracking", "false",
          "delta.enableTypeWidening", "false");

  private Ddl() {}

  /** The statements, with {@code ${warehouse}} for the folder that holds the layers. */
  public static String createTable(Table table) {
    List<String> lines = new ArrayList<>();
    for (StructField field : table.layout().schema().fields()) {
      lines.add(
          "  `%s` %s%s COMMENT '%s'"
              .formatted(
                  field.name(),
                  field.dataType().sql(),
                  field.nullable() ? "" : " NOT NULL",
                  quoted(field.getComment().get())));
    }
    StringBuilder sql =
        new StringBuilder("-- Generated from the table's definition; do not edit.\n")
            .append("CREATE SCHEMA IF NOT EXISTS ")
            .append(table.layer())
            .append(";\nCREATE TABLE IF NOT EXISTS ")
            .append(table.qualifiedName())
            .append(" (\n")
            .append(String.join(",\n", lines))
            .append("\n) USING delta\n");
    table
        .layout()
        .partitionColumn()
        .ifPresent(column -> sql.append("PARTITIONED BY (").append(column).append(")\n"));
    sql.append("COMMENT 'One row per ")
        .append(quoted(table.grain()))
        .append("'\nLOCATION '${warehouse}/")
        .append(table.layer())
        .append('/')
        .append(table.name())
        .append("'\nTBLPROPERTIES (\n");
    List<String> properties = new ArrayList<>();
    properties(table)
        .forEach((key, value) -> properties.add("  '%s' = '%s'".formatted(key, quoted(value))));
    sql.append(String.join(",\n", properties)).append("\n);\n");
    return sql.toString();
  }

  /**
   * Returns the properties by which Delta keeps the table: its checks, no least and greatest values
   * of personal columns in its log, and nothing that other readers do not know.
   */
  public static Map<String, String> properties(Table table) {
    Map<String, String> properties = new TreeMap<>(READABLE_BY_ALL);
    properties.put("delta.dataSkippingStatsColumns", String.join(",", statisticsColumns(table)));
    table
        .layout()
        .checks()
        .forEach(check -> properties.put(CHECK + check.name(), check.predicate()));
    return properties;
  }

  /**
   * Returns the columns that rows are searched by; minimum and maximum of more columns slow each
   * write by a fifth.
   */
  private static List<String> statisticsColumns(Table table) {
    Set<String> soughtBy = new HashSet<>(table.key());
    soughtBy.addAll(List.of(Table.SOURCE, Table.LOGICAL_DATE));
    table.eventDate().ifPresent(date -> soughtBy.add(date.column()));
    return table.layout().columns().stream()
        .filter(column -> soughtBy.contains(column.name()))
        .filter(column -> column.privacy() == Privacy.NONE)
        .filter(column -> !table.layout().partitionColumn().equals(Optional.of(column.name())))
        .map(Field::name)
        .toList();
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
