package crm.learning.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Of 10, 20 and 0 the forecasts are 11, 16 and 1; a day was not delivered. */
class AccuracyTest {
  private static final double[] CAME = {10, 20, Double.NaN, 0};
  private static final double[] POINTS = {11, 16, 5, 1};

  @Test
  void percentageErrorsLeaveOutWhatWasNothing() {
    assertThat(Accuracy.mape(CAME, POINTS)).isCloseTo(100 * (0.1 + 0.2) / 2, within(1e-12));
  }

  @Test
  void scaledErrorsAreInUnitsOfSeasonalDifferences() {
    assertThat(Accuracy.mase(CAME, POINTS, 4)).isCloseTo(6.0 / 3 / 4, within(1e-12));
  }

  @Test
  void weightedErrorsAreAShareOfWhatCame() {
    assertThat(Accuracy.wape(CAME, POINTS)).isCloseTo(6.0 / 30, within(1e-12));
  }

  @Test
  void squaredErrorsAreInUnitsOfStepsByOne() {
    assertThat(Accuracy.rmsse(CAME, POINTS, new double[] {1, 3, 1}))
        .isCloseTo(Math.sqrt((1 + 16 + 1) / 3.0 / 4), within(1e-12));
  }
}
