package crm.learning.purchasing;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/**
 * BG/NBD (Fader, Hardie and Lee 2005, Marketing Science 24(2)): a customer buys at a rate that is
 * Gamma(r, alpha), and leaves right after a purchase with a probability that is Beta(a, b); in
 * MBG/NBD (Batislam, Denizel and Filiztekin 2007) also after the first.
 *
 * <p>What is expected is not reckoned by the published hypergeometric function, which has poles at
 * a = 1 and where a + b + x &le; 1 and overflows at large x, but by one integral over the
 * probability to leave: of a customer who has not left, it is Beta(a, b') with b' = b + x (MBG: +
 * 1) and independent of the rate, so that the expected purchases within t are the mean of (1 - (1 +
 * p t / (alpha + T))^-(r + x)) / p.
 *
 * @param atOnce whether customers may leave after the first purchase
 * @param r shape of the rates
 * @param alpha inverse scale of the rates, a time
 * @param a of the Beta distribution of the probability to leave
 * @param b of the same
 */
record BetaGeometric(boolean atOnce, double r, double alpha, double a, double b)
    implements PurchaseModel {
  /** Where the integrand has lost all its digits. */
  private static final double NOTHING = 40;

  private static final double STEP = 0.1;

  static PurchaseCells.Likelihood likelihood(boolean atOnce) {
    return (cells, from, to, parameters, sums) ->
        addLikelihood(atOnce ? 1 : 0, cells, from, to, parameters, sums);
  }

  /** Equation 6 of the paper, with w = 1 - P(alive); chances is what purchases x give beyond x. */
  private static void addLikelihood(
      int chances, PurchaseCells cells, int from, int to, double[] parameters, double[] sums) {
    double r = parameters[0];
    double alpha = parameters[1];
    double a = parameters[2];
    double b = parameters[3];
    double logAlpha = Math.log(alpha);
    GammaRatio ratio = new GammaRatio(r);
    double logGamma = 0;
    double byA = 0;
    double byB = 0;
    double logOdds = 0;
    for (int i = from; i < to; i++) {
      double x = cells.purchases()[i];
      double c = b + x + chances;
      if (ratio.moveTo(x)) {
        double digammaAll = Gamma.digamma(a + b) - Gamma.digamma(a + c);
        logGamma =
            ratio.log
                + Gamma.logGamma(a + b)
                - Gamma.logGamma(b)
                + Gamma.logGamma(c)
                - Gamma.logGamma(a + c);
        byA = digammaAll;
        byB = digammaAll - Gamma.digamma(b) + Gamma.digamma(c);
        logOdds = Math.log(a) - Math.log(c - 1);
      }
      long n = cells.customers()[i];
      double atEnd = alpha + cells.age()[i];
      double logAtEnd = Math.log(atEnd);
      double value = logGamma + r * logAlpha - (r + x) * logAtEnd;
      if (x + chances == 0) {
        sums[0] += n * value;
        sums[1] += n * (ratio.digamma + logAlpha - logAtEnd);
        sums[2] += n * (r / alpha - r / atEnd);
        continue;
      }
      double atLast = alpha + cells.recency()[i];
      double logAtLast = Math.log(atLast);
      double z = logOdds + (r + x) * (logAtEnd - logAtLast);
      double w = 1 / (1 + Math.exp(-z));
      sums[0] += n * (value + (z > 30 ? z : Math.log1p(Math.exp(z))));
      sums[1] += n * (ratio.digamma + logAlpha - (1 - w) * logAtEnd - w * logAtLast);
      sums[2] += n * (r / alpha - (r + x) * ((1 - w) / atEnd + w / atLast));
      sums[3] += n * (byA + w / a);
      sums[4] += n * (byB - w / (c - 1));
    }
  }

  @Override
  public PurchaseMethod method() {
    return atOnce ? PurchaseMethod.MBG_NBD : PurchaseMethod.BG_NBD;
  }

  @Override
  public double[] parameters() {
    return new double[] {r, alpha, a, b};
  }

  @Override
  public double aliveProbability(double purchases, double recency, double age) {
    if (purchases == 0 && !atOnce) {
      return 1;
    }
    double logOdds =
        Math.log(a)
            - Math.log(stayed(purchases) - 1)
            + (r + purchases) * (Math.log(alpha + age) - Math.log(alpha + recency));
    return 1 / (1 + Math.exp(logOdds));
  }

  /** The second parameter of the Beta distribution of a customer who has not left, b'. */
  private double stayed(double purchases) {
    return b + purchases + (atOnce ? 1 : 0);
  }

  /**
   * With h(p) = (1 - (1 + p c)^-R) / p, mean h = h(0) - a / (a + b') mean k, where k = (h(0) - h) /
   * p and p is now Beta(a + 1, b'): however small a, nothing is singular. The integral runs over
   * logit p, from where the density is greatest, in steps that grow (double exponential rule of
   * Takahasi and Mori 1974, which Hipparchus does not have).
   */
  @Override
  public double[] expectedIfAlive(double purchases, double age, double[] times) {
    double shape = r + purchases;
    double left = a + 1;
    double right = stayed(purchases);
    double centre = Math.log(left / right);
    double width = Math.min(1, Math.sqrt((left + right) / (left * right)));
    double max = logDensity(centre, left, right);
    int ends = (int) Math.ceil(asinh(NOTHING / (Math.min(left, right) * width) + 6) / STEP);
    double[] sums = new double[times.length];
    double weights = 0;
    for (int i = -ends; i <= ends; i++) {
      double logit = centre + width * Math.sinh(i * STEP);
      double logWeight = logDensity(logit, left, right) - max;
      if (logWeight < -NOTHING) {
        continue;
      }
      double weight = Math.exp(logWeight) * Math.cosh(i * STEP);
      weights += weight;
      double p = 1 / (1 + Math.exp(-logit));
      for (int t = 0; t < times.length; t++) {
        sums[t] += weight * lostPerChance(shape, times[t] / (alpha + age), p);
      }
    }
    for (int t = 0; t < times.length; t++) {
      double ifNobodyLeft = shape * times[t] / (alpha + age);
      sums[t] = Math.max(0, ifNobodyLeft - a / (a + right) * sums[t] / weights);
    }
    return sums;
  }

  /** k(p) = (h(0) - h(p)) / p, by its series where the difference would have no digits. */
  private static double lostPerChance(double shape, double c, double p) {
    double pc = p * c;
    if (pc * (shape + 1) < 1e-4) {
      double second = shape * (shape + 1) / 2 * c * c;
      return second * (1 - (shape + 2) / 3 * pc);
    }
    double h = -Math.expm1(-shape * Math.log1p(pc)) / p;
    return (shape * c - h) / p;
  }

  /** Of logit p where p is Beta(left, right), but for a constant. */
  private static double logDensity(double logit, double left, double right) {
    return logit < 0
        ? left * logit - (left + right) * Math.log1p(Math.exp(logit))
        : -right * logit - (left + right) * Math.log1p(Math.exp(-logit));
  }

  private static double asinh(double value) {
    return Math.log(value + Math.sqrt(value * value + 1));
  }

  /** More purchases than that at the customer's rate, and not left after any of the first ones. */
  @Override
  public double moreThanIfAlive(long count, double purchases, double age, double time) {
    double right = stayed(purchases);
    double stays = Math.exp(Beta.logBeta(a, right + count) - Beta.logBeta(a, right));
    return stays * NegativeBinomial.moreThan(count, r + purchases, alpha + age, time);
  }
}
