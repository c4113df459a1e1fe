package crm.learning.statistics;

import java.util.Arrays;

/**
 * Benjamini and Hochberg (1995): of what is called found, the share expected to be chance. Neither
 * Hipparchus nor Spark corrects for many tests.
 */
public final class FalseDiscoveryRate {
  private FalseDiscoveryRate() {}

  /**
   * The least false discovery rate at which each is found.
   *
   * @param pValues of some of the tested
   * @param tested how many were tested in all; those without a p-value count as 1
   * @return in the given order
   */
  public static double[] qValues(double[] pValues, long tested) {
    if (tested < pValues.length) {
      throw new IllegalArgumentException(pValues.length + " p-values of " + tested + " tests");
    }
    Integer[] order = new Integer[pValues.length];
    Arrays.setAll(order, index -> index);
    Arrays.sort(order, (a, b) -> Double.compare(pValues[a], pValues[b]));
    double[] qValues = new double[pValues.length];
    double min = 1;
    for (int rank = order.length; rank >= 1; rank--) {
      int index = order[rank - 1];
      min = Math.min(min, pValues[index] * ((double) tested / rank));
      qValues[index] = min;
    }
    return qValues;
  }
}
