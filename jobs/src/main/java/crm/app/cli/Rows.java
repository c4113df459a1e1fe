package crm.app.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Prints rows for people and programs. */
final class Rows {
  /** How rows are written. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  private static final int MAX_TABLE_ROWS = 1000;

  private Rows() {}

  static void print(Dataset<Row> rows, Format format) {
    PrintStream out = System.out;
    switch (format) {
      case TABLE -> table(rows, out);
      case CSV -> csv(rows, out);
      case JSON -> rows.toJSON().toLocalIterator().forEachRemaining(out::println);
    }
  }

  private static void csv(Dataset<Row> rows, PrintStream out) {
    CsvWriter csv = CsvWriter.builder().build(new PrintWriter(out, false, StandardCharsets.UTF_8));
    csv.writeRecord(rows.columns());
    for (Iterator<Row> iterator = rows.toLocalIterator(); iterator.hasNext(); ) {
      csv.writeRecord(cells(iterator.next(), ""));
    }
    try {
      csv.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void table(Dataset<Row> rows, PrintStream out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of(rows.columns()));
    List<Row> found = rows.limit(MAX_TABLE_ROWS + 1).collectAsList();
    found.stream().limit(MAX_TABLE_ROWS).forEach(row -> lines.add(cells(row, "")));
    table(lines);
    if (found.size() > MAX_TABLE_ROWS) {
      out.printf(
          Locale.ROOT, "... only the first %d rows; --format csv gives all.%n", MAX_TABLE_ROWS);
    }
  }

  /** Prints lines of as many cells each, the cells below one another. */
  static void table(List<List<String>> lines) {
    int[] widths = new int[lines.isEmpty() ? 0 : lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(("%-" + Math.max(1, widths[i]) + "s  ").formatted(line.get(i)));
      }
      System.out.println(text.toString().stripTrailing());
    }
  }

  private static List<String> cells(Row row, String forNull) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      cells.add(row.isNullAt(i) ? forNull : String.valueOf(row.get(i)));
    }
    return cells;
  }
}
