package crm.models.marketing.rules;

import static java.util.stream.Collectors.toMap;

import crm.learning.itemsets.BasketCounts;
import crm.learning.itemsets.CountedItemsets;
import crm.learning.itemsets.CountedKeys;
import crm.learning.itemsets.FpGrowthItemsets;
import crm.learning.itemsets.FrequentItemsets;
import crm.learning.itemsets.Itemset;
import crm.learning.itemsets.ItemsetTrie;
import crm.learning.itemsets.Itemsets;
import crm.warehouse.job.CollectsAggregates;
import crm.warehouse.job.Inputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was found in baskets: frequent sets, and the rules that are more than chance. They come to
 * the driver; {@link AssociationRuleSettings#maxItemsets} bounds them.
 */
@CollectsAggregates("at most maxItemsets sets")
record MinedRules(Itemsets sets, List<AssociationRule> rules) {
  /** Where FP-growth costs no more than half a minute of a processor. */
  private static final long FEW_BASKETS = 20_000;

  static MinedRules of(Baskets baskets, AssociationRuleSettings settings, Inputs in) {
    long minBaskets = settings.minBasketsOf(baskets.size());
    if (baskets.size() < minBaskets) {
      return new MinedRules(new Itemsets(minBaskets, Map.of()), List.of());
    }
    Itemsets sets = algorithm(baskets, settings, in).find(baskets.packed(), minBaskets);
    RuleSearch search = new RuleSearch(baskets.size(), baskets.totalItems(), settings);
    List<AssociationRule> candidates = search.candidates(sets);
    List<Itemset> antecedents =
        candidates.stream().map(AssociationRule::antecedent).distinct().toList();
    Map<Itemset, Long> basketSizes =
        counts(baskets.packed(), antecedents, CountedKeys::basketSizes);
    return new MinedRules(sets, search.found(candidates, sets, basketSizes));
  }

  /** Counts keys of each set; sets that no basket has are left out. */
  static Map<Itemset, Long> counts(
      Dataset<Row> baskets, List<Itemset> sets, Function<ItemsetTrie, CountedKeys> counted) {
    if (sets.isEmpty()) {
      return Map.of();
    }
    return BasketCounts.count(baskets, counted.apply(ItemsetTrie.of(sets)), 1)
        .collectAsList()
        .stream()
        .collect(
            toMap(
                row -> sets.get((int) row.getLong(0)),
                row -> row.getLong(1),
                Long::sum,
                HashMap::new));
  }

  private static FrequentItemsets algorithm(
      Baskets baskets, AssociationRuleSettings settings, Inputs in) {
    CountedItemsets counted =
        new CountedItemsets(settings.maxLength(), settings.maxItemsets(), in::cached);
    FpGrowthItemsets fpGrowth =
        new FpGrowthItemsets(settings.maxLength(), settings.maxItemsets(), counted);
    return switch (settings.algorithm()) {
      case COUNTED -> counted;
      case FP_GROWTH -> fpGrowth;
      case AUTO -> baskets.size() <= FEW_BASKETS ? fpGrowth : counted;
    };
  }
}
