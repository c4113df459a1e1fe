package crm.models.purchasing;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
  private static final double GREATEST_SUM = 1e4;

  /** Akaike's: two parameters more have to earn more than this in log-likelihood. */
  private static final double LEAST_GAIN = 2;

  private static final double[][] STARTS = {{1, 1, 1, 1}, {0.3, 3, 0.5, 2}, {2, 10, 2, 5}};

  /**
   * Fits the wanted model or what it falls back to.
   *
   * @param leastCustomers with fewer the pooled rate is all that is told
   */
  public static PurchaseFit of(PurchaseMethod wanted, PurchaseCells cells, long leastCustomers) {
    if (!(cells.totalAge() > 0)) {
      return new PurchaseFit(
          Optional.empty(),
          Double.NaN,
          new double[0],
          Optional.of("nobody was observed after the first purchase"),
          0);
    }
    if (cells.totalPurchases() == 0) {
      return pooled(cells, "nobody bought again", 0);
    }
    if (wanted == PurchaseMethod.POOLED_RATE) {
      return pooled(cells, null, 0);
    }
    if (cells.totalCustomers() < leastCustomers) {
      return pooled(
          cells,
          "%d customers are fewer than %d".formatted(cells.totalCustomers(), leastCustomers),
          0);
    }
    double scale = MEAN_AGE * cells.totalCustomers() / cells.totalAge();
    PurchaseCells scaled = cells.times(scale);
    Maximum nobodyLeaves = maximum(PurchaseMethod.NBD, scaled);
    double equalRates =
        scaled.sum(PurchaseMethod.POOLED_RATE.likelihood(), PooledRate.of(scaled).parameters())[0];
    boolean ratesDiffer =
        nobodyLeaves.isDetermined() && nobodyLeaves.value() - equalRates > LEAST_GAIN / 2;
    int evaluations = nobodyLeaves.evaluations() + 1;
    String reason = null;
    if (wanted != PurchaseMethod.NBD) {
      Maximum found = maximum(wanted, scaled);
      evaluations += found.evaluations();
      double simpler = ratesDiffer ? nobodyLeaves.value() : equalRates;
      if (!found.isDetermined()) {
        reason = "the Hessian is not positive definite";
      } else if (found.at()[2] + found.at()[3] > GREATEST_SUM) {
        reason = "customers do not differ in how they leave";
      } else if (found.value() - simpler <= LEAST_GAIN) {
        reason = "there is no sign that customers leave";
      } else {
        return fitted(wanted, found, cells, scale, reason, evaluations);
      }
    }
    return ratesDiffer
        ? fitted(PurchaseMethod.NBD, nobodyLeaves, cells, scale, reason, evaluations)
        : pooled(
            cells,
            Stream.of(Optional.ofNullable(reason), Optional.of("customers buy at one rate"))
                .flatMap(Optional::stream)
                .reduce((a, b) -> a + ", and " + b)
                .orElseThrow(),
            evaluations);
  }

  /** From the first start that leads to a determined maximum, if any does. */
  private static Maximum maximum(PurchaseMethod method, PurchaseCells cells) {
    int size = method.parameterNames().size();
    Predicate<Maximum> determined = Maximum::isDetermined;
    Maximum[] last = new Maximum[1];
    return Arrays.stream(STARTS)
        .map(
            start ->
                last[0] =
                    Maximum.of(
                        parameters -> cells.sum(method.likelihood(), parameters),
                        cells.totalCustomers(),
                        Arrays.copyOf(start, size)))
        .filter(determined)
        .findFirst()
        .orElseGet(() -> last[0]);
  }

  /** On the clock of the caller, on which alpha and beta are times. */
  private static PurchaseFit fitted(
      PurchaseMethod method,
      Maximum found,
      PurchaseCells cells,
      double scale,
      String reason,
      int evaluations) {
    double[] parameters = found.at().clone();
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
        Optional.ofNullable(reason),
        evaluations);
  }

  private static PurchaseFit pooled(PurchaseCells cells, String reason, int evaluations) {
    PooledRate rate = PooledRate.of(cells);
    return new PurchaseFit(
        Optional.of(rate),
        cells.sum(PurchaseMethod.POOLED_RATE.likelihood(), rate.parameters())[0],
        new double[0],
        Optional.ofNullable(reason),
        evaluations);
  }
}
