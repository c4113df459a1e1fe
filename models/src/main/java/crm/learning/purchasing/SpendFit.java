package crm.learning.purchasing;

import crm.learning.statistics.BfgsMaximizer;
import crm.learning.statistics.BfgsMaximizer.Optimum;
import java.util.Optional;

/**
 * What customers spend per purchase: Gamma-Gamma where the repeat buyers determine it, else the
 * mean spend of the repeat buyers for everybody.
 *
 * @param model Gamma-Gamma, if it can be believed
 * @param meanSpend mean over repeat buyers of their mean spend; NaN if there are none
 * @param logLikelihood of the spends under Gamma-Gamma; NaN without it
 * @param fallback why it is not Gamma-Gamma, if it is not
 */
public record SpendFit(
    Optional<GammaGamma> model, double meanSpend, double logLikelihood, Optional<String> fallback) {
  private static final double[][] STARTS = {{2, 3, 1}, {6, 4, 0.5}, {1, 10, 10}};

  /** Above it, purchases of a customer are as good as equal. */
  private static final double MAX_SHAPE = 1e4;

  /**
   * Fits Gamma-Gamma, or says why not.
   *
   * @param minCustomers with fewer repeat buyers only the mean is used
   */
  public static SpendFit of(SpendCells cells, long minCustomers) {
    if (cells.totalCustomers() == 0) {
      return new SpendFit(
          Optional.empty(), Double.NaN, Double.NaN, Optional.of("nobody bought again"));
    }
    double mean = cells.meanSpend();
    if (cells.totalCustomers() < minCustomers) {
      return mean(
          mean,
          "%d repeat buyers are fewer than %d".formatted(cells.totalCustomers(), minCustomers));
    }
    if (cells.varianceOfMeans() <= 1e-9 * mean * mean) {
      return mean(mean, "all spend the same");
    }
    SpendCells scaled = cells.times(1 / mean);
    String reason = "the Hessian is not positive definite";
    for (double[] start : STARTS) {
      Optimum found =
          BfgsMaximizer.maximize(
              parameters -> GammaGamma.logLikelihood(scaled, parameters),
              cells.totalCustomers(),
              start);
      double p = found.point()[0];
      double q = found.point()[1];
      if (q <= 1) {
        reason = "q = %.3f gives no mean".formatted(q);
      } else if (p > MAX_SHAPE || q > MAX_SHAPE) {
        reason = "customers hardly differ";
      } else if (found.hasStandardErrors()) {
        return new SpendFit(
            Optional.of(new GammaGamma(p, q, found.point()[2] * mean)),
            mean,
            found.value() - cells.totalCustomers() * Math.log(mean),
            Optional.empty());
      }
    }
    return mean(mean, reason);
  }

  private static SpendFit mean(double mean, String reason) {
    return new SpendFit(Optional.empty(), mean, Double.NaN, Optional.of(reason));
  }
}
