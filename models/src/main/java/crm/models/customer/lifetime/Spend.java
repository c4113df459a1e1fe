package crm.models.customer.lifetime;

import crm.learning.purchasing.GammaGamma;
import crm.learning.purchasing.SpendFit;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a customer spends per purchase, net of returns.
 *
 * @param method {@code gamma-gamma}; {@code mean-spend}, that of the repeat buyers; {@code
 *     mean-purchase}, that of all purchases, where nobody bought again; or {@code none}
 * @param parameters p, q, v of Gamma-Gamma, or the mean
 */
record Spend(String method, List<Double> parameters) {
  static final String GAMMA_GAMMA = "gamma-gamma";
  static final String POPULATION_MEAN = "population-mean";

  static Spend of(SpendFit fit, double meanPurchase) {
    if (fit.model().isPresent()) {
      GammaGamma model = fit.model().get();
      return new Spend(GAMMA_GAMMA, LifetimeModel.rounded(model.p(), model.q(), model.v()));
    }
    if (fit.meanSpend() > 0) {
      return new Spend("mean-spend", LifetimeModel.rounded(fit.meanSpend()));
    }
    return meanPurchase > 0
        ? new Spend("mean-purchase", LifetimeModel.rounded(meanPurchase))
        : new Spend("none", List.of());
  }

  /**
   * Returns how the customer's expected spend is found: repeat purchases that were all returned say
   * nothing.
   */
  String methodFor(double purchases, double repeatSpend) {
    return method.equals(GAMMA_GAMMA) && purchases > 0 && repeatSpend <= 0
        ? POPULATION_MEAN
        : method;
  }

  /**
   * Expected spend per purchase; empty if nothing is known.
   *
   * @param repeatSpend on repeat purchases, in sum
   */
  OptionalDouble expected(double purchases, double repeatSpend) {
    return switch (methodFor(purchases, repeatSpend)) {
      case "none" -> OptionalDouble.empty();
      case GAMMA_GAMMA -> OptionalDouble.of(gammaGamma().expectedSpend(purchases, repeatSpend));
      case POPULATION_MEAN -> OptionalDouble.of(gammaGamma().expectedSpend(0, 0));
      default -> OptionalDouble.of(parameters.get(0));
    };
  }

  private GammaGamma gammaGamma() {
    return new GammaGamma(parameters.get(0), parameters.get(1), parameters.get(2));
  }
}
