package crm.report.customer;

import static crm.report.SectionRows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import crm.report.figures.CustomerFigures.Movement;
import crm.report.page.BarChart;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who moved between segments, as it is drawn. */
class ClusterSectionsTest {
  /**
   * Of 100 loyal customers 70 stayed, 20 are rare now and 10 in no segment; of 50 new ones all are
   * rare, since their segment is no more.
   */
  private static final Section MOVED =
      ClusterSections.movements(
          Optional.of(LocalDate.of(2026, 1, 31)),
          List.of(
              moved("Loyal", "Loyal", "stayed", 70, 0.7),
              moved("Loyal", "Rare", "moved", 20, 0.2),
              new Movement(
                  "Loyal", Optional.empty(), "left", Optional.empty(), Optional.empty(), 10, 0.1),
              new Movement(
                  "New",
                  Optional.of("Rare"),
                  "moved",
                  Optional.of("retired"),
                  Optional.empty(),
                  50,
                  1)),
          new Numbers("EUR"));

  private static Movement moved(
      String from, String to, String change, long customers, double share) {
    return new Movement(
        from, Optional.of(to), change, Optional.empty(), Optional.empty(), customers, share);
  }

  @Test
  void aBarIsDividedByWhatBecameOfTheCustomersOfASegment() {
    BarChart chart = (BarChart) MOVED.chart().orElseThrow();
    assertThat(chart.bars())
        .extracting(
            bar ->
                bar.label()
                    + bar.strips().stream()
                        .map(strip -> " " + strip.tone() + " " + strip.width())
                        .reduce("", String::concat))
        .containsExactly("Loyal main 70.00% second 20.00% bad 10.00%", "New second 100.00%");
  }

  @Test
  void aRowSaysWhereCustomersWentAndWhatBecameOfTheirSegment() {
    assertThat(MOVED.lead()).startsWith("Since 2026-01-31");
    assertThat(rows(MOVED))
        .containsExactly(
            "Loyal|Loyal|stayed|70|70.0 %",
            "Loyal|Rare|moved|20|20.0 %",
            "Loyal|none|left|10|10.0 %",
            "New|Rare|moved, retired segment|50|100.0 %");
  }
}
