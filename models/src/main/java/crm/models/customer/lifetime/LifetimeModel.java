package crm.models.customer.lifetime;

import com.fasterxml.jackson.annotation.JsonProperty;
import crm.learning.purchasing.PurchaseMethod;
import crm.learning.purchasing.PurchaseModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What customers are scored with, as it is saved.
 *
 * @param fittedOn the date, ISO, whose purchases the purchase model was fitted to
 * @param accepted whether it was fitted, graded and found no worse than a naive answer, so that a
 *     later date may use it again
 * @param method label of the purchase model; {@code none} where there is none
 * @param parameters of the purchase model, times in days
 * @param maxPurchases repeat purchases above which customers were left out of the fit
 * @param spend what customers spend per purchase
 * @param histograms of the customers it was applied to
 */
record LifetimeModel(
    String fittedOn,
    boolean accepted,
    String method,
    List<Double> parameters,
    @JsonProperty("mostPurchases") double maxPurchases,
    Spend spend,
    Map<String, List<Long>> histograms) {
  static final String NONE = "none";

  static LifetimeModel of(
      LocalDate fittedOn,
      boolean accepted,
      Optional<PurchaseModel> purchases,
      double maxPurchases,
      Spend spend,
      Map<String, List<Long>> histograms) {
    return new LifetimeModel(
        fittedOn.toString(),
        accepted,
        purchases.map(model -> model.method().label()).orElse(NONE),
        purchases.map(model -> rounded(model.parameters())).orElse(List.of()),
        maxPurchases,
        spend,
        histograms);
  }

  /** Ten digits, so that no difference of how sums are rounded somewhere makes another model. */
  static List<Double> rounded(double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> new BigDecimal(value).round(new MathContext(10)).doubleValue())
        .toList();
  }

  /** Returns how a customer's purchases are predicted; of one unlike the others it says so. */
  String methodFor(double purchases) {
    return purchases > maxPurchases ? method + "-outlier" : method;
  }

  Optional<PurchaseModel> purchases() {
    return Arrays.stream(PurchaseMethod.values())
        .filter(known -> known.label().equals(method))
        .map(known -> known.model(parameters.stream().mapToDouble(value -> value).toArray()))
        .findFirst();
  }

  LocalDate fitted() {
    return LocalDate.parse(fittedOn);
  }
}
