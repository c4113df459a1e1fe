package crm.learning.purchasing;

import crm.learning.statistics.BfgsMaximizer;
import crm.learning.statistics.BfgsMaximizer.Optimum;
import java.util.Arrays;
import java.util.Optional;

/**
 * The purchase model that customers support, with what is known of how well. The wanted one where
 * the data determine it; else, in this order, NBD and the pooled rate, with the reason.
 *
 * @param model by which to predict; empty where nobody was observed for any time
 * @param logLikelihood of the customers; NaN without a model
 * @param standardErrors of the parameters; empty for the pooled rate
 * @param fallback why it is not the wanted model, if it is not
 * @param evaluations of likelihoods, over all cells
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PurchaseFit(
    Optional<PurchaseModel> model,
    double logLikelihood,
    double[] standardErrors,
    Optional<String> fallback,
    int evaluations) {
  /** On a clock where customers are this old on average, parameters are near 1. */
  private static final double MEAN_AGE = 10;

  /** Above it, customers are as good as equal in their probability to leave. */
  private static final double MAX_SUM = 1e4;

  /** Akaike's: two parameters more have to earn more than this in log-likelihood. */
  private static final double MIN_GAIN = 2;

  private static final double[][] STARTS = {{1, 1, 1, 1}, {0.3, 3, 0.5, 2}, {2, 10, 2, 5}};

  /**
   * Fits the wanted model or what it falls back to.
   *
   * @param wanted one that knows of leaving, or the pooled rate
   * @param minCustomers with fewer only the pooled rate is fitted
   */
  public static PurchaseFit of(PurchaseMethod wanted, PurchaseCells cells, long minCustomers) {
    if (!(cells.totalAge() > 0)) {
      return new PurchaseFit(
          Optional.empty(),
          Double.NaN,
          new double[0],
          Optional.of("nobody was observed after the first purchase"),
          0);
    }
    Optional<String> tooLittle = tooLittle(cells, minCustomers);
    if (tooLittle.isPresent() || wanted == PurchaseMethod.POOLED_RATE) {
      return pooled(cells, tooLittle, 0);
    }
    double scale = MEAN_AGE * cells.totalCustomers() / cells.totalAge();
    PurchaseCells scaled = cells.times(scale);
    double oneRate =
        scaled.sum(PurchaseMethod.POOLED_RATE.likelihood(), PooledRate.of(scaled).parameters())[0];
    Optimum nobodyLeaves = maximum(PurchaseMethod.NBD, scaled);
    boolean ratesDiffer =
        nobodyLeaves.hasStandardErrors() && nobodyLeaves.value() - oneRate > MIN_GAIN / 2;
    Optimum found = maximum(wanted, scaled);
    Optional<String> objection = objection(found, ratesDiffer ? nobodyLeaves.value() : oneRate);
    int evaluations = 1 + nobodyLeaves.evaluations() + found.evaluations();
    if (objection.isEmpty()) {
      return fitted(wanted, found, cells, scale, objection, evaluations);
    }
    return ratesDiffer
        ? fitted(PurchaseMethod.NBD, nobodyLeaves, cells, scale, objection, evaluations)
        : pooled(
            cells,
            objection.map(reason -> reason + ", and customers buy at one rate"),
            evaluations);
  }

  private static Optional<String> tooLittle(PurchaseCells cells, long minCustomers) {
    if (cells.totalPurchases() == 0) {
      return Optional.of("nobody bought again");
    }
    return cells.totalCustomers() < minCustomers
        ? Optional.of(
            "%d customers are fewer than %d".formatted(cells.totalCustomers(), minCustomers))
        : Optional.empty();
  }

  /** Finds a reason against a model in which customers leave. */
  private static Optional<String> objection(Optimum found, double simpler) {
    if (!found.hasStandardErrors()) {
      return Optional.of("the Hessian is not positive definite");
    }
    if (found.point()[2] + found.point()[3] > MAX_SUM) {
      return Optional.of("customers do not differ in how they leave");
    }
    return found.value() - simpler > MIN_GAIN
        ? Optional.empty()
        : Optional.of("there is no sign that customers leave");
  }

  /** From the first start that leads to a determined maximum, if any does. */
  private static Optimum maximum(PurchaseMethod method, PurchaseCells cells) {
    int size = method.parameterNames().size();
    Optimum found = null;
    for (double[] start : STARTS) {
      if (found == null || !found.hasStandardErrors()) {
        found =
            BfgsMaximizer.maximize(
                parameters -> cells.sum(method.likelihood(), parameters),
                cells.totalCustomers(),
                Arrays.copyOf(start, size));
      }
    }
    return found;
  }

  /** On the clock of the caller, on which alpha and beta are times. */
  private static PurchaseFit fitted(
      PurchaseMethod method,
      Optimum found,
      PurchaseCells cells,
      double scale,
      Optional<String> fallback,
      int evaluations) {
    double[] parameters = found.point().clone();
    double[] errors = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      boolean isTime =
          method.parameterNames().get(i).equals("alpha")
              || method.parameterNames().get(i).equals("beta");
      parameters[i] = parameters[i] / (isTime ? scale : 1);
      errors[i] = parameters[i] * found.relativeErrors()[i];
    }
    return new PurchaseFit(
        Optional.of(method.model(parameters)),
        found.value() + cells.totalPurchases() * Math.log(scale),
        errors,
        fallback,
        evaluations);
  }

  private static PurchaseFit pooled(
      PurchaseCells cells, Optional<String> fallback, int evaluations) {
    PooledRate rate = PooledRate.of(cells);
    return new PurchaseFit(
        Optional.of(rate),
        cells.sum(PurchaseMethod.POOLED_RATE.likelihood(), rate.parameters())[0],
        new double[0],
        fallback,
        evaluations);
  }
}
