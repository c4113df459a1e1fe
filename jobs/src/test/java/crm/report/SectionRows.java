package crm.report;

import crm.report.page.Section;
import java.util.List;

/** A section's table as text. */
public final class SectionRows {
  private SectionRows() {}

  /** Returns a text per row, its cells between bars. */
  public static List<String> rows(Section section) {
    return section.table().orElseThrow().rows().stream().map(row -> String.join("|", row)).toList();
  }
}
