package crm.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.Field;
import crm.warehouse.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as people write them: names of columns between bars, then a line per row. An empty cell is
 * NULL, a column that is left out too; the source is {@code shop} unless told.
 */
record TextTable(List<String> names, List<List<String>> lines) {

  static TextTable of(String text) {
    List<List<String>> cells =
        text.lines()
            .filter(line -> !line.isBlank())
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    return new TextTable(cells.get(0), cells.subList(1, cells.size()));
  }

  /** The rows with the columns jobs see of the table. */
  Dataset<Row> rows(Table table) {
    StructType texts = new StructType();
    for (String name : names) {
      texts = texts.add(name, DataTypes.StringType);
    }
    Dataset<Row> given =
        Sessions.small()
            .createDataFrame(
                lines.stream()
                    .map(
                        line ->
                            RowFactory.create(
                                line.stream().map(cell -> cell.isEmpty() ? null : cell).toArray()))
                    .toList(),
                texts);
    List<Field> columns = new ArrayList<>(table.layout().leading());
    columns.addAll(table.columns());
    if (table.isModelOutput()) {
      columns.addAll(table.layout().system());
    }
    List<org.apache.spark.sql.Column> typed = new ArrayList<>();
    for (Field column : columns) {
      org.apache.spark.sql.Column value =
          names.contains(column.name())
              ? col(column.name())
              : lit(column.name().equals(Table.SOURCE) ? "shop" : null);
      typed.add(value.cast(column.type()).as(column.name()));
    }
    return given.select(typed.toArray(org.apache.spark.sql.Column[]::new));
  }

  /** The lines in one form, sorted. */
  List<String> normalized() {
    return lines.stream().map(line -> String.join(" | ", line)).sorted().toList();
  }

  /** The columns of this text out of computed rows, in the same form. */
  List<String> normalized(Dataset<Row> computed) {
    return computed.selectExpr(names.toArray(String[]::new)).collectAsList().stream()
        .map(
            row ->
                java.util.stream.IntStream.range(0, row.length())
                    .mapToObj(i -> row.isNullAt(i) ? "" : String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" | ")))
        .sorted()
        .toList();
  }
}
