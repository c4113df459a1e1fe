package crm.report.page;

import java.util.List;

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

  public boolean isNumber(int column) {
    return column >= texts.size();
  }
}
