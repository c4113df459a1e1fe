package crm.models.marketing.rules;

import crm.models.marketing.rules.ProductAssociationRules.RulesOfSource;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Drift;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells what rules were found and how good they are. The naive answer is that products have nothing
 * to do with each other: a lift of 1.
 */
record RuleQuality(
    AssociationRuleSettings settings, List<RulesOfSource> mined, HoldoutBaskets later) {

  /**
   * @param last the last accepted model
   * @param leftOut baskets that are too large
   */
  FittedModel fittedModel(RuleModel model, Optional<RuleModel> last, long leftOut, LocalDate date) {
    return new FittedModel(model, "association rules from frequent itemsets", date, grade())
        .parameters(parameters())
        .metrics(metrics(leftOut))
        .drift(
            last.stream()
                .map(RuleModel::shares)
                .map(before -> new Drift("products_in_baskets", model.shares().drift(before)))
                .toList())
        .refusal(refusal());
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("algorithm", settings.algorithm().name().toLowerCase(Locale.ROOT));
    parameters.put("window_days", String.valueOf(settings.windowDays()));
    parameters.put("max_basket_items", String.valueOf(settings.maxBasketItems()));
    parameters.put("min_support", settings.minSupport().toPlainString());
    parameters.put("min_confidence", String.valueOf(settings.minConfidence()));
    parameters.put("false_discovery_rate", String.valueOf(settings.falseDiscoveryRate()));
    parameters.put("max_length", String.valueOf(settings.maxLength()));
    for (RulesOfSource found : mined) {
      long wanted = settings.minBasketsOf(found.baskets().size());
      long used = found.mined().sets().minBaskets();
      parameters.put(
          "min_baskets_of_%s_%s".formatted(found.source(), found.level()),
          used == wanted
              ? String.valueOf(used)
              : "%d, raised from %d since there were more than %d sets"
                  .formatted(used, wanted, settings.maxItemsets()));
    }
    return parameters;
  }

  private List<Metric> metrics(long leftOut) {
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
    if (later.isConclusive()) {
      metrics.add(Metric.of("lift_in_later_baskets", later.lift(), Direction.MAXIMIZE, 1));
      metrics.add(
          Metric.of(
              "share_of_rules_that_hold_later",
              (double) later.holding() / later.rules(),
              Direction.MAXIMIZE,
              0.5));
    }
    return metrics;
  }

  private static Metric number(String name, long value) {
    return Metric.of(name, (double) value, Direction.INFORMATIONAL);
  }

  private Grade grade() {
    if (!later.isConclusive() || later.lift() <= 1.2) {
      return later.isRefuted() ? Grade.D : Grade.C;
    }
    return later.lift() >= 2 ? Grade.A : Grade.B;
  }

  private Optional<String> refusal() {
    return later.isRefuted()
        ? Optional.of(
            "The %d rules found in the first three quarters of the days do not hold in the last:"
                    .formatted(later.rules())
                + " their products are together %.2f times as often as by chance."
                    .formatted(later.lift()))
        : Optional.empty();
  }
}
