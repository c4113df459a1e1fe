package crm.models.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/**
 * The published accuracy of tourism series (Athanasopoulos and others 2011, tables 4 and 5), by
 * their protocol: mean over horizons, then over series. What is chosen is chosen without the
 * hold-out: the plan is never shown it.
 */
class TourismTest {
  @Test
  void monthlySeries() {
    Outcome outcome = new Outcome(Tourism.monthly());
    assertThat(outcome.mape(Method.SEASONAL_NAIVE)).isCloseTo(22.56, within(0.005));
    assertThat(outcome.mase(Method.SEASONAL_NAIVE)).isCloseTo(1.63, within(0.005));
    assertThat(outcome.mape(Method.THETA)).isCloseTo(22.39, withPercentage(1));
    assertThat(outcome.mase(Method.THETA)).isCloseTo(1.65, withPercentage(1));
    assertThat(outcome.mape()).isLessThan(22.39);
    assertThat(outcome.mase()).isLessThan(1.63);
  }

  @Test
  void quarterlySeries() {
    Outcome outcome = new Outcome(Tourism.quarterly());
    assertThat(outcome.mape(Method.SEASONAL_NAIVE)).isCloseTo(16.46, within(0.005));
    assertThat(outcome.mase(Method.SEASONAL_NAIVE)).isCloseTo(1.70, within(0.005));
    assertThat(outcome.mape(Method.THETA)).isCloseTo(15.93, withPercentage(1));
    assertThat(outcome.mase(Method.THETA)).isCloseTo(1.66, withPercentage(1));
    assertThat(outcome.mape()).isLessThan(15.93);
    assertThat(outcome.mase()).isLessThan(1.66);
  }

  /** What a set's plan chose, and how it met what came. */
  private static final class Outcome {
    private final Tourism set;
    private final Coefficients coefficients;
    private final Choice choice;

    Outcome(Tourism set) {
      this.set = set;
      coefficients = set.plan().solve(set.plan().gather(set.known()));
      Backtest backtest = set.plan().backtest(set.known(), coefficients);
      choice = backtest.choose();
      for (Method method : backtest.candidates()) {
        System.out.printf(
            "XX %s%-26s rolling MASE %.3f, hold-out MAPE %.2f MASE %.3f%n",
            method == choice.method() ? "*" : " ",
            method.label(),
            backtest.mase(method),
            mape(method),
            mase(method));
      }
      for (boolean is80 : new boolean[] {true, false}) {
        double[] c = coverage(is80);
        System.out.printf("XX %s coverage %.4f se %.4f%n", is80, c[0], c[1]);
      }
    }

    double mape() {
      return mape(choice.method());
    }

    double mase() {
      return mase(choice.method());
    }

    double mape(Method method) {
      return mean(method, (i, points) -> Accuracy.mape(set.came().get(i), points));
    }

    double mase(Method method) {
      return mean(
          method,
          (i, points) ->
              Accuracy.mase(set.came().get(i), points, set.plan().scale(set.known().get(i), 0)));
    }

    private double mean(Method method, ToDoubleBiFunction<Integer, double[]> measure) {
      double sum = 0;
      for (int i = 0; i < set.known().size(); i++) {
        Points points = set.plan().candidates(set.known().get(i), 0, coefficients).get(method);
        sum += measure.applyAsDouble(i, points.values());
      }
      return sum / set.known().size();
    }

    /** Share of what came that is within its interval, mean over series, and its standard error. */
    double[] coverage(boolean is80) {
      List<Double> shares = new ArrayList<>();
      for (int i = 0; i < set.known().size(); i++) {
        Forecast forecast = set.plan().forecast(set.known().get(i), coefficients, choice);
        double[] lower = is80 ? forecast.lower80() : forecast.lower95();
        double[] upper = is80 ? forecast.upper80() : forecast.upper95();
        double[] came = set.came().get(i);
        int within = 0;
        for (int h = 0; h < came.length; h++) {
          within += lower[h] <= came[h] && came[h] <= upper[h] ? 1 : 0;
        }
        shares.add(within / (double) came.length);
      }
      double mean = shares.stream().mapToDouble(share -> share).average().orElseThrow();
      double squares = shares.stream().mapToDouble(share -> Math.pow(share - mean, 2)).sum();
      return new double[] {mean, Math.sqrt(squares / (shares.size() - 1) / shares.size())};
    }
  }
}
