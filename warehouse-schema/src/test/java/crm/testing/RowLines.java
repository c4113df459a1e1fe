package crm.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as lines, so that equal lists are equal tables. */
public final class RowLines {
  private RowLines() {}

  /** Writes each row as its values between bars, and sorts the lines. */
  public static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.length())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining("|")))
        .sorted()
        .toList();
  }
}
