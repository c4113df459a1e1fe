package crm.report.page;

import java.util.List;
import java.util.Optional;

/**
 * One question and its answer: in words, as a picture, as a table.
 *
 * @param id of the section within the page, lower case
 * @param lead what the picture shows and how it was reckoned; or why there is none
 */
public record Section(
    String id, String title, String lead, Optional<Chart> chart, Optional<DataTable> table) {

  public Section(String id, String title, String lead, Chart chart, DataTable table) {
    this(id, title, lead, Optional.of(chart), Optional.of(table));
  }

  /** A section that has nothing to show, and says why. */
  public static Section empty(String id, String title, String why) {
    return new Section(id, title, why, Optional.empty(), Optional.empty());
  }

  /** A section whose table says it all. */
  public static Section ofTable(String id, String title, String lead, DataTable table) {
    return new Section(id, title, lead, Optional.empty(), Optional.of(table));
  }

  /** Returns the meaning of the picture's colours; empty where there is only one. */
  public List<Key> keys() {
    return chart.map(Chart::keys).orElse(List.of());
  }
}
