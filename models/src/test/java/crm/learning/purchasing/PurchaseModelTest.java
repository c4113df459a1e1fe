package crm.learning.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the models say fits together, also where the published formulas have no value. */
class PurchaseModelTest {
  private static final double[] AS_PUBLISHED = {0.55, 10.6, 0.61, 2.4};

  /** Customers who never came back, who bought today, who bought much, who are gone. */
  private static final PurchaseCells KINDS =
      new Customers()
          .add(5, 0, 0, 0)
          .add(9, 0, 0, 39)
          .add(3, 1, 1.7, 38.9)
          .add(2, 2, 30.4, 38.9)
          .add(1, 26, 30.86, 31)
          .add(1, 300, 12, 38)
          .cells();

  @ParameterizedTest
  @EnumSource(PurchaseMethod.class)
  void theGradientIsTheSlopeOfTheLikelihood(PurchaseMethod method) {
    double[] at = java.util.Arrays.copyOf(AS_PUBLISHED, method.parameterNames().size());
    double[] gradient = KINDS.sum(method.likelihood(), at);
    for (int i = 0; i < at.length; i++) {
      double[] more = at.clone();
      double[] less = at.clone();
      more[i] += 1e-5 * at[i];
      less[i] -= 1e-5 * at[i];
      double slope =
          (KINDS.sum(method.likelihood(), more)[0] - KINDS.sum(method.likelihood(), less)[0])
              / (more[i] - less[i]);
      assertThat(gradient[i + 1])
          .as(method.parameterNames().get(i))
          .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
    }
  }

  /** The mean of a count is the sum of the probabilities of more than 0, 1, 2, ... */
  @ParameterizedTest
  @EnumSource(PurchaseMethod.class)
  void expectedPurchasesAreTheSumOfTheProbabilitiesOfMore(PurchaseMethod method) {
    PurchaseModel model = method.model(AS_PUBLISHED);
    for (double purchases : new double[] {0, 2, 26}) {
      double sum = 0;
      for (long count = 0; count < 3000; count++) {
        sum += model.moreThanIfAlive(count, purchases, 38.9, 39);
      }
      assertThat(model.expectedIfAlive(purchases, 38.9, new double[] {39})[0])
          .isCloseTo(sum, within(1e-6 * sum));
    }
  }

  /**
   * By the published formula in 30 digits (mpmath 1.3), at r = 0.243, alpha = 4.414, T = 38.86, t =
   * 39; for a = 1, where it has no value, next to it. In doubles it is lost at x = 3000.
   */
  @Test
  void expectedPurchasesWhereThePublishedFormulaFails() {
    published(1, 2.4, 2, 1.62367924678811);
    published(0.2, 0.3, 0, 0.186276783085041);
    published(0.05, 0.04, 0, 0.176895824398891);
    published(3, 2, 0, 0.1673918483409);
    published(0.8, 2.4, 3000, 2057.28533116822);
  }

  private static void published(double a, double b, double purchases, double expected) {
    PurchaseModel model = PurchaseMethod.BG_NBD.model(0.243, 4.414, a, b);
    assertThat(model.expectedIfAlive(purchases, 38.86, new double[] {39})[0])
        .as("a = %s, b = %s, x = %s", a, b, purchases)
        .isCloseTo(expected, within(1e-9 * expected));
  }

  /** The fewer leave, the nearer BG/NBD is to NBD. */
  @Test
  void ifNobodyLeavesItIsNbd() {
    PurchaseModel nobodyLeaves = PurchaseMethod.NBD.model(0.243, 4.414);
    PurchaseModel hardlyAnyone = PurchaseMethod.BG_NBD.model(0.243, 4.414, 1e-9, 1);
    for (double purchases : new double[] {0, 3, 1000}) {
      assertThat(hardlyAnyone.expected(purchases, 38.86, 38.86, 39))
          .isCloseTo(nobodyLeaves.expected(purchases, 38.86, 38.86, 39), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.01, 0.5, 1, 1.0000001, 3, 1000})
  void everyPredictionIsFiniteAndNotNegative(double parameter) {
    for (PurchaseMethod method : PurchaseMethod.values()) {
      for (double other : new double[] {1e-6, 0.3, 1, 5000}) {
        PurchaseModel model = method.model(other, 1 / other, parameter, other);
        for (double purchases : new double[] {0, 1, 100_000}) {
          for (double age : new double[] {0, 1, 700}) {
            for (double recency : List.of(0.0, age / 2, age)) {
              String what =
                  "%s(%s, %s) of %s, %s, %s"
                      .formatted(method, other, parameter, purchases, recency, age);
              assertThat(model.aliveProbability(purchases, recency, age))
                  .as(what)
                  .isBetween(0.0, 1.0);
              assertThat(model.expected(purchases, recency, age, 365))
                  .as(what)
                  .isFinite()
                  .isNotNegative();
              assertThat(model.moreThanIfAlive(0, purchases, age, 365))
                  .as(what)
                  .isBetween(0.0, 1 + 1e-12);
            }
          }
        }
      }
    }
  }
}
