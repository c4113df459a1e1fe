package crm.models.marketing.rules;

import static crm.warehouse.settings.ConfigSection.Limit.above;
import static crm.warehouse.settings.ConfigSection.Limit.atLeast;
import static crm.warehouse.settings.ConfigSection.Limit.atMost;

import crm.warehouse.settings.ConfigSection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Which rules are looked for.
 *
 * @param windowDays days up to the date whose orders count; 0 for all
 * @param maxBasketItems most distinct products of a basket that counts
 * @param minSupport share of baskets a rule's products are together in, at least
 * @param minBaskets number of baskets they are together in, at least
 * @param minConfidence of the baskets with the antecedent, the share with the consequent, at least
 * @param falseDiscoveryRate of the rules shown, the expected share that is chance
 * @param maxLength most products of a rule
 * @param maxItemsets most sets of products to count
 * @param minPairBaskets number of baskets a pair is in, at least
 */
public record AssociationRuleSettings(
    int windowDays,
    int maxBasketItems,
    BigDecimal minSupport,
    int minBaskets,
    double minConfidence,
    double falseDiscoveryRate,
    int maxLength,
    int maxItemsets,
    int minPairBaskets,
    Algorithm algorithm) {

  /** How frequent sets are found. */
  public enum Algorithm {
    /** FP-growth while baskets are few, else counted. */
    AUTO,
    FP_GROWTH,
    COUNTED
  }

  public static AssociationRuleSettings of(ConfigSection section) {
    return new AssociationRuleSettings(
        section.whole("window-days", 0, 36_500),
        section.whole("max-basket-items", 2, 10_000),
        section.number("min-support", above(0), atMost(1)),
        section.whole("min-baskets", 1, 1_000_000_000),
        section.number("min-confidence", atLeast(0), atMost(1)).doubleValue(),
        section.number("false-discovery-rate", above(0), atMost(1)).doubleValue(),
        section.whole("max-length", 2, 10),
        section.whole("max-itemsets", 100, 5_000_000),
        section.whole("min-pair-baskets", 1, 1_000_000_000),
        section.oneOf("algorithm", List.of(Algorithm.values())));
  }

  /** In how many baskets a set must be to be frequent. */
  long minBasketsOf(long baskets) {
    return Math.max(
        minBaskets,
        minSupport
            .multiply(BigDecimal.valueOf(baskets))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact());
  }
}
