package crm.models.customer;

import crm.warehouse.UserError;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a lifetime is worth.
 *
 * @param lifespanYears years a customer is reckoned to stay, 1 to 50
 * @param discountRate yearly, at least 0 and below 1
 */
public record LifetimeValueSettings(int lifespanYears, BigDecimal discountRate) {
  private static final MathContext PRECISE = MathContext.DECIMAL64;

  public LifetimeValueSettings {
    if (lifespanYears < 1 || lifespanYears > 50) {
      throw UserError.usage("lifetime-value.lifespan-years is %d; choose 1 to 50.", lifespanYears);
    }
    if (discountRate.signum() < 0 || discountRate.compareTo(BigDecimal.ONE) >= 0) {
      throw UserError.usage(
          "lifetime-value.discount-rate is %s; choose at least 0 and below 1, as in 0.10.",
          discountRate);
    }
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
