package crm.report;

import static org.assertj.core.api.Assertions.assertThat;

import crm.report.page.DataTable;
import crm.report.page.Group;
import crm.report.page.Page;
import crm.report.page.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
  private static final String HOSTILE = "</title><script>alert(1)</script>";

  @Test
  void aHostileTextIsOnlyTextWhereverItStands() {
    DataTable table = new DataTable(List.of(HOSTILE), List.of(), List.of(List.of(HOSTILE)));
    Section section = Section.ofTable("offers", HOSTILE, HOSTILE, table);
    String html =
        Html.render(
            new Page(
                HOSTILE,
                List.of(),
                List.of(new Page.Fact(HOSTILE, HOSTILE)),
                List.of(HOSTILE),
                List.of(new Group("offers", HOSTILE, List.of(section)))));
    assertThat(html)
        .contains("&lt;/title&gt;&lt;script&gt;alert(1)")
        .doesNotContain("<script")
        .containsOnlyOnce("</title>");
  }
}
