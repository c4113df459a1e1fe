package crm.learning.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastPlanTest {
  private static final LocalDate FIRST = LocalDate.of(2022, 8, 1);

  @Test
  void seasonalNaiveRepeatsTheLastSeason() {
    assertThat(forecast(Method.SEASONAL_NAIVE, 9, 9, 9, 9, 1, 2, 3, 4))
        .isEqualTo(new Points(Method.SEASONAL_NAIVE, null).method() + " [1.0, 2.0, 3.0, 4.0, 1.0]");
  }

  /** From 2 to 8 in three steps: 2 each. */
  @Test
  void driftGoesOnAsFromTheFirstToTheLast() {
    assertThat(forecast(Method.DRIFT, 2, 7, 1, 8))
        .isEqualTo("DRIFT [10.0, 12.0, 14.0, 16.0, 18.0]");
  }

  /** Down 2 each; what never was negative does not become it. */
  @Test
  void whatNeverWasNegativeIsNotGoingToBe() {
    assertThat(forecast(Method.DRIFT, 7, 5, 3)).isEqualTo("DRIFT [1.0, 0.0, 0.0, 0.0, 0.0]");
    assertThat(forecast(Method.DRIFT, 3, 1, -1)).isEqualTo("DRIFT [-3.0, -5.0, -7.0, -9.0, -11.0]");
  }

  /** A line of slope 2 is smoothed with full weight, and half its slope is added per period. */
  @Test
  void thetaGoesOnWithHalfTheSlope() {
    double[] points = Theta.forecast(new double[] {1, 3, 5, 7, 9, 11}, 4, 2);
    assertThat(points[0]).isCloseTo(12, within(0.01));
    assertThat(points[1]).isCloseTo(13, within(0.01));
  }

  @Test
  void aNewSeriesIsForecastByItsMean() {
    assertThat(forecast(Method.SEASONAL_NAIVE, Double.NaN, 4, 6))
        .isEqualTo("MEAN [5.0, 5.0, 5.0, 5.0, 5.0]");
    assertThat(forecast(Method.THETA, 4)).isEqualTo("MEAN [4.0, 4.0, 4.0, 4.0, 4.0]");
    assertThat(forecast(Method.REGRESSION, 4)).isEqualTo("MEAN [4.0, 4.0, 4.0, 4.0, 4.0]");
  }

  @Test
  void aSeriesThatWasNeverDeliveredHasNoForecast() {
    assertThat(forecast(Method.THETA, Double.NaN, Double.NaN)).isEqualTo("NONE []");
    assertThat(forecast(Method.DRIFT)).isEqualTo("NONE []");
  }

  private static String forecast(Method method, double... values) {
    Series series = new Series("one", Frequency.QUARTERLY, LocalDate.of(2020, 1, 1), values);
    ForecastPlan plan = new ForecastPlan(Frequency.QUARTERLY, 5, 0, Calendar.unknown());
    Coefficients none = plan.solve(plan.gather(List.of()));
    Points points = plan.candidates(series, 0, none).get(method);
    return points.method() + " " + Arrays.toString(points.values());
  }

  @ParameterizedTest
  @EnumSource(Frequency.class)
  void everySeriesThatWasEverDeliveredHasAFiniteAnswer(Frequency frequency) {
    int size = 3 * frequency.season() + 30;
    Random random = new Random(3);
    List<Series> odd = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      odd.add(series("usual " + i, frequency, size, t -> 50 + 20 * random.nextGaussian()));
    }
    odd.add(series("constant", frequency, size, t -> 7));
    odd.add(series("all zero", frequency, size, t -> 0));
    odd.add(series("negative", frequency, size, t -> -3 - t % 5));
    odd.add(series("sparse", frequency, size, t -> t % 29 == 0 ? 100 : 0));
    odd.add(series("new", frequency, size, t -> t < size - 3 ? Double.NaN : 5));
    odd.add(series("one point", frequency, size, t -> t == size - 1 ? 5 : Double.NaN));
    odd.add(series("ended", frequency, size, t -> t > size - 9 ? Double.NaN : 5 + t % 4));
    odd.add(series("huge", frequency, size, t -> 1e11 * random.nextDouble()));
    odd.add(series("tiny", frequency, size, t -> 1e-3 * random.nextDouble()));
    ForecastPlan plan = new ForecastPlan(frequency, 6, 3, Calendar.unknown());
    Coefficients coefficients = plan.solve(plan.gather(odd));
    Choice choice = plan.backtest(odd, coefficients).choose();
    assertThat(choice.intervals()).isEqualTo(IntervalMethod.CONFORMAL);
    for (Series one : odd) {
      for (Points points : plan.candidates(one, 0, coefficients).values()) {
        assertThat(points.values()).as("%s by %s", one.id(), points.method()).hasSize(6);
        assertThat(Arrays.stream(points.values()).allMatch(Double::isFinite)).isTrue();
      }
      Forecast forecast = plan.forecast(one, coefficients, choice);
      for (int h = 0; h < 6; h++) {
        assertThat(
                new double[] {
                  forecast.lower95()[h],
                  forecast.lower80()[h],
                  forecast.points()[h],
                  forecast.upper80()[h],
                  forecast.upper95()[h]
                })
            .as(one.id())
            .isSorted()
            .doesNotContain(Double.NaN);
      }
    }
    assertThat(plan.forecast(odd.get(8), coefficients, choice).points()[0])
        .isCloseTo(7, withPercentage(5));
    assertThat(plan.forecast(odd.get(9), coefficients, choice).points()).containsOnly(0);
  }

  private static Series series(
      String id, Frequency frequency, int size, java.util.function.IntToDoubleFunction value) {
    double[] values = new double[size];
    Arrays.setAll(values, value);
    return new Series(id, frequency, frequency.periodOf(FIRST), values);
  }

  /** 2024-02-29 is among what is known; 2024-09-01, a holiday, a Sunday, among what is to come. */
  @Test
  void plantedSeasonsAndHolidaysAreFound() {
    LocalDate end = LocalDate.of(2024, 8, 20);
    List<Series> series = Planted.daily(40, FIRST, Frequency.DAILY.between(FIRST, end), 0.2, 11);
    ForecastPlan plan = new ForecastPlan(Frequency.DAILY, 28, 4, Planted.HOLIDAYS);
    Coefficients coefficients = plan.solve(plan.gather(series));
    Backtest backtest = plan.backtest(series, coefficients);
    assertThat(backtest.choose().method()).isIn(Method.REGRESSION, Method.LOG_REGRESSION);
    double[] mean = new double[28];
    for (Series one : series) {
      Forecast forecast = plan.forecast(one, coefficients, backtest.choose());
      double level = one.values()[0] / Planted.expected(FIRST);
      for (int h = 0; h < mean.length; h++) {
        mean[h] += forecast.points()[h] / level / series.size();
      }
    }
    for (int h = 0; h < mean.length; h++) {
      LocalDate day = end.plusDays(h);
      assertThat(mean[h]).as("%s", day).isCloseTo(Planted.expected(day), withPercentage(12));
    }
  }

  @Test
  void errorsAddUpTheSameForAnySplitAndOrder() {
    List<Series> series = Planted.daily(9, FIRST, 400, 0.4, 5);
    ForecastPlan plan = new ForecastPlan(Frequency.DAILY, 7, 3, Calendar.unknown());
    Coefficients coefficients = plan.solve(plan.gather(series));
    String expected = told(plan.backtest(series, coefficients));
    Collections.shuffle(series, new Random(1));
    Backtest left = plan.backtest(series.subList(0, 4), coefficients);
    Backtest right = plan.backtest(series.subList(4, 9), coefficients);
    assertThat(told(left.merge(right))).isEqualTo(expected);
    assertThat(told(right.merge(left))).isEqualTo(expected);
  }

  private static String told(Backtest backtest) {
    StringBuilder told = new StringBuilder();
    for (Method method : backtest.candidates()) {
      Choice intervals = backtest.intervalsOf(method);
      told.append(backtest.mase(method)).append(backtest.wape(method));
      told.append(Arrays.toString(intervals.half80())).append(Arrays.toString(intervals.half95()));
    }
    return told.toString();
  }

  /** Seven days back each; the whole horizon is known at each. */
  @Test
  void originsRollBackByWholeWeeks() {
    assertThat(new ForecastPlan(Frequency.DAILY, 28, 3, Calendar.unknown()).originOffsets())
        .containsExactly(28, 35, 42);
  }

  @Test
  void aModelFittedElsewhereLearnsWhatItCanTellBack() {
    Series series = Planted.daily(1, FIRST, 400, 0.4, 5).get(0);
    ForecastPlan plan = new ForecastPlan(Frequency.DAILY, 7, 3, Planted.HOLIDAYS);
    assertThat(plan.features(series, 300, 7)).hasSameSizeAs(plan.featureNames());
    assertThat(plan.features(series, 3, 7)).isEmpty();
    assertThat(plan.value(series, 300, plan.target(series, 300, 7)))
        .isCloseTo(series.values()[307], withPercentage(1e-9));
    assertThat(plan.features(series, series.size() - 1, 7)).doesNotContain(Double.NaN);
  }

  @Test
  void withoutAnyOriginTheAnswerHasNoInterval() {
    Series series =
        new Series("one", Frequency.MONTHLY, LocalDate.of(2024, 1, 1), new double[] {1, 2, 3});
    ForecastPlan plan = new ForecastPlan(Frequency.MONTHLY, 2, 13, Calendar.unknown());
    Coefficients coefficients = plan.solve(plan.gather(List.of(series)));
    Choice choice = plan.backtest(List.of(series), coefficients).choose();
    Forecast forecast = plan.forecast(series, coefficients, choice);
    assertThat(forecast.method()).isEqualTo(Method.MEAN);
    assertThat(forecast.points()).containsExactly(2, 2);
    assertThat(forecast.intervals()).isEqualTo(IntervalMethod.NONE);
    assertThat(forecast.upper80()).containsOnly(Double.NaN);
    assertThat(Map.of(choice.method(), choice.intervals()))
        .containsEntry(Method.SEASONAL_NAIVE, IntervalMethod.NONE);
  }
}
