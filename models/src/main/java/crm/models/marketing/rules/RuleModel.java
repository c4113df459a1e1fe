package crm.models.marketing.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import crm.models.marketing.rules.ProductAssociationRules.RulesOfSource;
import crm.warehouse.job.ModelRun;
import crm.warehouse.settings.RecordText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rules of a date and its baskets, to be compared with later ones.
 *
 * @param sources what was found, by source and level
 * @param products in how many baskets each is, see {@link ProductShares}
 * @param others in how many baskets all other products are
 */
@JsonPropertyOrder({"sources", "products_in_baskets", "other_products_in_baskets"})
record RuleModel(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, Found>> sources,
    @JsonProperty("products_in_baskets") Map<String, Long> products,
    @JsonProperty("other_products_in_baskets") long others) {

  /**
   * @param minBaskets the support that was used
   * @param rulesHash of all rules
   */
  @JsonPropertyOrder({"baskets", "min_baskets", "rules", "rules_sha256"})
  record Found(
      long baskets,
      @JsonProperty("min_baskets") long minBaskets,
      int rules,
      @JsonProperty("rules_sha256") String rulesHash) {

    static Found of(RulesOfSource found) {
      return new Found(
          found.baskets().size(),
          found.mined().sets().minBaskets(),
          found.rules().size(),
          ModelRun.hash(
              found.rules().stream()
                  .map(rule -> RecordText.write(rule) + "\n")
                  .collect(Collectors.joining())));
    }
  }

  static RuleModel of(List<RulesOfSource> mined, ProductShares shares) {
    Map<String, Map<String, Found>> sources = new LinkedHashMap<>();
    for (RulesOfSource found : mined) {
      sources
          .computeIfAbsent(found.source(), source -> new LinkedHashMap<>())
          .put(found.level(), Found.of(found));
    }
    return new RuleModel(sources, shares.products(), shares.others());
  }

  ProductShares shares() {
    return new ProductShares(products, others);
  }
}
