package crm.export.audience;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as CSV (RFC 4180, UTF-8). Text is in quotes, numbers are not; an empty text has quotes, a
 * missing value has none. No text begins as a formula does: a spreadsheet would compute it, with
 * whatever the person who typed it in had in mind (OWASP, CSV Injection).
 */
final class CsvFile {
  /** What a spreadsheet may skip, and then what makes the cell a formula, in either width. */
  private static final Pattern FORMULA =
      Pattern.compile("^(?:[\\t\\r\\n]|[\\s\\p{C}\\p{Z}]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

  private static final Pattern PHONE = Pattern.compile(Channel.E164);

  private CsvFile() {}

  /**
   * Writes all rows, one in memory at a time.
   *
   * @return how many there were
   */
  static long write(Iterator<Row> rows, StructType schema, boolean headed, OutputStream out)
      throws IOException {
    CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .quoteStrategy(quotes(schema))
            .build(out, StandardCharsets.UTF_8);
    if (headed) {
      csv.writeRecord(schema.fieldNames());
    }
    long written = 0;
    String[] cells = new String[schema.size()];
    for (; rows.hasNext(); written++) {
      Row row = rows.next();
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cell(row.get(i));
      }
      csv.writeRecord(cells);
    }
    csv.flush();
    return written;
  }

  private static QuoteStrategy quotes(StructType schema) {
    return new QuoteStrategy() {
      @Override
      public boolean quoteNull(int line, int column) {
        return schema.size() == 1; // Else the line would be empty, which readers skip.
      }

      @Override
      public boolean quoteEmpty(int line, int column) {
        return true;
      }

      @Override
      public boolean quoteValue(int line, int column, String value) {
        return schema.apply(column).dataType() instanceof StringType;
      }
    };
  }

  private static String cell(Object value) {
    if (value instanceof String text) {
      return guarded(text);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Timestamp moment) {
      return moment.toInstant().toString();
    }
    boolean isNone =
        value == null || List.of("NaN", "Infinity", "-Infinity").contains(value.toString());
    return isNone ? null : value.toString();
  }

  /** The text, with an apostrophe in front where a spreadsheet might take it for a formula. */
  static String guarded(String text) {
    return FORMULA.matcher(text).lookingAt() && !PHONE.matcher(text).matches() ? "'" + text : text;
  }
}
