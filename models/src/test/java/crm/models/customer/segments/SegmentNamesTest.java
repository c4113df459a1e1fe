package crm.models.customer.segments;

import static crm.models.customer.segments.Feature.FREQUENCY;
import static crm.models.customer.segments.Feature.MONETARY;
import static crm.models.customer.segments.Feature.RECENCY;
import static crm.models.customer.segments.Feature.RETURNED_SHARE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentNamesTest {
  @Test
  void namesSayWhenAndForHowMuchCustomersBought() {
    assertThat(
            SegmentNames.proposed(
                Map.of(
                    1, Map.of(RECENCY, -1.2, FREQUENCY, 1.5, MONETARY, 1.1),
                    2, Map.of(RECENCY, 0.1, FREQUENCY, 0.0, MONETARY, 0.2),
                    3, Map.of(RECENCY, 1.0, FREQUENCY, -0.9, MONETARY, -0.8))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(1, "Champions", 2, "Steady customers", 3, "One-off buyers, long gone"));
  }

  @Test
  void segmentsOfOneNameAreToldApartByWhatTheyDifferIn() {
    assertThat(
            SegmentNames.proposed(
                Map.of(
                    1, Map.of(RECENCY, -1.2, MONETARY, 1.1, RETURNED_SHARE, 2.0),
                    2, Map.of(RECENCY, -1.0, MONETARY, 1.2, RETURNED_SHARE, -0.5))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(1, "Champions, more returns", 2, "Champions, fewer returns"));
  }

  @Test
  void aNameChangesWhenTheProfileSaysSoTwiceRunning() {
    List<Segment> first = SegmentNames.named(List.of(segment(1, "", "")), Map.of(1, "Champions"));
    assertThat(first).containsExactly(segment(1, "Champions", "Champions"));
    List<Segment> once = SegmentNames.named(first, Map.of(1, "Active regulars"));
    assertThat(once).containsExactly(segment(1, "Champions", "Active regulars"));
    assertThat(SegmentNames.named(once, Map.of(1, "Champions")))
        .containsExactly(segment(1, "Champions", "Champions"));
    assertThat(SegmentNames.named(once, Map.of(1, "Occasional buyers")))
        .as("another change is not the same said twice")
        .containsExactly(segment(1, "Champions", "Occasional buyers"));
    assertThat(SegmentNames.named(once, Map.of(1, "Active regulars")))
        .containsExactly(segment(1, "Active regulars", "Active regulars"));
  }

  @Test
  void whoHasANameKeepsItBeforeANewSegment() {
    assertThat(
            SegmentNames.named(
                List.of(segment(2, "Champions", "Champions"), segment(5, "", "")),
                Map.of(2, "Active regulars", 5, "Champions")))
        .containsExactly(
            segment(2, "Champions", "Active regulars"), segment(5, "Champions 2", "Champions"));
  }

  private static Segment segment(int id, String name, String proposed) {
    return new Segment(id, name, proposed, List.of());
  }
}
