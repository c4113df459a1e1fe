package crm.learning.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.hipparchus.distribution.discrete.HypergeometricDistribution;
import org.junit.jupiter.api.Test;

class FisherExactTest {
  /** Fisher 1935: of eight cups, four with milk first, and the lady names four. */
  @Test
  void theLadyTastingTea() {
    FisherExact tea = new FisherExact(8, 4, 4);
    assertThat(tea.atLeast(4)).isCloseTo(1.0 / 70, within(1e-14));
    assertThat(tea.atLeast(3)).isCloseTo(17.0 / 70, within(1e-14));
    assertThat(tea.atLeast(1)).isCloseTo(69.0 / 70, within(1e-14));
    assertThat(tea.atLeast(0)).isEqualTo(1);
    assertThat(tea.atLeast(5)).isZero();
  }

  @Test
  void everyTailIsThatOfTheHypergeometricDistribution() {
    HypergeometricDistribution distribution = new HypergeometricDistribution(120, 70, 65);
    FisherExact test = new FisherExact(120, 70, 65);
    for (int hits = 0; hits <= 66; hits++) {
      assertThat(test.atLeast(hits))
          .as("at least %d", hits)
          .isCloseTo(distribution.upperCumulativeProbability(hits), within(1e-11));
    }
  }

  /** Computed apart with fifty digits: mean 1,000,000, standard deviation 900. */
  @Test
  void hundredsOfMillionsAreNoTrouble() {
    FisherExact test = new FisherExact(100_000_000, 10_000_000, 10_000_000);
    assertThat(test.atLeast(1_000_900)).isCloseTo(0.158789682, withinPercentage(1e-3));
    assertThat(test.atLeast(1_000_000 - 900)).isCloseTo(0.8415, within(0.0003));
    assertThat(test.atLeast(1_009_000)).isCloseTo(8.6217354e-24, withinPercentage(1e-3));
    assertThat(test.atLeast(2_000_000)).isZero();
  }

  @Test
  void moreThanThereAreCannotBeDrawn() {
    assertThatThrownBy(() -> new FisherExact(10, 3, 11))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
