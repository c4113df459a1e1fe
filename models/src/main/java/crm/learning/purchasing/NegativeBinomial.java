package crm.learning.purchasing;

import java.util.Arrays;
import org.hipparchus.special.Beta;

/**
 * NBD (Ehrenberg 1959): nobody leaves, and the rate at which a customer buys is Gamma(r, alpha).
 * Hipparchus has the distribution for a whole r only, which here is any positive number.
 *
 * @param r shape of the rates
 * @param alpha inverse scale of the rates, a time
 */
record NegativeBinomial(double r, double alpha) implements PurchaseModel {

  static void addLikelihood(
      PurchaseCells cells, int from, int to, double[] parameters, double[] sums) {
    double r = parameters[0];
    double alpha = parameters[1];
    double logAlpha = Math.log(alpha);
    GammaRatio ratio = new GammaRatio(r);
    for (int i = from; i < to; i++) {
      double x = cells.purchases()[i];
      ratio.moveTo(x);
      long n = cells.customers()[i];
      double rest = alpha + cells.age()[i];
      sums[0] += n * (ratio.log + r * logAlpha - (r + x) * Math.log(rest));
      sums[1] += n * (ratio.digamma + logAlpha - Math.log(rest));
      sums[2] += n * (r / alpha - (r + x) / rest);
    }
  }

  @Override
  public PurchaseMethod method() {
    return PurchaseMethod.NBD;
  }

  @Override
  public double[] parameters() {
    return new double[] {r, alpha};
  }

  @Override
  public double aliveProbability(double purchases, double recency, double age) {
    return 1;
  }

  @Override
  public double[] expectedIfAlive(double purchases, double age, double[] times) {
    return Arrays.stream(times).map(time -> time * (r + purchases) / (alpha + age)).toArray();
  }

  @Override
  public double moreThanIfAlive(long count, double purchases, double age, double time) {
    return moreThan(count, r + purchases, alpha + age, time);
  }

  /**
   * Probability of more than {@code count} events within the time, at a rate that is Gamma(shape,
   * inverse scale).
   */
  static double moreThan(long count, double shape, double inverseScale, double time) {
    return Beta.regularizedBeta(time / (inverseScale + time), count + 1.0, shape);
  }
}
