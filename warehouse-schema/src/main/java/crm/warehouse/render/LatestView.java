package crm.warehouse.render;

import crm.warehouse.Table;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query behind {@link Table#latestName()}. It names its columns: a view that does keeps working
 * when its table gains one, in every engine, and shows it once it is made again.
 */
public final class LatestView {
  private LatestView() {}

  /**
   * @param columns as the engine has them, in the order the view is to show
   * @param quote what the engine puts around names
   * @param from the table's name in the engine
   */
  public static String query(List<String> columns, String quote, String from) {
    String date = quote + Table.LOGICAL_DATE + quote;
    return "SELECT %s FROM %s WHERE %s = (SELECT MAX(%3$s) FROM %2$s)"
        .formatted(
            columns.stream()
                .map(column -> quote + column + quote)
                .collect(Collectors.joining(", ")),
            from,
            date);
  }
}
