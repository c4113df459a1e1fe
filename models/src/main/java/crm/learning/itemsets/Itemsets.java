package crm.learning.itemsets;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Frequent itemsets and in how many baskets each is.
 *
 * @param minBaskets the number of baskets that makes a set frequent; more than what was asked for
 *     where that gave too many sets
 * @param baskets with every set all its subsets
 */
public record Itemsets(long minBaskets, Map<Itemset, Long> baskets) {
  public Itemsets {
    baskets = Map.copyOf(baskets);
  }

  /** The sets of that size, in order. */
  public List<Itemset> ofSize(int size) {
    return baskets.keySet().stream().filter(set -> set.size() == size).sorted().toList();
  }

  /**
   * Returns how many rules with one item on the right were in question: of all sets that had to be
   * counted, because all their subsets are frequent, each of its items in turn.
   *
   * @param maxLength most items of a set
   */
  public long candidateRules(int maxLength) {
    Map<Integer, List<Itemset>> bySize =
        baskets.keySet().stream()
            .sorted()
            .collect(Collectors.groupingBy(Itemset::size, TreeMap::new, Collectors.toList()));
    long items = bySize.getOrDefault(1, List.of()).size();
    long rules = maxLength < 2 ? 0 : items * (items - 1);
    for (int size = 2; size < maxLength && bySize.containsKey(size); size++) {
      List<Itemset> sets = bySize.get(size);
      rules += (size + 1L) * Candidates.count(sets, Long.MAX_VALUE);
    }
    return rules;
  }
}
