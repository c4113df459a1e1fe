package crm.models.marketing.rules;

import crm.learning.itemsets.Itemset;
import crm.learning.itemsets.Itemsets;
import crm.learning.statistics.FalseDiscoveryRate;
import crm.learning.statistics.FisherExact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The rules that frequent itemsets give: one item on the right, at least one on the left.
 *
 * <p>What chance would give is that the same items lie in baskets of the same sizes at random, that
 * is, items shuffled over baskets. The baskets with the antecedent have so many other places, the
 * consequent so many of all places that are not the antecedent's: the number of those that coincide
 * is hypergeometric, and Fisher's exact test says how likely it would be as great as found.
 *
 * <p>Why not the test over baskets, as it is in textbooks: it takes all baskets for equally likely
 * to hold an item. Large ones hold more of everything, so that any two items are together more
 * often than it expects. In Groceries with its items shuffled it finds 409 to 493 rules (20 times).
 *
 * @param baskets how many there are
 * @param totalItems items of all baskets together
 */
record RuleSearch(long baskets, long totalItems, AssociationRuleSettings settings) {

  /** The rules with enough confidence. */
  List<AssociationRule> candidates(Itemsets sets) {
    List<AssociationRule> candidates = new ArrayList<>();
    for (Map.Entry<Itemset, Long> set : sets.baskets().entrySet()) {
      for (int place = 0; set.getKey().size() > 1 && place < set.getKey().size(); place++) {
        Itemset antecedent = set.getKey().without(place);
        int consequent = set.getKey().item(place);
        RuleCounts counts =
            new RuleCounts(
                baskets,
                sets.baskets().get(antecedent),
                sets.baskets().get(Itemset.of(consequent)),
                set.getValue());
        if (counts.confidence().orElse(0) >= settings.minConfidence()) {
          candidates.add(
              new AssociationRule(
                  antecedent,
                  consequent,
                  counts,
                  Double.NaN,
                  Double.NaN,
                  isRedundant(antecedent, consequent, counts, sets.baskets())));
        }
      }
    }
    candidates.sort(
        Comparator.comparing(AssociationRule::antecedent)
            .thenComparing(AssociationRule::consequent));
    return candidates;
  }

  /**
   * The candidates with a lift above 1 that are found at the set false discovery rate. All rules
   * that were in question count as tested, and those that are no candidates as not found by their
   * test.
   *
   * @param basketSizes per antecedent, items of all baskets with it together
   */
  List<AssociationRule> found(
      List<AssociationRule> candidates, Itemsets sets, Map<Itemset, Long> basketSizes) {
    double[] pValues =
        candidates.stream()
            .mapToDouble(rule -> pValue(rule, sets, basketSizes.get(rule.antecedent())))
            .toArray();
    double[] qValues =
        FalseDiscoveryRate.qValues(pValues, sets.candidateRules(settings.maxLength()));
    List<AssociationRule> found = new ArrayList<>();
    for (int i = 0; i < pValues.length; i++) {
      AssociationRule rule = candidates.get(i);
      if (qValues[i] <= settings.falseDiscoveryRate() && rule.counts().lift().orElse(0) > 1) {
        found.add(
            new AssociationRule(
                rule.antecedent(),
                rule.consequent(),
                rule.counts(),
                pValues[i],
                qValues[i],
                rule.isRedundant()));
      }
    }
    return found;
  }

  private double pValue(AssociationRule rule, Itemsets sets, long basketSizes) {
    long ofAntecedent = 0;
    for (int place = 0; place < rule.antecedent().size(); place++) {
      ofAntecedent += sets.baskets().get(Itemset.of(rule.antecedent().item(place)));
    }
    long free = basketSizes - rule.counts().left() * rule.antecedent().size();
    return new FisherExact(totalItems - ofAntecedent, rule.counts().right(), free)
        .atLeast(rule.counts().both());
  }

  /** Returns whether a rule with a part of the antecedent has at least the confidence (arules). */
  private static boolean isRedundant(
      Itemset antecedent, int consequent, RuleCounts counts, Map<Itemset, Long> baskets) {
    int all = (1 << antecedent.size()) - 1;
    for (int part = 1; part < all; part++) {
      Itemset fewer = antecedent.subset(part);
      long left = baskets.get(fewer);
      long both = baskets.get(fewer.and(consequent));
      // Products of counts of baskets stay below 2^63 up to three billion baskets.
      if (both * counts.left() >= counts.both() * left) {
        return true;
      }
    }
    return false;
  }
}
