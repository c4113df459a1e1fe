package crm.learning.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FalseDiscoveryRateTest {
  /** Benjamini and Hochberg 1995, section 3.2: the first four of 15 are found at 0.05. */
  private static final double[] PUBLISHED = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0000
  };

  @Test
  void thePublishedExampleFindsFour() {
    double[] qValues = FalseDiscoveryRate.qValues(PUBLISHED, 15);
    assertThat(Arrays.stream(qValues).filter(q -> q <= 0.05)).hasSize(4);
    assertThat(qValues[3]).isCloseTo(0.0095 * 15 / 4, within(1e-15));
    // 0.0278 x 15 / 6 is more than what the next one has.
    assertThat(qValues[5]).isCloseTo(0.0298 * 15 / 7, within(1e-15));
  }

  @Test
  void whatWasTestedAndIsNotShownCounts() {
    double[] shown = Arrays.copyOf(PUBLISHED, 4);
    assertThat(FalseDiscoveryRate.qValues(shown, 15))
        .containsExactly(Arrays.copyOf(FalseDiscoveryRate.qValues(PUBLISHED, 15), 4));
    assertThat(Arrays.stream(FalseDiscoveryRate.qValues(shown, 15_000)).filter(q -> q <= 0.05))
        .isEmpty();
    assertThatThrownBy(() -> FalseDiscoveryRate.qValues(shown, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOrderGivenDoesNotMatter() {
    assertThat(FalseDiscoveryRate.qValues(new double[] {0.04, 0.01, 0.02}, 3))
        .containsExactly(0.04, 0.03, 0.03);
  }
}
