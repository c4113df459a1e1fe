package crm.report.page;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The numbers behind a picture, for screen readers and for copying.
 *
 * @param texts headings of the first columns, which hold words
 * @param numbers headings of the others, which hold numbers
 * @param rows a cell for each heading; the first names the row
 */
public record DataTable(List<String> texts, List<String> numbers, List<List<String>> rows) {
  public DataTable {
    texts = List.copyOf(texts);
    numbers = List.copyOf(numbers);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Makes a row of each item. */
  public static <T> DataTable of(
      List<String> texts,
      List<String> numbers,
      Collection<T> items,
      Function<T, List<String>> row) {
    return new DataTable(texts, numbers, items.stream().map(row).toList());
  }

  public boolean isNumber(int column) {
    return column >= texts.size();
  }
}
