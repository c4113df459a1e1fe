package crm.learning.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ResidualsTest {
  /** Of 19, the 19th is the ceil(20 x 0.95)-th and the 16th the ceil(20 x 0.80)-th. */
  @Test
  void aConformalQuantileIsOneOfTheResiduals() {
    Residuals residuals = new Residuals();
    for (int size = 19; size >= 1; size--) {
      residuals.add(size);
    }
    assertThat(residuals.conformal(0.95)).isBetween(19.0, 19.0 * 1.0101);
    assertThat(residuals.conformal(0.80)).isBetween(16.0, 16.0 * 1.0101);
  }

  @Test
  void whatIsAlwaysRightHasNoWidth() {
    Residuals residuals = new Residuals();
    for (int i = 0; i < 30; i++) {
      residuals.add(0);
    }
    assertThat(residuals.conformal(0.95)).isZero();
  }

  /** 18 errors of 2 scales: the deviation is 2, and 95 % of a normal are within 1.96 of them. */
  @Test
  void withFewerThan19ResidualsTheIntervalIsNormalAndSaysSo() {
    Choice choice = afterErrors(18);
    assertThat(choice.intervals()).isEqualTo(IntervalMethod.NORMAL);
    assertThat(choice.half95()[0]).isCloseTo(2 * 1.95996, within(1e-4));
    assertThat(choice.half80()[0]).isCloseTo(2 * 1.28155, within(1e-4));
    assertThat(afterErrors(19).intervals()).isEqualTo(IntervalMethod.CONFORMAL);
    assertThat(afterErrors(19).half80()[0]).isCloseTo(2, withPercentage(1.1));
    assertThat(afterErrors(1).intervals()).isEqualTo(IntervalMethod.NONE);
  }

  /** Sales of 10 and 11 by turns, so that quarters differ from those of the year before by 1. */
  private static Choice afterErrors(int count) {
    ForecastPlan plan = new ForecastPlan(Frequency.QUARTERLY, 1, 1, Calendar.unknown());
    Series series =
        new Series(
            "one",
            Frequency.QUARTERLY,
            LocalDate.of(2020, 1, 1),
            new double[] {10, 10, 10, 10, 11, 11, 11, 11, 10});
    Backtest backtest = new Backtest(plan);
    for (int i = 0; i < count; i++) {
      backtest.add(series, 1, Method.THETA, new double[] {12});
    }
    return backtest.choose();
  }
}
