package crm.models.customer.rfm;

import java.util.ArrayList;
import java.util.List;

/**
 * How a measure becomes a score, 1 for the least. Equal values always get equal scores.
 *
 * <p>Of n values, every method but {@code FIXED} gives a value v the score 1 + the number of steps
 * k it reaches:
 */
public enum ScoreMethod {
  /** 1 + min(4, floor(5 p)), where p = (number of values below v) / (n - 1), SQL's PERCENT_RANK. */
  PERCENT_RANK(5),
  /** Quintiles of the sorted values; a value that straddles a cut goes whole to the lower one. */
  NTILE(5),
  /** Like {@link #NTILE}, in quarters. */
  QUARTILE(4),
  /** Like {@link #NTILE}, in thirds. */
  TERCILE(3),
  /** Against break points that somebody set. */
  FIXED(5);

  private final int groups;

  ScoreMethod(int groups) {
    this.groups = groups;
  }

  /** The greatest score. */
  public int groups() {
    return groups;
  }

  /**
   * The ranks, from 0, whose values decide where scores change.
   *
   * @param size number of values, n
   */
  List<Long> cutRanks(long size) {
    List<Long> ranks = new ArrayList<>();
    for (long k = 1; k < groups; k++) {
      ranks.add(
          this == PERCENT_RANK
              // The greatest value with fewer than k (n-1) / 5 values below it starts at or before
              // this rank; whatever is greater reaches step k.
              ? Math.max(0, ceilDiv(k * (size - 1), groups) - 1)
              // The least value that at least k n / groups values do not exceed.
              : Math.max(0, ceilDiv(k * size, groups) - 1));
    }
    return ranks;
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
