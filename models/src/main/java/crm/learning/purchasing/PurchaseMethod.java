package crm.learning.purchasing;

import java.util.List;
import java.util.Locale;

/** The purchase models there are, and those that answer where a better one cannot. */
public enum PurchaseMethod {
  /** Customers may leave after each repeat purchase. */
  BG_NBD,
  /** Customers may leave after each purchase, also the first. */
  MBG_NBD,
  /** Customers may leave at any time. */
  PARETO_NBD,
  /** Nobody leaves, and customers differ in how often they buy. */
  NBD,
  /** All customers buy at the one rate that was observed. */
  POOLED_RATE;

  /** As people write it, as in {@code bg-nbd}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In the order of {@link PurchaseModel#parameters}; alpha and beta are times. */
  public List<String> parameterNames() {
    return switch (this) {
      case BG_NBD, MBG_NBD -> List.of("r", "alpha", "a", "b");
      case PARETO_NBD -> List.of("r", "alpha", "s", "beta");
      case NBD -> List.of("r", "alpha");
      case POOLED_RATE -> List.of("rate");
    };
  }

  /** Returns whether it gives the probability of having left. */
  public boolean knowsLeaving() {
    return this == BG_NBD || this == MBG_NBD || this == PARETO_NBD;
  }

  /**
   * Returns whether it says anything about a customer's having left; BG/NBD not before they came
   * again.
   */
  public boolean saysAlive(double purchases) {
    return this != POOLED_RATE && (this != BG_NBD || purchases > 0);
  }

  public PurchaseModel model(double... parameters) {
    double[] p = parameters.clone();
    return switch (this) {
      case BG_NBD -> new BetaGeometric(false, p[0], p[1], p[2], p[3]);
      case MBG_NBD -> new BetaGeometric(true, p[0], p[1], p[2], p[3]);
      case PARETO_NBD -> new ParetoNbd(p[0], p[1], p[2], p[3]);
      case NBD -> new NegativeBinomial(p[0], p[1]);
      case POOLED_RATE -> new PooledRate(p[0]);
    };
  }

  /** Of the models that are fitted by it. */
  PurchaseCells.Likelihood likelihood() {
    return switch (this) {
      case BG_NBD -> BetaGeometric.likelihood(false);
      case MBG_NBD -> BetaGeometric.likelihood(true);
      case PARETO_NBD -> ParetoNbd::addLikelihood;
      case NBD -> NegativeBinomial::addLikelihood;
      case POOLED_RATE -> PooledRate::addLikelihood;
    };
  }
}
