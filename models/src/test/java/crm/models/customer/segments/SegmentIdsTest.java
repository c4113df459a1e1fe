package crm.models.customer.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentIdsTest {
  private static final List<double[]> EARLIER =
      List.of(new double[] {0, 0}, new double[] {4, 0}, new double[] {0, 4});

  @Test
  void segmentsThatMovedALittleAreCarriedOn() {
    assertThat(
            SegmentIds.carriedOn(
                EARLIER,
                List.of(new double[] {.5, 3.5}, new double[] {-.3, .4}, new double[] {4.5, 1})))
        .containsExactly(2, 0, 1);
  }

  @Test
  void ofASplitSegmentTheNearerPartIsCarriedOn() {
    assertThat(
            SegmentIds.carriedOn(
                EARLIER,
                List.of(
                    new double[] {4, 0},
                    new double[] {-1, 0},
                    new double[] {.8, 0},
                    new double[] {0, 4})))
        .containsExactly(1, -1, 0, 2);
  }

  @Test
  void whatIsHalfwayToAnotherSegmentIsNew() {
    assertThat(SegmentIds.carriedOn(EARLIER, List.of(new double[] {2, 0}))).containsExactly(-1);
  }
}
