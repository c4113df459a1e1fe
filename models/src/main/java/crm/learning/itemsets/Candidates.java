package crm.learning.itemsets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The sets that may be frequent: those all of whose subsets of one item less are. */
final class Candidates {
  private Candidates() {}

  /**
   * @param frequent the frequent sets of one size, sorted
   */
  static List<Itemset> generate(List<Itemset> frequent) {
    List<Itemset> candidates = new ArrayList<>();
    join(frequent, Long.MAX_VALUE, candidates::add);
    return candidates;
  }

  /** Returns how many there are, without having them all; counting ends above the limit. */
  static long count(List<Itemset> frequent, long limit) {
    return join(frequent, limit, candidate -> {});
  }

  /** Two sets that differ in the last item only make one candidate. */
  private static long join(List<Itemset> frequent, long limit, Consumer<Itemset> candidates) {
    Set<Itemset> known = Set.copyOf(frequent);
    long count = 0;
    for (int i = 0; i < frequent.size(); i++) {
      Itemset first = frequent.get(i);
      for (int j = i + 1; j < frequent.size() && first.differsInLastOnly(frequent.get(j)); j++) {
        Itemset candidate = first.and(frequent.get(j).last());
        if (othersAreKnown(candidate, known)) {
          candidates.accept(candidate);
          if (++count > limit) {
            return count;
          }
        }
      }
    }
    return count;
  }

  /** Of the subsets of one item less all but the two that made it. */
  private static boolean othersAreKnown(Itemset candidate, Set<Itemset> known) {
    for (int place = 0; place < candidate.size() - 2; place++) {
      if (!known.contains(candidate.without(place))) {
        return false;
      }
    }
    return true;
  }
}
