package crm.learning.forecasting.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.Method;
import crm.learning.forecasting.NormalEquationsAccumulator;
import crm.learning.forecasting.Planted;
import crm.learning.forecasting.Points;
import crm.learning.forecasting.regression.Features.TargetTransform;
import crm.learning.forecasting.regression.NormalEquations.Equations;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.History;
import crm.learning.forecasting.series.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
  private static final double PENALTY = 1e-3;
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
  private static final ForecastPlan PLAN =
      new ForecastPlan(Frequency.DAILY, 10, 3, Planted.HOLIDAYS);

  /** Two years with a leap day, of which each series misses a few days. */
  private static List<Series> series() {
    List<Series> all = Planted.daily(12, FIRST, 731, 0.5, 1);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).values()[300 + i] = Double.NaN;
      all.get(i).values()[723] = Double.NaN;
    }
    return all;
  }

  /** The rows are rebuilt here, and solved by QR: only what the origin knew, weekday by weekday. */
  @Test
  void areThoseOfLeastSquaresOverWhatTheOriginKnew() {
    NormalEquations sums = PLAN.gather(series());
    int originOffset = PLAN.originOffsets().get(1);
    int ahead = 4;
    Features features = PLAN.featuresOfPlan();
    List<double[]> rows = new ArrayList<>();
    List<Double> targets = new ArrayList<>();
    for (Series series : series()) {
      History history = new History(series);
      for (int origin = 7; origin + ahead <= series.size() - 1 - originOffset; origin++) {
        if (!Double.isNaN(series.values()[origin + ahead])) {
          double weight = 1 / Math.max(0.03, Math.min(4, features.noise(history, origin)));
          double[] row = PLAN.features(series, origin, ahead);
          Arrays.setAll(
              row,
              i ->
                  NormalEquationsAccumulator.quantized(row[i], weight)
                      / NormalEquationsAccumulator.GRID);
          rows.add(row);
          double target = PLAN.target(series, origin, ahead);
          targets.add(
              NormalEquationsAccumulator.quantized(target, weight)
                  / NormalEquationsAccumulator.GRID);
        }
      }
    }
    Equations equations = sums.between(TargetTransform.RATIO.index(), ahead, 2, 4);
    assertThat(equations.rows()).isEqualTo(rows.size());
    double[] beta = Coefficients.solve(equations, PENALTY);
    double[] expected = ridge(rows, targets);
    for (int i = 0; i < beta.length; i++) {
      assertThat(beta[i]).as(PLAN.featureNames().get(i)).isCloseTo(expected[i], within(1e-8));
    }
    double squares = 0;
    for (int row = 0; row < rows.size(); row++) {
      double error = targets.get(row);
      for (int i = 0; i < beta.length; i++) {
        error -= beta[i] * rows.get(row)[i];
      }
      squares += error * error;
    }
    assertThat(Coefficients.squaredError(equations, beta)).isCloseTo(squares, within(1e-6));
  }

  /** By QR of rows with one more row for each feature, which asks it to be 0. */
  private static double[] ridge(List<double[]> rows, List<Double> targets) {
    int size = rows.get(0).length;
    double[][] x = new double[rows.size() + size][];
    double[] y = new double[x.length];
    double[] squares = new double[size];
    for (int row = 0; row < rows.size(); row++) {
      x[row] = rows.get(row);
      y[row] = targets.get(row);
      for (int i = 0; i < size; i++) {
        squares[i] += x[row][i] * x[row][i];
      }
    }
    for (int i = 0; i < size; i++) {
      x[rows.size() + i] = new double[size];
      x[rows.size() + i][i] = Math.sqrt(PENALTY * squares[i]);
    }
    OLSMultipleLinearRegression ols = new OLSMultipleLinearRegression();
    ols.setNoIntercept(true);
    ols.newSampleData(y, x);
    return ols.estimateRegressionParameters();
  }

  @Test
  void areTheSameForAnySplitAndOrder() {
    List<Series> series = series();
    String expected = told(PLAN.solve(PLAN.gather(series)));
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(series, random);
      int cut = 1 + random.nextInt(10);
      NormalEquations left = PLAN.gather(series.subList(0, cut));
      NormalEquations right = PLAN.gather(series.subList(cut, series.size()));
      assertThat(told(PLAN.solve(left.merge(right)))).isEqualTo(expected);
      assertThat(told(PLAN.solve(right.merge(left)))).isEqualTo(expected);
    }
  }

  /** Neither coefficients, nor penalties, nor what is forecast by them. */
  @Test
  void whatCameAfterAnOriginMovesNothingAtIt() {
    List<Series> series = series();
    List<Series> altered = series();
    int originOffset = PLAN.originOffsets().get(1);
    Random random = new Random(7);
    for (Series one : altered) {
      for (int t = one.size() - originOffset; t < one.size(); t++) {
        one.values()[t] = random.nextInt(5) == 0 ? Double.NaN : 1e5 * random.nextDouble() - 1e4;
      }
    }
    Coefficients before = PLAN.solve(PLAN.gather(series));
    Coefficients after = PLAN.solve(PLAN.gather(altered));
    for (TargetTransform form : TargetTransform.values()) {
      double[][][] ofForm = before.values()[form.index()];
      double[][][] alteredForm = after.values()[form.index()];
      assertThat(Arrays.deepEquals(alteredForm[1], ofForm[1]))
          .as("an origin that knows some of it")
          .isFalse();
      for (int origin = 2; origin < ofForm.length; origin++) {
        assertThat(alteredForm[origin]).isDeepEqualTo(ofForm[origin]);
        assertThat(after.penalties()[form.index()][origin])
            .isEqualTo(before.penalties()[form.index()][origin]);
      }
    }
    for (int i = 0; i < series.size(); i++) {
      for (int old : PLAN.originOffsets().subList(1, 3)) {
        assertThat(told(PLAN.candidates(altered.get(i), old, after)))
            .isEqualTo(told(PLAN.candidates(series.get(i), old, before)));
        assertThat(PLAN.scale(altered.get(i), old)).isEqualTo(PLAN.scale(series.get(i), old));
      }
    }
  }

  private static String told(Coefficients coefficients) {
    return Arrays.deepToString(coefficients.values())
        + Arrays.deepToString(coefficients.penalties());
  }

  private static String told(java.util.Map<Method, Points> candidates) {
    StringBuilder told = new StringBuilder();
    candidates.forEach(
        (method, points) ->
            told.append(method).append(points.method()).append(Arrays.toString(points.values())));
    return told.toString();
  }
}
