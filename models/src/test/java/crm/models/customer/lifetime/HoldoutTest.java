package crm.models.customer.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.purchasing.Customers;
import crm.learning.purchasing.PurchaseCells;
import crm.learning.purchasing.PurchaseMethod;
import crm.warehouse.job.ModelRun.Grade;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How predictions are graded, by hand on few customers, and that intervals hold what they say. */
class HoldoutTest {
  /** Ten customers: six who bought nothing, three with 1, 2 and 3 purchases, one with 4. */
  private static final Holdout TEN =
      new Holdout(
          new PurchaseCells(
              new double[] {0, 1, 2, 3},
              new double[] {0, 10, 20, 30},
              new double[] {40, 40, 40, 40},
              new long[] {6, 2, 1, 1}),
          new double[] {0, 1, 0, 4},
          20);

  /** (2 (1-1)^2 + (2-0)^2 + (3-4)^2) / 10; the tenth are the one with 3, who buys 4 of 6. */
  @Test
  void repeatingIsGraded() {
    Holdout.Score score = TEN.score(TEN.repeat());
    assertThat(score.squaredError()).isEqualTo(0.5);
    assertThat(score.topTenth()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(score.total()).isEqualTo(7);
    // Ranks 3.5 (6), 7.5 (2), 9, 10 and 4 (6), 8.5 (2), 4, 10: Pearson's of these.
    assertThat(score.rankCorrelation()).isCloseTo(0.7625, within(0.0001));
  }

  /** Nobody is told apart: a tenth of the customers has a tenth of the purchases. */
  @Test
  void nobodyBuysIsGraded() {
    Holdout.Score score = TEN.score(TEN.zero());
    assertThat(score.squaredError()).isEqualTo(1.8);
    assertThat(score.topTenth()).isCloseTo(0.1, within(1e-12));
    assertThat(score.rankCorrelation()).isZero();
  }

  /** 1, 2 and 3 purchases in 40 days are half as many in 20. */
  @Test
  void theRateIsOfTheTimeObserved() {
    assertThat(TEN.rate()).containsExactly(0, 0.5, 1, 1.5);
  }

  @Test
  void aModelWorseThanANaiveAnswerIsRefused() {
    Grading grading = Grading.of(TEN, Optional.of(PurchaseMethod.POOLED_RATE.model(1)), 10);
    assertThat(grading.refusal().orElseThrow())
        .isEqualTo(
            "pooled-rate predicted the last 20 days with a squared error of 377.8000; saying that"
                + " everybody buys as many as before would have had 0.5000");
    assertThat(grading.grade()).isEqualTo(Grade.D);
  }

  @Test
  void fewCustomersAreNotGraded() {
    Grading grading = Grading.of(TEN, Optional.of(PurchaseMethod.POOLED_RATE.model(1)), 11);
    assertThat(grading.refusal()).isEmpty();
    assertThat(grading.ungraded())
        .contains("10 customers bought before the last 20 days; 11 are needed");
  }

  /** Whole numbers cannot be cut at 10 and 90 %, so intervals hold more than 80 %. */
  @Test
  void intervalsHoldAtLeast78Percent() {
    Customers customers = Customers.simulated(20_000, 8, 1.5, 20, 0.8, 6, 365);
    Holdout holdout = new Holdout(customers.cells(), customers.later(), 365);
    assertThat(holdout.coverage(PurchaseMethod.BG_NBD.model(1.5, 20, 0.8, 6)))
        .isBetween(0.78, 0.95);
  }

  /** A hundred thousand purchases a year are an interval too, and no list of counts. */
  @Test
  void theIntervalOfABot() {
    Forecast forecast =
        new Forecast(PurchaseMethod.NBD.model(0.5, 30), Horizon.ofMonths(12, 0.1), 100_000, 365);
    assertThat(forecast.quantile(Forecast.LOW, 1)).isBetween(91_500L, 92_500L);
    assertThat(forecast.quantile(Forecast.HIGH, 1)).isBetween(92_500L, 93_500L);
    assertThat(forecast.discounted()).isBetween(0.9 * forecast.expected(), forecast.expected());
  }
}
