package crm.models.sales.series;

import java.util.Locale;

/**
 * What a series is of. Categories and their products, countries, and channels are three trees under
 * one total.
 */
public enum Level {
  TOTAL,
  CATEGORY,
  /** Its parents are the categories. */
  PRODUCT,
  /** Of the customer. */
  COUNTRY,
  /** Of the order. */
  CHANNEL;

  /** The series of the total. */
  static final String ALL = "(all)";

  /** The series of what the data do not name, so that levels add up. */
  static final String UNKNOWN = "(unknown)";

  /** As tables write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Level labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
