package crm.learning.clustering;

import java.util.Arrays;

/**
 * How far two clusterings agree on which customers belong together: 1 if they are the same, about 0
 * if by chance (Hubert and Arabie 1985). Neither MLlib nor Hipparchus has it.
 */
public final class AdjustedRandIndex {
  private AdjustedRandIndex() {}

  /**
   * @param weights customers per cell
   */
  public static double between(int[] labels, int[] others, double[] weights) {
    double[][] both =
        new double[1 + Arrays.stream(labels).max().orElse(0)]
            [1 + Arrays.stream(others).max().orElse(0)];
    double[] ofLabels = new double[both.length];
    double[] ofOthers = new double[both[0].length];
    double total = 0;
    for (int cell = 0; cell < labels.length; cell++) {
      both[labels[cell]][others[cell]] += weights[cell];
      ofLabels[labels[cell]] += weights[cell];
      ofOthers[others[cell]] += weights[cell];
      total += weights[cell];
    }
    double together = 0;
    for (double[] row : both) {
      together += pairs(row);
    }
    double expected = pairs(ofLabels) * pairs(ofOthers) / pairs(total);
    double max = (pairs(ofLabels) + pairs(ofOthers)) / 2;
    return max == expected ? 1 : (together - expected) / (max - expected);
  }

  private static double pairs(double... customers) {
    double pairs = 0;
    for (double n : customers) {
      pairs += n * (n - 1) / 2;
    }
    return pairs;
  }
}
