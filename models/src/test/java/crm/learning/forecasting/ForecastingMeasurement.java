package crm.learning.forecasting;

import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.regression.NormalEquations;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * CPU-seconds of a level of 1,000 and 10,000 daily series of two years, 28 days ahead, with 13
 * rolling origins and intervals. Not a test; run it with {@code mvn test
 * -Dtest=ForecastingMeasurement -Dsurefire.failIfNoSpecifiedTests=false -pl models -am}.
 */
class ForecastingMeasurement {
  private static final ForecastPlan PLAN =
      new ForecastPlan(Frequency.DAILY, 28, 13, Planted.HOLIDAYS);

  @Test
  void dailySeriesOfTwoYears() {
    for (int count : new int[] {200, 1_000, 10_000}) { // The first warms up.
      List<Series> series = Planted.daily(count, LocalDate.of(2023, 1, 1), 730, 0.8, 42);
      double start = cpuSeconds();
      NormalEquations sums = PLAN.gather(series);
      double gathered = cpuSeconds();
      Coefficients coefficients = PLAN.solve(sums);
      double solved = cpuSeconds();
      Choice choice = PLAN.backtest(series, coefficients).choose();
      double tested = cpuSeconds();
      double total = 0;
      for (Series one : series) {
        total += PLAN.forecast(one, coefficients, choice).points()[0];
      }
      double ended = cpuSeconds();
      System.out.printf(
          Locale.ROOT,
          "XX %d series: %.2f CPU-s (gather %.2f, solve %.2f, backtest %.2f, forecast %.2f), by %s;"
              + " next day %.0f%n",
          count,
          ended - start,
          gathered - start,
          solved - gathered,
          tested - solved,
          ended - tested,
          choice.method().label(),
          total);
    }
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
