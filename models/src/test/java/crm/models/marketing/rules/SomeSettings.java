package crm.models.marketing.rules;

import crm.learning.itemsets.Itemsets;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings of tests, and what follows from them. */
final class SomeSettings {
  private SomeSettings() {}

  static AssociationRuleSettings of(String minSupport, int minBaskets, double minConfidence) {
    return of(minSupport, minBaskets, minConfidence, 0.05);
  }

  static AssociationRuleSettings of(
      String minSupport, int minBaskets, double minConfidence, double falseDiscoveryRate) {
    return new AssociationRuleSettings(
        365,
        100,
        new BigDecimal(minSupport),
        minBaskets,
        minConfidence,
        falseDiscoveryRate,
        10,
        100_000,
        1,
        AssociationRuleSettings.Algorithm.AUTO);
  }

  /** The sets that are in at least so many baskets. */
  static Itemsets above(Itemsets sets, long minBaskets) {
    return new Itemsets(
        minBaskets,
        sets.baskets().entrySet().stream()
            .filter(set -> set.getValue() >= minBaskets)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
