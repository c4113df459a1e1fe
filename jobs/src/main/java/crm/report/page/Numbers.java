package crm.report.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How numbers are written.
 *
 * @param currency ISO 4217 code of all money
 */
public record Numbers(String currency) {

  /** As in 1,234. */
  public String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** As in 1,234.50. */
  public String amount(BigDecimal money) {
    return String.format(Locale.ROOT, "%,.2f", money.setScale(2, RoundingMode.HALF_UP));
  }

  /** As in EUR 1,235. */
  public String whole(BigDecimal money) {
    return currency + String.format(Locale.ROOT, " %,d", rounded(money));
  }

  /** As in EUR 850 or EUR 12.5k, where space is short. */
  public String compact(BigDecimal money) {
    return currency + " " + compact(money.doubleValue());
  }

  /** As in 850, 12.5k or 3.2M, where space is short. */
  public String compact(double number) {
    double size = Math.abs(number);
    if (size >= 1e9) {
      return scaled(number / 1e9, "bn");
    }
    if (size >= 1e6) {
      return scaled(number / 1e6, "M");
    }
    return size >= 1e4 ? scaled(number / 1e3, "k") : String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String scaled(double number, String unit) {
    String digits = String.format(Locale.ROOT, "%,.1f", number);
    return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + unit;
  }

  /** As in 12.5 %; a dash where there is no whole. */
  public String percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() <= 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f %%",
            part.multiply(BigDecimal.valueOf(100)).divide(whole, 1, RoundingMode.HALF_UP));
  }

  /** As in 12.5 %, of a share from 0 to 1. */
  public String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** As in 1 customer or 12.5k customers. */
  public String people(long customers) {
    return compact((double) customers) + (customers == 1 ? " customer" : " customers");
  }

  /** As in 12.5. */
  public String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  /** As in 12.34. */
  public String precise(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }

  /** As in 0.0123, or below 0.0001. */
  public String small(double number) {
    return number < 1e-4 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", number);
  }

  private static long rounded(BigDecimal money) {
    return money.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
