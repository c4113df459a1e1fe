package crm.models.marketing.rules;

import java.util.OptionalDouble;

/**
 * In how many baskets the two sides of a rule are, and the measures that follow. A measure that is
 * not defined is empty.
 *
 * @param all baskets there are
 * @param left those with all of the antecedent
 * @param right those with the consequent
 * @param both those with both
 */
record RuleCounts(long all, long left, long right, long both) {
  RuleCounts {
    if (both < 0 || both > left || both > right || Math.max(left, right) > all) {
      throw new IllegalArgumentException(
          "Of %d baskets, %d with the left and %d with the right, %d cannot have both"
              .formatted(all, left, right, both));
    }
  }

  /** Share of baskets with both. */
  double support() {
    return (double) both / all;
  }

  /** Of the baskets with the antecedent, the share that has the consequent. */
  OptionalDouble confidence() {
    return ratio((double) both, (double) left);
  }

  /**
   * Returns how many times as often both are together as if they had nothing to do with each other.
   */
  OptionalDouble lift() {
    return ratio((double) both * all, (double) left * right);
  }

  /** By how much the share of baskets with both is above that (Piatetsky-Shapiro 1991). */
  double leverage() {
    return (double) both / all - (double) left / all * ((double) right / all);
  }

  /** Expected by found exceptions to the rule (Brin et al. 1997); none if it has no exception. */
  OptionalDouble conviction() {
    return ratio((double) left * (all - right), (double) all * (left - both));
  }

  /**
   * From -1, never together, to 1, always (Zhang 2000); none if the antecedent is in every basket.
   */
  OptionalDouble zhang() {
    double above = (double) both * all - (double) left * right;
    double max = Math.max((double) both * (all - left), (double) left * (right - both));
    return ratio(above, max);
  }

  /** Of the baskets with either, the share with both. */
  OptionalDouble jaccard() {
    return ratio((double) both, (double) (left + right - both));
  }

  private static OptionalDouble ratio(double part, double whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}
