package crm.learning.forecasting;

import java.io.Serializable;

/**
 * Sizes of scaled errors, counted in bins of 1 % width from 1e-4 to 1000. A quantile is the upper
 * end of its bin: at most 1 % too much, never too little; below 1e-4 it is 0 or 1e-4.
 */
final class Residuals implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double MIN_SIZE = 1e-4;
  private static final double WIDTH = Math.log(1.01);
  private static final int BINS = 2 + (int) Math.ceil(Math.log(1000 / MIN_SIZE) / WIDTH);

  /** The first is of errors of 0. */
  private final long[] counts = new long[BINS];

  void add(double size) {
    int bin =
        size == 0
            ? 0
            : Math.min(
                BINS - 1, 1 + Math.max(0, (int) Math.ceil(Math.log(size / MIN_SIZE) / WIDTH)));
    counts[bin]++;
  }

  void add(Residuals other) {
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] += other.counts[bin];
    }
  }

  long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /**
   * Half the width of a split conformal interval: the ceil((n + 1) coverage)-th smallest of n (Lei,
   * G'Sell, Rinaldo, Tibshirani and Wasserman 2018, algorithm 2).
   */
  double conformal(double coverage) {
    long rank = (long) Math.ceil((count() + 1) * coverage - 1e-9);
    long seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += counts[bin];
      if (seen >= rank) {
        return bin == 0 ? 0 : MIN_SIZE * Math.exp((bin - 1) * WIDTH);
      }
    }
    return Double.NaN;
  }
}
