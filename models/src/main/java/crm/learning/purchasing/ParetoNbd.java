package crm.learning.purchasing;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987): a customer buys at a rate that is Gamma(r,
 * alpha), and leaves at a rate that is Gamma(s, beta), at any time.
 *
 * <p>Instead of the published hypergeometric functions, the time at which a customer left is
 * integrated over, from the last purchase to the end, on the scale w = ((alpha + t_x) / (alpha +
 * tau))^(r + x), on which it is smooth however many purchases there were.
 *
 * @param r shape of the purchase rates
 * @param alpha inverse scale of the purchase rates, a time
 * @param s shape of the rates to leave
 * @param beta inverse scale of the rates to leave, a time
 */
record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {
  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(40, 0, 1);
  private static final double[] POINTS = new double[RULE.getNumberOfPoints()];
  private static final double[] WEIGHTS = new double[RULE.getNumberOfPoints()];

  static {
    // On 1 - y^2, not y: what is integrated has a logarithm at 1.
    for (int i = 0; i < POINTS.length; i++) {
      double y = RULE.getPoint(i);
      POINTS[i] = 1 - y * y;
      WEIGHTS[i] = 2 * y * RULE.getWeight(i);
    }
  }

  /** The likelihood is that of having stayed, plus that of having left at each time. */
  static void addLikelihood(
      PurchaseCells cells, int from, int to, double[] parameters, double[] sums) {
    double r = parameters[0];
    double alpha = parameters[1];
    double s = parameters[2];
    double beta = parameters[3];
    double logAlpha = Math.log(alpha);
    double logBeta = Math.log(beta);
    GammaRatio ratio = new GammaRatio(r);
    double[] left = new double[POINTS.length];
    double[] leftAt = new double[POINTS.length];
    for (int i = from; i < to; i++) {
      double x = cells.purchases()[i];
      ratio.moveTo(x);
      long n = cells.customers()[i];
      double recency = cells.recency()[i];
      double age = cells.age()[i];
      double stayed = leaving(r + x, alpha, s, beta, recency, age, left, leftAt);
      double total = stayed;
      for (double part : left) {
        total += part;
      }
      double logAtLast = Math.log(alpha + recency);
      double scale = -(r + x) * logAtLast - s * Math.log(beta + recency);
      double share = stayed / total;
      double byR = share * Math.log(alpha + age);
      double byAlpha = share / (alpha + age);
      double byS = -share * Math.log(beta + age);
      double byBeta = -share * s / (beta + age);
      for (int k = 0; k < left.length; k++) {
        double part = left[k] / total;
        byR += part * Math.log(alpha + leftAt[k]);
        byAlpha += part / (alpha + leftAt[k]);
        byS += part * (1 / s - Math.log(beta + leftAt[k]));
        byBeta -= part * (s + 1) / (beta + leftAt[k]);
      }
      sums[0] += n * (ratio.log + r * logAlpha + s * logBeta + scale + Math.log(total));
      sums[1] += n * (ratio.digamma + logAlpha - byR);
      sums[2] += n * (r / alpha - (r + x) * byAlpha);
      sums[3] += n * (logBeta + byS);
      sums[4] += n * (s / beta + byBeta);
    }
  }

  /**
   * Returns how likely what was seen is of a customer who left at a time, and of one who stayed,
   * both over (alpha + t_x)^-shape (beta + t_x)^-s.
   *
   * @param left filled: the parts of the integral
   * @param leftAt filled: their times
   * @return of the one who stayed
   */
  private static double leaving(
      double shape,
      double alpha,
      double s,
      double beta,
      double recency,
      double age,
      double[] left,
      double[] leftAt) {
    double logDecay = shape * (Math.log(alpha + recency) - Math.log(alpha + age));
    double length = -Math.expm1(logDecay);
    for (int k = 0; k < left.length; k++) {
      double logW = Math.log1p(-length * POINTS[k]);
      double later = (alpha + recency) * Math.expm1(-logW / shape);
      leftAt[k] = recency + later;
      left[k] =
          WEIGHTS[k]
              * length
              * (s / shape)
              * (alpha + leftAt[k])
              / (beta + leftAt[k])
              * Math.exp(-s * Math.log1p(later / (beta + recency)));
    }
    return Math.exp(logDecay - s * Math.log((beta + age) / (beta + recency)));
  }

  @Override
  public PurchaseMethod method() {
    return PurchaseMethod.PARETO_NBD;
  }

  @Override
  public double[] parameters() {
    return new double[] {r, alpha, s, beta};
  }

  @Override
  public double aliveProbability(double purchases, double recency, double age) {
    double[] left = new double[POINTS.length];
    double[] leftAt = new double[POINTS.length];
    double stayed = leaving(r + purchases, alpha, s, beta, recency, age, left, leftAt);
    double total = stayed;
    for (double part : left) {
      total += part;
    }
    // Long silence of a busy customer: having stayed is beyond the smallest number.
    return total == 0 ? 0 : stayed / total;
  }

  /** Equation 41 of Fader and Hardie's note (2005), which has no hole at s = 1 in this form. */
  @Override
  public double[] expectedIfAlive(double purchases, double age, double[] times) {
    double rate = (r + purchases) / (alpha + age);
    double[] expected = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      double log = Math.log1p(times[i] / (beta + age));
      double exponent = (s - 1) * log;
      double mean = Math.abs(exponent) < 1e-9 ? log : -Math.expm1(-exponent) / (s - 1);
      expected[i] = rate * (beta + age) * mean;
    }
    return expected;
  }

  /** More purchases than that before the end or before leaving, whichever comes first. */
  @Override
  public double moreThanIfAlive(long count, double purchases, double age, double time) {
    double shape = r + purchases;
    double more =
        NegativeBinomial.moreThan(count, shape, alpha + age, time)
            * Math.exp(-s * Math.log1p(time / (beta + age)));
    for (int i = 0; i < POINTS.length; i++) {
      double leaves = time * POINTS[i];
      more +=
          WEIGHTS[i]
              * time
              * NegativeBinomial.moreThan(count, shape, alpha + age, leaves)
              * s
              / (beta + age + leaves)
              * Math.exp(-s * Math.log1p(leaves / (beta + age)));
    }
    return more;
  }
}
