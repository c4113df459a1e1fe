package crm.learning.statistics;

import org.hipparchus.special.Gamma;

/**
 * Fisher's exact test, one-sided: how likely at least as many hits are if draws are made without
 * looking (the upper tail of the hypergeometric distribution). The largest term is computed from
 * logarithms, the others by the ratio of neighbours, away from the mean, until they add nothing.
 * Hipparchus has the distribution for populations that fit an int only; baskets may be more.
 */
public final class FisherExact {
  private final long population;
  private final long marked;
  private final long drawn;

  /**
   * @param population how many there are
   * @param marked how many of them would be a hit
   * @param drawn how many of them are drawn, without putting back
   */
  public FisherExact(long population, long marked, long drawn) {
    if (marked < 0 || drawn < 0 || marked > population || drawn > population) {
      throw new IllegalArgumentException(
          "Of %d there cannot be %d marked and %d drawn".formatted(population, marked, drawn));
    }
    this.population = population;
    this.marked = marked;
    this.drawn = drawn;
  }

  /** Probability of at least that many hits; 0 where it is below what a double can hold. */
  public double atLeast(long hits) {
    long min = Math.max(0, marked + drawn - population);
    if (hits <= min) {
      return 1;
    }
    if (hits > Math.min(marked, drawn)) {
      return 0;
    }
    double mean = (double) marked * drawn / population;
    return hits > mean ? upward(hits) : 1 - downward(hits - 1, min);
  }

  /** Terms from that many hits up; above the mean each is less than the one before. */
  private double upward(long hits) {
    double term = 1;
    double sum = 1;
    for (long k = hits; k < Math.min(marked, drawn) && term > sum * 1e-17; k++) {
      term *= next(k);
      sum += term;
    }
    return Math.min(1, Math.exp(logTerm(hits) + Math.log(sum)));
  }

  private double downward(long hits, long min) {
    double term = 1;
    double sum = 1;
    for (long k = hits; k > min && term > sum * 1e-17; k--) {
      term /= next(k - 1);
      sum += term;
    }
    return Math.min(1, Math.exp(logTerm(hits) + Math.log(sum)));
  }

  /** Probability of k + 1 hits by that of k. */
  private double next(long k) {
    return (double) (marked - k)
        / (k + 1)
        * ((double) (drawn - k) / (population - marked - drawn + k + 1));
  }

  private double logTerm(long hits) {
    return logChoose(marked, hits)
        + logChoose(population - marked, drawn - hits)
        - logChoose(population, drawn);
  }

  private static double logChoose(long n, long k) {
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  private static double logFactorial(long n) {
    return Gamma.logGamma(n + 1.0);
  }
}
