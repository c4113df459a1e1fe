package crm.learning.purchasing;

import java.io.Serializable;
import org.hipparchus.random.RandomDataGenerator;
import org.hipparchus.special.Gamma;

/**
 * Gamma-Gamma model of spend (Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", 2013):
 * what a customer spends per purchase is Gamma(p, nu), and nu differs over customers as Gamma(q,
 * v).
 *
 * @param p shape of a customer's spends
 * @param q shape of the scales; above 1
 * @param v inverse scale of the scales, an amount
 */
public record GammaGamma(double p, double q, double v) implements Serializable {

  /**
   * Expected spend per purchase of a customer, equation 5; without repeat purchases that of the
   * population.
   *
   * @param purchases repeat purchases
   * @param spend on them, in sum
   */
  public double expectedSpend(double purchases, double spend) {
    return p * (v + spend) / (p * purchases + q - 1);
  }

  /** Draws the scale nu of a customer. */
  public double drawScale(RandomDataGenerator random) {
    return random.nextGamma(q, 1 / v);
  }

  /** Draws what a customer of that scale spends on some purchases, in sum. */
  public double drawSpend(double purchases, double scale, RandomDataGenerator random) {
    return random.nextGamma(p * purchases, 1 / scale);
  }

  /**
   * Equation 1a over cells; the mean of ln(S + v) over a cell is that at the mean S, less V / (2 (S
   * + v)^2) for its variance V.
   *
   * @return the log-likelihood, and its derivative by p, q and v
   */
  static double[] logLikelihood(SpendCells cells, double[] parameters) {
    double p = parameters[0];
    double q = parameters[1];
    double v = parameters[2];
    double[] sums = new double[4];
    double last = -1;
    double logGamma = 0;
    double digammaAll = 0;
    double byP = 0;
    for (int i = 0; i < cells.purchases().length; i++) {
      double x = cells.purchases()[i];
      double shape = p * x + q;
      if (x != last) {
        logGamma = Gamma.logGamma(shape) - Gamma.logGamma(p * x) - Gamma.logGamma(q);
        digammaAll = Gamma.digamma(shape);
        byP = x * (digammaAll - Gamma.digamma(p * x) + Math.log(x));
        last = x;
      }
      double all = cells.spend()[i] + v;
      double correction = cells.variance()[i] / (all * all);
      double logAll = Math.log(all) - correction / 2;
      double logMean = cells.logMean()[i];
      long n = cells.customers()[i];
      sums[0] +=
          n
              * (logGamma
                  + q * Math.log(v)
                  + (p * x - 1) * logMean
                  + p * x * Math.log(x)
                  - shape * logAll);
      sums[1] += n * (byP + x * (logMean - logAll));
      sums[2] += n * (digammaAll - Gamma.digamma(q) + Math.log(v) - logAll);
      sums[3] += n * (q / v - shape * (1 + correction) / all);
    }
    return sums;
  }
}
