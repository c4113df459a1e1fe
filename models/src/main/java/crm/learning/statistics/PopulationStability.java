package crm.learning.statistics;

import java.util.List;

/**
 * How far a distribution moved: the population stability index, the sum over bins of (q - p) ln(q /
 * p). By custom, above 0.1 is worth a look and above 0.25 another population. No library here has
 * it.
 */
public final class PopulationStability {
  /** So much more in every bin, so that none is empty and the index stays finite. */
  private static final double MORE = 0.5;

  private PopulationStability() {}

  /**
   * @param before how many were in each bin, or any other weight of them
   * @param now the same bins
   */
  public static double index(List<? extends Number> before, List<? extends Number> now) {
    double index = 0;
    for (int bin = 0; bin < now.size(); bin++) {
      double p = share(before, bin);
      double q = share(now, bin);
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }

  private static double share(List<? extends Number> counts, int bin) {
    double total = counts.stream().mapToDouble(Number::doubleValue).sum();
    return (counts.get(bin).doubleValue() + MORE) / (total + MORE * counts.size());
  }
}
