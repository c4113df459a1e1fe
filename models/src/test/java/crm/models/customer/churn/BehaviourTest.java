package crm.models.customer.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.models.customer.churn.Behaviour.OtherActivity;
import crm.models.customer.churn.Behaviour.Purchase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BehaviourTest {
  private static final List<Purchase> PURCHASES =
      List.of(
          new Purchase(100, 1, 100_000),
          new Purchase(110, 2, 300_000),
          new Purchase(140, 1, 200_000),
          new Purchase(210, 1, 990_000));

  /** Gaps of 10 and 30 days: mean 20, deviation 10. The purchase of day 210 is yet to come. */
  @Test
  void whatWasKnownOnADay() {
    Behaviour known =
        Behaviour.of(PURCHASES, new OtherActivity(150_000, 1, 4, Optional.of(195L)), 200)
            .orElseThrow();
    assertThat(known.recencyDays()).isEqualTo(60);
    assertThat(known.tenureDays()).isEqualTo(100);
    assertThat(known.purchaseDays()).isEqualTo(3);
    assertThat(known.orders()).isEqualTo(4);
    assertThat(known.purchaseDaysLately()).isEqualTo(1);
    assertThat(known.purchaseTrend()).isEqualTo(-1);
    assertThat(known.spend()).isEqualTo(60);
    assertThat(known.spendLately()).isEqualTo(20);
    assertThat(known.spendPerPurchase()).isEqualTo(20);
    assertThat(known.meanGapDays()).contains(20.0);
    assertThat(known.longestGapDays()).contains(30.0);
    assertThat(known.gapVariation().orElseThrow()).isCloseTo(0.5, within(1e-12));
    assertThat(known.overdue()).contains(3.0);
    assertThat(known.returnedShare()).isEqualTo(0.25);
    assertThat(known.daysSinceContact()).contains(5.0);
    assertThat(known.values()).hasSameSizeAs(Behaviour.FEATURES);
  }

  @Test
  void aPurchaseOnTheDayIsKnownAndOneOnTheLastDayOfTheHorizonKeeps() {
    assertThat(Behaviour.of(PURCHASES, OtherActivity.NOTHING, 210).orElseThrow().recencyDays())
        .isZero();
    assertThat(Behaviour.left(PURCHASES, 140, 70)).isFalse();
    assertThat(Behaviour.left(PURCHASES, 140, 69)).isTrue();
    assertThat(Behaviour.left(PURCHASES, 210, 90)).isTrue();
  }

  @Test
  void beforeTheFirstPurchaseThereIsNothing() {
    assertThat(Behaviour.of(PURCHASES, OtherActivity.NOTHING, 99)).isEmpty();
    Behaviour first = Behaviour.of(PURCHASES, OtherActivity.NOTHING, 100).orElseThrow();
    assertThat(first.meanGapDays()).isEmpty();
    assertThat(first.overdue()).isEmpty();
  }

  /** Of 90 days: within 45 one halving, within 22.5 two; 100 days are beyond the horizon. */
  @Test
  void theBaselineHalvesTheHorizon() {
    assertThat(recencyBucket(100)).isEqualTo(-1);
    assertThat(recencyBucket(60)).isZero();
    assertThat(recencyBucket(40)).isEqualTo(1);
    assertThat(recencyBucket(20)).isEqualTo(2);
    assertThat(recencyBucket(0)).isEqualTo(4);
  }

  private static int recencyBucket(long recencyDays) {
    return Behaviour.of(List.of(new Purchase(500, 1, 1)), OtherActivity.NOTHING, 500 + recencyDays)
        .orElseThrow()
        .recencyBucket(90);
  }
}
