package crm.models.marketing.rules;

import crm.warehouse.UserError;
import java.math.BigDecimal;
import java.math.RoundingMode;

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

  public AssociationRuleSettings {
    whole("window-days", windowDays, 0, 36_500);
    whole("max-basket-items", maxBasketItems, 2, 10_000);
    whole("min-baskets", minBaskets, 1, 1_000_000_000);
    whole("max-length", maxLength, 2, 10);
    whole("max-itemsets", maxItemsets, 100, 5_000_000);
    whole("min-pair-baskets", minPairBaskets, 1, 1_000_000_000);
    require(
        minSupport.signum() > 0 && minSupport.compareTo(BigDecimal.ONE) <= 0,
        "min-support is %s; choose above 0 and at most 1, as in 0.001.",
        minSupport);
    require(
        minConfidence >= 0 && minConfidence <= 1,
        "min-confidence is %s; choose 0 to 1, as in 0.1.",
        minConfidence);
    require(
        falseDiscoveryRate > 0 && falseDiscoveryRate <= 1,
        "false-discovery-rate is %s; choose above 0 and at most 1, as in 0.05.",
        falseDiscoveryRate);
  }

  /** In how many baskets a set must be to be frequent. */
  long leastBaskets(long baskets) {
    return Math.max(
        minBaskets,
        minSupport
            .multiply(BigDecimal.valueOf(baskets))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact());
  }

  private static void whole(String key, int value, int least, int greatest) {
    require(
        value >= least && value <= greatest,
        key + " is %s; choose %s to %s.",
        value,
        least,
        greatest);
  }

  private static void require(boolean condition, String problem, Object... values) {
    if (!condition) {
      throw UserError.usage("association-rules." + problem, values);
    }
  }
}
