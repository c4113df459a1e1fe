package crm.learning.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

/** What repeat buyers spend, where Gamma-Gamma can tell and where it cannot. */
class SpendFitTest {
  private static final double[] AT = {6.25, 3.74, 15.44};

  /** Customers of 1 to 3 purchases each, whose scales differ as q says. */
  private static SpendCells simulated(double q, double v) {
    RandomDataGenerator random = new RandomDataGenerator(4);
    GammaGamma model = new GammaGamma(6, q, v);
    double[] purchases = IntStream.range(0, 3000).mapToDouble(i -> 1 + i / 1000).toArray();
    double[] spend =
        Arrays.stream(purchases)
            .map(x -> model.drawSpend(x, model.drawScale(random), random))
            .toArray();
    return cells(purchases, spend);
  }

  private static SpendCells cells(double[] purchases, double[] spend) {
    return new SpendCells(
        purchases,
        LongStream.generate(() -> 1).limit(purchases.length).toArray(),
        spend,
        new double[purchases.length],
        IntStream.range(0, spend.length)
            .mapToDouble(i -> Math.log(spend[i] / purchases[i]))
            .toArray());
  }

  @Test
  void theGradientIsTheSlopeOfTheLikelihood() {
    SpendCells cells =
        new SpendCells(
            new double[] {1, 4},
            new long[] {3, 2},
            new double[] {20, 90},
            new double[] {0.5, 7},
            new double[] {2.9, 3.1});
    double[] gradient = GammaGamma.logLikelihood(cells, AT);
    for (int i = 0; i < AT.length; i++) {
      double[] more = AT.clone();
      double[] less = AT.clone();
      more[i] += 1e-5;
      less[i] -= 1e-5;
      assertThat(gradient[i + 1])
          .isCloseTo(
              (GammaGamma.logLikelihood(cells, more)[0] - GammaGamma.logLikelihood(cells, less)[0])
                  / 2e-5,
              within(1e-6));
    }
  }

  /** Neighbours in spend counted as one, with their variance, tell what they tell one by one. */
  @Test
  void cellsTellWhatCustomersTell() {
    SpendCells one = simulated(4, 15);
    double[] spend = one.spend();
    int pairs = spend.length / 2;
    for (int k = 0; k < 3; k++) {
      Arrays.sort(spend, 1000 * k, 1000 * (k + 1));
    }
    SpendCells sorted = cells(one.purchases(), spend);
    SpendCells paired =
        new SpendCells(
            IntStream.range(0, pairs).mapToDouble(i -> one.purchases()[2 * i]).toArray(),
            LongStream.generate(() -> 2).limit(pairs).toArray(),
            IntStream.range(0, pairs)
                .mapToDouble(i -> (spend[2 * i] + spend[2 * i + 1]) / 2)
                .toArray(),
            IntStream.range(0, pairs)
                .mapToDouble(i -> Math.pow(spend[2 * i] - spend[2 * i + 1], 2) / 4)
                .toArray(),
            IntStream.range(0, pairs)
                .mapToDouble(i -> (sorted.logMean()[2 * i] + sorted.logMean()[2 * i + 1]) / 2)
                .toArray());
    GammaGamma exact = SpendFit.of(sorted, 30).model().orElseThrow();
    GammaGamma counted = SpendFit.of(paired, 30).model().orElseThrow();
    assertThat(counted.p()).isCloseTo(exact.p(), within(2e-3 * exact.p()));
    assertThat(counted.q()).isCloseTo(exact.q(), within(2e-3 * exact.q()));
    assertThat(counted.v()).isCloseTo(exact.v(), within(2e-3 * exact.v()));
    assertThat(paired.correlation()).isCloseTo(sorted.correlation(), within(1e-9));
  }

  /** Where q is at most 1 the population has no mean, and the model none to give. */
  @Test
  void spendsWithoutAMeanFallBackToTheMeanThatWasSeen() {
    fallsBack(simulated(0.7, 10), "gives no mean");
  }

  @Test
  void equalSpendsFallBackToTheMean() {
    double[] purchases = IntStream.range(0, 500).mapToDouble(i -> 1 + i / 250).toArray();
    SpendCells cells = cells(purchases, Arrays.stream(purchases).map(x -> 30 * x).toArray());
    fallsBack(cells, "all spend the same");
    assertThat(SpendFit.of(cells, 30).meanSpend()).isCloseTo(30, within(1e-9));
  }

  @Test
  void fewRepeatBuyersFallBackToTheMean() {
    fallsBack(
        cells(new double[] {1, 2}, new double[] {10, 60}), "2 repeat buyers are fewer than 30");
  }

  @Test
  void noRepeatBuyersTellNothing() {
    SpendFit fit = SpendFit.of(cells(new double[0], new double[0]), 30);
    assertThat(fit.model()).isEmpty();
    assertThat(fit.meanSpend()).isNaN();
    assertThat(fit.fallback()).contains("nobody bought again");
  }

  private static void fallsBack(SpendCells cells, String reason) {
    SpendFit fit = SpendFit.of(cells, 30);
    assertThat(fit.model()).isEmpty();
    assertThat(fit.fallback().orElseThrow()).contains(reason);
    assertThat(fit.meanSpend()).isFinite().isPositive();
  }
}
