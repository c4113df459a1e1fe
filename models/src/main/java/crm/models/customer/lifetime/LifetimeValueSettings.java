package crm.models.customer.lifetime;

import static crm.warehouse.settings.ConfigSection.Limit.above;
import static crm.warehouse.settings.ConfigSection.Limit.atLeast;
import static crm.warehouse.settings.ConfigSection.Limit.atMost;
import static crm.warehouse.settings.ConfigSection.Limit.below;

import crm.learning.purchasing.PurchaseMethod;
import crm.warehouse.settings.ConfigSection;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a lifetime is worth, and how it is predicted.
 *
 * @param lifespanYears years a customer is reckoned to stay in the formulas, 1 to 50
 * @param discountRate yearly, at least 0 and below 1
 * @param model the purchase model that is wanted
 * @param horizonMonths months that are predicted, 1 to 120
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

  public static LifetimeValueSettings of(ConfigSection section) {
    return new LifetimeValueSettings(
        section.whole("lifespan-years", 1, 50),
        section.number("discount-rate", atLeast(0), below(1)),
        section.oneOf(
            "model",
            List.of(PurchaseMethod.BG_NBD, PurchaseMethod.MBG_NBD, PurchaseMethod.PARETO_NBD)),
        section.whole("horizon-months", 1, 120),
        section.number("margin", above(0), atMost(1)),
        section.whole("holdout-days", 7, 3650),
        section.whole("min-customers", 2, 1_000_000),
        section.whole("max-age-days", 0, 3650));
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
