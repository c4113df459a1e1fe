package crm.models.lifetime;

import crm.models.purchasing.PurchaseMethod;
import crm.warehouse.UserError;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a lifetime is worth, and how it is foretold.
 *
 * @param lifespanYears years a customer is reckoned to stay in the formulas, 1 to 50
 * @param discountRate yearly, at least 0 and below 1
 * @param model the purchase model that is wanted
 * @param horizonMonths months that are foretold, 1 to 120
 * @param margin share of a purchase's value that is earned, above 0 and at most 1
 * @param holdoutDays the last days, that the model is graded on, 7 to 3650
 * @param minCustomers with fewer no model is fitted, at least 2
 * @param maxAgeDays how old a model may be that is used again, 0 to 3650
 */
public record LifetimeValueSettings(
    int lifespanYears,
    BigDecimal discountRate,
    PurchaseMethod model,
    int horizonMonths,
    BigDecimal margin,
    int holdoutDays,
    int minCustomers,
    int maxAgeDays) {
  private static final MathContext PRECISE = MathContext.DECIMAL64;

  public LifetimeValueSettings {
    between("lifespan-years", lifespanYears, 1, 50);
    if (discountRate.signum() < 0 || discountRate.compareTo(BigDecimal.ONE) >= 0) {
      throw UserError.usage(
          "lifetime-value.discount-rate is %s; choose at least 0 and below 1, as in 0.10.",
          discountRate);
    }
    if (!model.knowsLeaving()) {
      throw UserError.usage(
          "lifetime-value.model is %s, to which models fall back; choose bg-nbd, mbg-nbd or"
              + " pareto-nbd.",
          model.label());
    }
    between("horizon-months", horizonMonths, 1, 120);
    if (margin.signum() <= 0 || margin.compareTo(BigDecimal.ONE) > 0) {
      throw UserError.usage(
          "lifetime-value.margin is %s; choose above 0 and at most 1, as in 0.35.", margin);
    }
    between("holdout-days", holdoutDays, 7, 3650);
    between("min-customers", minCustomers, 2, 1_000_000);
    between("max-age-days", maxAgeDays, 0, 3650);
  }

  private static void between(String key, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw UserError.usage(
          "lifetime-value.%s is %d; choose %d to %d.", key, value, least, greatest);
    }
  }

  Horizon horizon() {
    return Horizon.ofMonths(horizonMonths, discountRate.doubleValue());
  }

  /** 1 / (1 + rate)^year: what an amount at the end of that year is worth today. */
  BigDecimal discountFactor(int year) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(discountRate).pow(year, PRECISE), PRECISE);
  }

  /** The present value of 1 at the end of each year of the lifespan. */
  BigDecimal annuityFactor() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int year = 1; year <= lifespanYears; year++) {
      sum = sum.add(discountFactor(year));
    }
    return sum.setScale(12, RoundingMode.HALF_UP);
  }
}
