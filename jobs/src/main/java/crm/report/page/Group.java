package crm.report.page;

import java.util.List;

/**
 * Sections that belong together.
 *
 * @param id of the group within the page, lower case
 */
public record Group(String id, String title, List<Section> sections) {
  public Group {
    sections = List.copyOf(sections);
  }
}
