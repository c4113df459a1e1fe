package crm.learning.purchasing;

import org.hipparchus.special.Gamma;

/**
 * ln(Gamma(r + x) / Gamma(r)) and its derivative by r, which the likelihoods of purchases share.
 * Cells are sorted by purchases, so that it is computed once for all cells of one x.
 */
final class GammaRatio {
  double log;

  /** The derivative of log by r. */
  double digamma;

  private final double r;
  private double x = -1;

  GammaRatio(double r) {
    this.r = r;
  }

  /**
   * @return whether x is another than before
   */
  boolean moveTo(double purchases) {
    if (purchases == x) {
      return false;
    }
    x = purchases;
    log = Gamma.logGamma(r + x) - Gamma.logGamma(r);
    digamma = Gamma.digamma(r + x) - Gamma.digamma(r);
    return true;
  }
}
