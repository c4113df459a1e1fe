package crm.models.marketing.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.models.marketing.rules.ProductAssociationRules.RulesOfSource;
import crm.warehouse.Inputs.Previous;
import crm.warehouse.ModelRun;
import crm.warehouse.ModelRun.Better;
import crm.warehouse.ModelRun.Drift;
import crm.warehouse.ModelRun.Grade;
import crm.warehouse.ModelRun.Metric;
import crm.warehouse.RecordText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Tells what rules were found and how good they are. The naive answer is that products have nothing
 * to do with each other: a lift of 1.
 */
record RuleModel(String name, LocalDate date, AssociationRuleSettings settings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ModelRun of(
      List<RulesOfSource> mined,
      LaterBaskets later,
      long leftOut,
      ProductShares shares,
      Optional<Previous> previous) {
    return new ModelRun(
        name,
        date,
        "association rules from frequent itemsets",
        date,
        OptionalLong.empty(),
        parameters(mined),
        metrics(mined, later, leftOut),
        previous.flatMap(Previous::artefact).map(RuleModel::shares).stream()
            .map(earlier -> new Drift("products_in_baskets", shares.drift(earlier)))
            .toList(),
        grade(later),
        refusal(later),
        artefact(mined, shares));
  }

  private Map<String, String> parameters(List<RulesOfSource> mined) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("algorithm", settings.algorithm().name().toLowerCase(Locale.ROOT));
    parameters.put("window_days", String.valueOf(settings.windowDays()));
    parameters.put("max_basket_items", String.valueOf(settings.maxBasketItems()));
    parameters.put("min_support", settings.minSupport().toPlainString());
    parameters.put("min_confidence", String.valueOf(settings.minConfidence()));
    parameters.put("false_discovery_rate", String.valueOf(settings.falseDiscoveryRate()));
    parameters.put("max_length", String.valueOf(settings.maxLength()));
    for (RulesOfSource found : mined) {
      long wanted = settings.leastBaskets(found.baskets().size());
      long used = found.mined().sets().least();
      parameters.put(
          "min_baskets_of_%s_%s".formatted(found.source(), found.level()),
          used == wanted
              ? String.valueOf(used)
              : "%d, raised from %d since there were more than %d sets"
                  .formatted(used, wanted, settings.maxItemsets()));
    }
    return parameters;
  }

  private List<Metric> metrics(List<RulesOfSource> mined, LaterBaskets later, long leftOut) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(number("baskets_left_out_as_too_large", leftOut));
    for (RulesOfSource found : mined) {
      String of = "_of_%s_%s".formatted(found.source(), found.level());
      metrics.add(number("baskets" + of, found.baskets().size()));
      metrics.add(number("frequent_sets" + of, found.mined().sets().baskets().size()));
      metrics.add(
          number(
              "candidate_rules" + of, found.mined().sets().candidateRules(settings.maxLength())));
      metrics.add(number("rules" + of, found.rules().size()));
    }
    if (later.isTelling()) {
      metrics.add(Metric.of("lift_in_later_baskets", later.lift(), Better.HIGHER, 1));
      metrics.add(
          Metric.of(
              "share_of_rules_that_hold_later",
              (double) later.holding() / later.rules(),
              Better.HIGHER,
              0.5));
    }
    return metrics;
  }

  private static Metric number(String name, long value) {
    return Metric.of(name, (double) value, Better.NEITHER);
  }

  private static Grade grade(LaterBaskets later) {
    if (!later.isTelling() || later.lift() <= 1.2) {
      return later.isTelling() && later.lift() <= 1 ? Grade.D : Grade.C;
    }
    return later.lift() >= 2 ? Grade.A : Grade.B;
  }

  private static Optional<String> refusal(LaterBaskets later) {
    return later.isTelling() && later.lift() <= 1
        ? Optional.of(
            "The %d rules found in the first three quarters of the days do not hold in the last:"
                    .formatted(later.rules())
                + " their products are together %.2f times as often as by chance."
                    .formatted(later.lift()))
        : Optional.empty();
  }

  private static String artefact(List<RulesOfSource> mined, ProductShares shares) {
    ObjectNode json = JSON.createObjectNode();
    for (RulesOfSource found : mined) {
      StringBuilder rules = new StringBuilder();
      found.rules().forEach(rule -> rules.append(RecordText.of(rule)).append('\n'));
      json.withObjectProperty("sources")
          .withObjectProperty(found.source())
          .putObject(found.level())
          .put("baskets", found.baskets().size())
          .put("min_baskets", found.mined().sets().least())
          .put("rules", found.rules().size())
          .put("rules_sha256", ModelRun.hash(rules.toString()));
    }
    ObjectNode bought = json.putObject("products_in_baskets");
    shares.products().forEach(bought::put);
    json.put("other_products_in_baskets", shares.others());
    return json.toString();
  }

  private static ProductShares shares(String artefact) {
    try {
      JsonNode json = JSON.readTree(artefact);
      Map<String, Long> products = new TreeMap<>();
      json.get("products_in_baskets")
          .properties()
          .forEach(field -> products.put(field.getKey(), field.getValue().asLong()));
      return new ProductShares(products, json.get("other_products_in_baskets").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The saved model is no JSON.", e);
    }
  }
}
