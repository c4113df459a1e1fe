package crm.models.marketing.recommendations;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import crm.learning.recommending.Histories;
import crm.learning.recommending.RecommendationSettings;
import crm.warehouse.job.ModelRun;
import crm.warehouse.settings.RecordText;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What was learnt is learnt again on each date: this tells one result from another.
 *
 * @param method that recommends
 * @param products how many can be recommended
 * @param customersPerProduct hash of how many customers have each
 */
@JsonPropertyOrder({"method", "settings", "products"})
record RecommendationModel(
    String method,
    String settings,
    int products,
    @JsonProperty("customers_per_product_sha256") String customersPerProduct) {

  static RecommendationModel of(
      Comparison comparison, Histories histories, RecommendationSettings settings) {
    return new RecommendationModel(
        comparison.best().label(),
        RecordText.write(settings),
        histories.products().items().size(),
        ModelRun.hash(
            Arrays.stream(histories.popularity().customers())
                .mapToObj(bought -> bought + "\n")
                .collect(Collectors.joining())));
  }
}
