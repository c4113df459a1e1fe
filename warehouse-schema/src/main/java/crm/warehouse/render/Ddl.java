package crm.warehouse.render;

import crm.warehouse.Check;
import crm.warehouse.Column;
import crm.warehouse.Privacy;
import crm.warehouse.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** SQL that creates a table on any Spark with Delta. */
public final class Ddl {
  private Ddl() {}

  /** The statements, with {@code ${warehouse}} for the folder that holds the layers. */
  public static String of(Table table) {
    List<String> lines = new ArrayList<>();
    for (StructField field : table.storedSchema().fields()) {
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
            .append("CREATE TABLE IF NOT EXISTS ")
            .append(table.qualifiedName())
            .append(" (\n")
            .append(String.join(",\n", lines))
            .append("\n) USING delta\n");
    table
        .partitionColumn()
        .ifPresent(column -> sql.append("PARTITIONED BY (").append(column).append(")\n"));
    sql.append("COMMENT 'One row per ")
        .append(quoted(table.grain()))
        .append("'\nLOCATION '${warehouse}/")
        .append(table.layer())
        .append('/')
        .append(table.name())
        .append("';\n");
    for (Check check : table.storedChecks()) {
      sql.append(
          "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s);\n"
              .formatted(table.qualifiedName(), check.name(), check.predicate()));
    }
    return sql.toString();
  }

  /** Columns whose least and greatest values the table's log may keep: none that is personal. */
  public static List<String> statisticsColumns(Table table) {
    return table.storedColumns().stream()
        .filter(column -> column.privacy() == Privacy.NONE)
        .filter(column -> column.type() != DataTypes.BooleanType)
        .filter(column -> !(column.type() instanceof ArrayType))
        .filter(column -> !table.partitionColumn().equals(Optional.of(column.name())))
        .map(Column::name)
        .toList();
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
