package crm.learning.purchasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What customers determine is found, with its error; what they do not is said by a simpler model.
 */
class PurchaseFitTest {
  /** r, alpha in days, a, b. */
  private static final double[] TRUTH = {0.6, 40, 0.8, 2.5};

  private static Customers simulated(int count, long seed) {
    return Customers.simulated(count, seed, TRUTH[0], TRUTH[1], TRUTH[2], TRUTH[3], 730);
  }

  @Test
  void aMillionCustomersTellTheirParameters() {
    PurchaseFit fit = PurchaseFit.of(PurchaseMethod.BG_NBD, simulated(1_000_000, 17).cells(), 100);
    for (int i = 0; i < TRUTH.length; i++) {
      assertThat(Math.abs(fit.model().orElseThrow().parameters()[i] - TRUTH[i]))
          .as("parameter %d", i)
          .isLessThan(3 * fit.standardErrors()[i]);
      assertThat(fit.standardErrors()[i]).isLessThan(0.02 * TRUTH[i]);
    }
  }

  /** Of 100 companies of 20,000 customers, about 95 have the truth within 1.96 standard errors. */
  @Test
  void standardErrorsAreAsLargeAsTheErrors() {
    int[][] within =
        IntStream.range(0, 100)
            .parallel()
            .mapToObj(
                seed -> {
                  PurchaseFit fit =
                      PurchaseFit.of(PurchaseMethod.BG_NBD, simulated(20_000, seed).cells(), 100);
                  double[] found = fit.model().orElseThrow().parameters();
                  return IntStream.range(0, TRUTH.length)
                      .map(
                          i ->
                              Math.abs(found[i] - TRUTH[i]) < 1.96 * fit.standardErrors()[i]
                                  ? 1
                                  : 0)
                      .toArray();
                })
            .toArray(int[][]::new);
    for (int i = 0; i < TRUTH.length; i++) {
      int parameter = i;
      assertThat(Arrays.stream(within).mapToInt(one -> one[parameter]).sum())
          .as("parameter %d", i)
          .isBetween(89, 99);
    }
  }

  @Test
  void noRepeaters() {
    fallsBack(
        PurchaseMethod.POOLED_RATE, "nobody bought again", new Customers().add(500, 0, 0, 90));
  }

  @Test
  void tooFew() {
    fallsBack(
        PurchaseMethod.POOLED_RATE,
        "99 customers are fewer than 100",
        new Customers().add(50, 0, 0, 90).add(49, 2, 30, 80));
  }

  @Test
  void oneCustomer() {
    fallsBack(
        PurchaseMethod.POOLED_RATE,
        "1 customers are fewer than 100",
        new Customers().add(4, 60, 90));
  }

  @Test
  void everybodyBoughtTodayForTheFirstTime() {
    PurchaseFit fit =
        PurchaseFit.of(PurchaseMethod.BG_NBD, new Customers().add(500, 0, 0, 0).cells(), 100);
    assertThat(fit.model()).isEmpty();
    assertThat(fit.fallback()).contains("nobody was observed after the first purchase");
  }

  /** Customers as alike as can be: one rate, and nobody left. */
  @Test
  void equalAgesAndEqualPurchases() {
    fallsBack(
        PurchaseMethod.POOLED_RATE,
        "customers buy at one rate",
        new Customers().add(500, 3, 90, 90));
  }

  /** Equal ages alone are no trouble. */
  @Test
  void equalAges() {
    Customers customers = new Customers().add(3000, 0, 0, 90).add(600, 1, 20, 90);
    customers.add(300, 2, 40, 90).add(200, 3, 30, 90).add(200, 5, 85, 90).add(100, 9, 80, 90);
    assertThat(PurchaseFit.of(PurchaseMethod.BG_NBD, customers.cells(), 100).fallback()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"BG_NBD", "MBG_NBD", "PARETO_NBD"})
  void whereNobodyLeavesNbdAnswers(PurchaseMethod wanted) {
    Customers customers = Customers.simulated(5000, 5, 1.2, 60, 1e-9, 1, 730);
    PurchaseFit fit = PurchaseFit.of(wanted, customers.cells(), 100);
    assertThat(fit.model().orElseThrow().method()).isEqualTo(PurchaseMethod.NBD);
    assertThat(fit.fallback()).isPresent();
    assertThat(fit.model().orElseThrow().aliveProbability(3, 10, 700)).isEqualTo(1);
  }

  /** All who come back come back once, at once, and never again: nothing tells who will. */
  @Test
  void aHessianThatIsNotPositiveDefinite() {
    PurchaseFit fit =
        PurchaseFit.of(
            PurchaseMethod.BG_NBD,
            new Customers().add(400, 0, 0, 365).add(600, 1, 1, 365).cells(),
            100);
    assertThat(fit.fallback().orElseThrow()).contains("Hessian is not positive definite");
  }

  /**
   * It is no customer as the others are: left out, and what is told of it is finite all the same.
   */
  @ParameterizedTest
  @EnumSource(names = {"BG_NBD", "MBG_NBD", "PARETO_NBD"})
  void oneBotWithAHundredThousandPurchases(PurchaseMethod wanted) {
    PurchaseCells cells = simulated(5000, 3).add(100_000, 729.99, 730).cells();
    PurchaseCells alike = cells.withoutOutliers();
    assertThat(alike.totalCustomers()).isEqualTo(5000);
    PurchaseModel model = PurchaseFit.of(wanted, alike, 100).model().orElseThrow();
    assertThat(model.expected(100_000, 729.99, 730, 365)).isBetween(10_000.0, 50_001.0);
    assertThat(model.expected(0, 0, 730, 365)).isBetween(0.0, 1.0);
  }

  private static void fallsBack(PurchaseMethod method, String reason, Customers customers) {
    for (PurchaseMethod wanted :
        new PurchaseMethod[] {
          PurchaseMethod.BG_NBD, PurchaseMethod.MBG_NBD, PurchaseMethod.PARETO_NBD
        }) {
      PurchaseFit fit = PurchaseFit.of(wanted, customers.cells(), 100);
      PurchaseModel model = fit.model().orElseThrow();
      assertThat(model.method()).isEqualTo(method);
      assertThat(fit.fallback().orElseThrow()).contains(reason);
      assertThat(model.expected(0, 0, 0, 365)).isFinite().isNotNegative();
      assertThat(model.expected(4, 60, 90, 365)).isFinite().isNotNegative();
    }
  }
}
