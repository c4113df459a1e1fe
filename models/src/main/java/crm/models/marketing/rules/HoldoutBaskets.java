package crm.models.marketing.rules;

import crm.learning.itemsets.CountedKeys;
import crm.learning.itemsets.Itemset;
import crm.warehouse.job.Inputs;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whether rules hold later: those found in the first three quarters of the days, seen in the
 * baskets of the last quarter.
 *
 * @param rules that were found
 * @param holding those whose products are later together more often than by chance
 * @param together how often the products of a rule are together later, over all rules
 * @param expected how often they were if the sides had nothing to do with each other
 */
record HoldoutBaskets(int rules, int holding, double together, double expected) {
  /** Fewer say nothing: as with the test of Pearson, at least five should be expected. */
  private static final double ENOUGH = 5;

  static final HoldoutBaskets NONE = new HoldoutBaskets(0, 0, 0, 0);

  static HoldoutBaskets of(
      Baskets baskets, LocalDate date, AssociationRuleSettings settings, Inputs in) {
    if (baskets.days().isEmpty()) {
      return NONE;
    }
    long days = ChronoUnit.DAYS.between(baskets.days().get(0).date(), date) + 1;
    LocalDate lastKnown = date.minusDays(days / 4);
    Baskets later = baskets.after(lastKnown);
    if (later.size() == 0) {
      return NONE;
    }
    List<AssociationRule> rules = MinedRules.of(baskets.upTo(lastKnown), settings, in).rules();
    TreeSet<Itemset> sets = new TreeSet<>();
    for (AssociationRule rule : rules) {
      sets.add(rule.antecedent());
      sets.add(Itemset.of(rule.consequent()));
      sets.add(rule.antecedent().and(rule.consequent()));
    }
    Map<Itemset, Long> counts =
        MinedRules.counts(later.packed(), List.copyOf(sets), CountedKeys::sets);
    HoldoutBaskets seen = NONE;
    for (AssociationRule rule : rules) {
      Itemset both = rule.antecedent().and(rule.consequent());
      double together = counts.getOrDefault(both, 0L);
      double expected =
          (double) counts.getOrDefault(rule.antecedent(), 0L)
              * counts.getOrDefault(Itemset.of(rule.consequent()), 0L)
              / later.size();
      seen = seen.and(new HoldoutBaskets(1, together > expected ? 1 : 0, together, expected));
    }
    return seen;
  }

  /** Both together. */
  HoldoutBaskets and(HoldoutBaskets other) {
    return new HoldoutBaskets(
        rules + other.rules,
        holding + other.holding,
        together + other.together,
        expected + other.expected);
  }

  /** Returns whether there is enough to judge by. */
  boolean isConclusive() {
    return expected >= ENOUGH;
  }

  /** Returns whether the rules do not hold in them. */
  boolean isRefuted() {
    return isConclusive() && lift() <= 1;
  }

  /** Returns how many times as often as by chance the rules' products are together. */
  double lift() {
    return together / expected;
  }
}
