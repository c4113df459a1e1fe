package crm.models.customer.churn;

import static crm.learning.scoring.features.ScoringFeature.numeric;

import crm.learning.scoring.features.ScoringFeature;
import crm.warehouse.Money;
import crm.warehouse.tables.customer.CustomerActivity;
import java.util.List;
import java.util.Optional;

/**
 * What a customer had done by the end of a day: nothing that came later is looked at. Money is in
 * units of the base currency.
 */
record Behaviour(
    double recencyDays,
    double tenureDays,
    double purchaseDays,
    double purchaseDaysLately,
    double purchaseTrend,
    double orders,
    double spend,
    double spendLately,
    double spendPerPurchase,
    Optional<Double> meanGapDays,
    Optional<Double> longestGapDays,
    Optional<Double> gapVariation,
    Optional<Double> overdue,
    double returnedShare,
    double returnsLately,
    double contactsLately,
    Optional<Double> daysSinceContact) {

  /** What "lately" means: so many days up to the cut. */
  static final int LATELY_DAYS = CustomerActivity.RECENT_DAYS;

  /** The features, in the order of {@link #values}; all are known at the cut. */
  static final List<ScoringFeature> FEATURES =
      List.of(
          numeric("recency_days"),
          numeric("tenure_days"),
          numeric("purchase_days"),
          numeric("purchase_days_90d"),
          numeric("purchase_trend"),
          numeric("orders"),
          numeric("spend"),
          numeric("spend_90d"),
          numeric("spend_per_purchase"),
          numeric("mean_gap_days"),
          numeric("longest_gap_days"),
          numeric("gap_variation"),
          numeric("overdue"),
          numeric("returned_share"),
          numeric("returns_90d"),
          numeric("interactions_90d"),
          numeric("days_since_interaction"));

  /**
   * A day on which a customer bought.
   *
   * @param day since 1970
   * @param spend in units of money
   */
  record Purchase(long day, long orders, long spend) {}

  /**
   * Returns and contacts of a customer up to a cut.
   *
   * @param returned in units of money
   * @param lastContact day since 1970; empty if there was none
   */
  record OtherActivity(
      long returned, long returnsLately, long contactsLately, Optional<Long> lastContact) {
    static final OtherActivity NOTHING = new OtherActivity(0, 0, 0, Optional.empty());
  }

  /**
   * @param purchases by day
   * @param cut day since 1970
   * @return empty if the customer had not bought by then
   */
  static Optional<Behaviour> of(List<Purchase> purchases, OtherActivity otherActivity, long cut) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    double days = 0;
    double daysLately = 0;
    double daysBefore = 0;
    double orders = 0;
    double spend = 0;
    double spendLately = 0;
    double longest = 0;
    double gapSquares = 0;
    for (Purchase purchase : purchases) {
      if (purchase.day() > cut) {
        continue;
      }
      if (days > 0) {
        double gap = purchase.day() - last;
        longest = Math.max(longest, gap);
        gapSquares += gap * gap;
      }
      first = Math.min(first, purchase.day());
      last = purchase.day();
      days++;
      orders += purchase.orders();
      spend += Money.ofUnits(purchase.spend());
      if (purchase.day() > cut - LATELY_DAYS) {
        daysLately++;
        spendLately += Money.ofUnits(purchase.spend());
      } else if (purchase.day() > cut - 2 * LATELY_DAYS) {
        daysBefore++;
      }
    }
    if (days == 0) {
      return Optional.empty();
    }
    double recency = cut - last;
    double longestGap = longest;
    Optional<Double> gap = days > 1 ? Optional.of((last - first) / (days - 1)) : Optional.empty();
    double squares = gapSquares / Math.max(1, days - 1);
    double returned = Money.ofUnits(otherActivity.returned());
    return Optional.of(
        new Behaviour(
            recency,
            cut - first,
            days,
            daysLately,
            daysLately - daysBefore,
            orders,
            spend,
            spendLately,
            spend / days,
            gap,
            gap.map(some -> longestGap),
            days > 2
                ? gap.map(mean -> Math.sqrt(Math.max(0, squares - mean * mean)) / mean)
                : Optional.empty(),
            gap.map(mean -> recency / mean),
            spend > 0 ? Math.min(1, returned / spend) : 0,
            otherActivity.returnsLately(),
            otherActivity.contactsLately(),
            otherActivity.lastContact().map(day -> (double) (cut - day))));
  }

  /** In the order of {@link #FEATURES}; null where nothing is known. */
  Object[] values() {
    return new Object[] {
      recencyDays,
      tenureDays,
      purchaseDays,
      purchaseDaysLately,
      purchaseTrend,
      orders,
      spend,
      spendLately,
      spendPerPurchase,
      meanGapDays.orElse(null),
      longestGapDays.orElse(null),
      gapVariation.orElse(null),
      overdue.orElse(null),
      returnedShare,
      returnsLately,
      contactsLately,
      daysSinceContact.orElse(null)
    };
  }

  /**
   * Returns the answer of the baseline: who bought in the horizon's last half, quarter and so on is
   * more likely to stay. It is how often the horizon has to be halved to come down to the recency;
   * below 0 where that is longer than the horizon.
   */
  int recencyBucket(int horizonDays) {
    double halvings = Math.floor(Math.log(horizonDays / Math.max(1, recencyDays)) / Math.log(2));
    return (int) Math.max(-3, Math.min(4, halvings));
  }

  /** Returns whether there was no purchase in the days after a cut. */
  static boolean left(List<Purchase> purchases, long cut, int horizonDays) {
    return purchases.stream()
        .noneMatch(purchase -> purchase.day() > cut && purchase.day() <= cut + horizonDays);
  }
}
