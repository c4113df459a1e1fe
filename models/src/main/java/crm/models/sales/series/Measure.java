package crm.models.sales.series;

import java.util.Locale;

/** What is forecast of sales. */
public enum Measure {
  /** Amount of the orders of a day less that of the returns of the same day. */
  NET_REVENUE(true),
  /** Amount of the orders of a day. */
  GROSS_REVENUE(false),
  /** Units ordered on a day: the demand. */
  PIECES(false);

  private final boolean mayBeNegative;

  Measure(boolean mayBeNegative) {
    this.mayBeNegative = mayBeNegative;
  }

  /** Returns whether a day can bring less than nothing. */
  public boolean mayBeNegative() {
    return mayBeNegative;
  }

  /** As tables write it, as in {@code net_revenue}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
