package crm.learning.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The published numbers: Fader, Hardie and Lee 2005 (BG/NBD, Pareto/NBD), Hardie's notes on
 * Gamma-Gamma, Batislam and others 2007 (MBG/NBD), all on CDNOW in weeks.
 */
@Tag("published-data")
class CdnowTest {
  private static Cdnow cdnow;
  private static PurchaseCells cells;

  @BeforeAll
  static void countCustomers() {
    cdnow = Cdnow.read();
    Customers customers = new Customers();
    cdnow.buyers().forEach(one -> customers.add(one.purchases(), one.recency(), one.age()));
    cells = customers.cells();
    assertThat(cells.totalCustomers()).isEqualTo(2357);
    assertThat(cells.size()).isEqualTo(1016);
  }

  @Test
  void betaGeometric() {
    published(PurchaseMethod.BG_NBD, -9582.43, 0.2426, 4.4136, 0.7929, 2.4259);
  }

  @Test
  void modifiedBetaGeometric() {
    published(PurchaseMethod.MBG_NBD, -9582.13, 0.5248, 6.1830, 0.8914, 1.6140);
  }

  @Test
  void paretoNbd() {
    published(PurchaseMethod.PARETO_NBD, -9594.98, 0.5533, 10.578, 0.6062, 11.669);
  }

  private static void published(PurchaseMethod method, double logLikelihood, double... parameters) {
    PurchaseFit fit = PurchaseFit.of(method, cells, 100);
    assertThat(fit.fallback()).isEmpty();
    assertThat(fit.logLikelihood()).isCloseTo(logLikelihood, within(0.1));
    for (int i = 0; i < parameters.length; i++) {
      assertThat(fit.model().get().parameters()[i])
          .as(method.parameterNames().get(i))
          .isCloseTo(parameters[i], withPercentage(1));
    }
  }

  /** The customer of the paper's worked example. */
  @Test
  void theFirstCustomer() {
    PurchaseModel model = PurchaseMethod.BG_NBD.model(0.243, 4.414, 0.793, 2.426);
    assertThat(model.expected(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(0.001));
    assertThat(model.aliveProbability(2, 30.43, 38.86)).isCloseTo(0.7266, within(0.0001));
  }

  /** Hardie's sheet: 25.46 purchases in 52 weeks; 26 in 30.86 of 31 weeks before. */
  @Test
  void aBusyCustomerUnderParetoNbd() {
    PurchaseModel model = PurchaseMethod.PARETO_NBD.model(0.553, 10.578, 0.606, 11.669);
    assertThat(model.expected(26, 30.86, 31, 52)).isCloseTo(25.46, within(0.01));
  }

  /** What a customer not seen before buys within a time, of Hardie's sheet. */
  @Test
  void aNewCustomer() {
    PurchaseModel model = PurchaseMethod.BG_NBD.model(0.2426, 4.4136, 0.7929, 2.4259);
    double[] times = {1 / 7.0, 1, 3, 32, 78};
    double[] published = {0.0078, 0.0532, 0.1506, 1.0437, 1.8576};
    double[] expected = model.expectedIfAlive(0, 0, times);
    for (int i = 0; i < times.length; i++) {
      assertThat(expected[i]).isCloseTo(published[i], within(0.0005));
    }
  }

  /** 1,653 where 1,882 came. */
  @Test
  void theNext39Weeks() {
    PurchaseModel model = PurchaseFit.of(PurchaseMethod.BG_NBD, cells, 100).model().orElseThrow();
    assertThat(
            cdnow.buyers().stream()
                .mapToDouble(one -> model.expected(one.purchases(), one.recency(), one.age(), 39))
                .sum())
        .isCloseTo(1653, within(5.0));
    assertThat(cdnow.buyers().stream().mapToInt(Cdnow.Buyer::later).sum()).isEqualTo(1882);
  }

  @Test
  void gammaGamma() {
    double[][] buyers =
        cdnow.buyers().stream()
            .filter(one -> one.purchases() > 0 && one.spend() > 0)
            .sorted(java.util.Comparator.comparing(Cdnow.Buyer::purchases))
            .map(one -> new double[] {one.purchases(), one.spend()})
            .toArray(double[][]::new);
    assertThat(buyers).hasNumberOfRows(946);
    SpendCells spends =
        new SpendCells(
            column(buyers, one -> one[0]),
            java.util.stream.LongStream.generate(() -> 1).limit(buyers.length).toArray(),
            column(buyers, one -> one[1]),
            new double[buyers.length],
            column(buyers, one -> Math.log(one[1] / one[0])));
    SpendFit fit = SpendFit.of(spends, 20);
    assertThat(fit.fallback()).isEmpty();
    GammaGamma model = fit.model().orElseThrow();
    assertThat(model.p()).isCloseTo(6.250, withPercentage(1));
    assertThat(model.q()).isCloseTo(3.744, withPercentage(1));
    assertThat(model.v()).isCloseTo(15.444, withPercentage(1));
    assertThat(fit.logLikelihood()).isCloseTo(-4055.92, within(0.1));
    assertThat(spends.correlation()).isCloseTo(0.114, within(0.001));
    GammaGamma published = new GammaGamma(6.25, 3.74, 15.44);
    assertThat(published.expectedSpend(0, 0)).isCloseTo(35.17, within(0.06));
    assertThat(published.expectedSpend(2, 2 * 22.35)).isCloseTo(24.65, within(0.02));
  }

  private static double[] column(
      double[][] rows, java.util.function.ToDoubleFunction<double[]> value) {
    return java.util.Arrays.stream(rows).mapToDouble(value).toArray();
  }
}
