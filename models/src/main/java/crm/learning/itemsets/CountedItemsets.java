package crm.learning.itemsets;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.UserError;
import crm.warehouse.job.CollectsAggregates;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds frequent itemsets by counting: items, then all pairs of frequent items, then size by size
 * the sets all of whose subsets are frequent (Agrawal and Srikant 1994, Apriori). With short
 * baskets nearly all work is in the pairs, which are counted in one pass over primitive numbers.
 * MLlib's FP-growth, which finds the same, holds trees of objects and is far slower on millions of
 * baskets.
 *
 * <p>Before sets of a size are counted it is known how many they are. If they and the frequent ones
 * so far were more than allowed, the support is raised to the least at which they are not.
 *
 * <p>What comes to the driver is items of the catalogue, numbers of pairs per count, and frequent
 * sets, at most the allowed number.
 *
 * @param maxLength most items of a set
 * @param maxItemsets most sets there may be, frequent ones and those to be counted next
 * @param cache computes rows that are used twice one time
 */
@CollectsAggregates("items, and at most maxItemsets sets")
public record CountedItemsets(int maxLength, int maxItemsets, UnaryOperator<Dataset<Row>> cache)
    implements FrequentItemsets {

  @Override
  public Itemsets find(Dataset<Row> baskets, long minBaskets) {
    return new Search(baskets, minBaskets).found();
  }

  /** One search: the sets found so far and the support they have at least. */
  private final class Search {
    private final Dataset<Row> baskets;
    private final Map<Itemset, Long> found = new HashMap<>();
    private long minBaskets;

    Search(Dataset<Row> baskets, long minBaskets) {
      this.baskets = baskets;
      this.minBaskets = minBaskets;
    }

    Itemsets found() {
      findItems();
      if (maxLength > 1 && found.size() > 1) {
        findPairs();
      }
      for (int size = 3; size <= maxLength; size++) {
        if (!findLonger(size)) {
          break;
        }
      }
      return new Itemsets(minBaskets, found);
    }

    private void findItems() {
      for (Row item : counts(CountedKeys.items()).collectAsList()) {
        found.put(Itemset.of((int) item.getLong(0)), item.getLong(1));
      }
    }

    private void findPairs() {
      BitSet items = new BitSet();
      found.keySet().forEach(item -> items.set(item.item(0)));
      Dataset<Row> pairs = cache.apply(counts(CountedKeys.pairsOf(items)));
      TreeMap<Long, Long> pairsByCount = new TreeMap<>();
      for (Row row :
          pairs.groupBy(BasketCounts.COUNT).agg(count(lit(1)).as("pairs")).collectAsList()) {
        pairsByCount.put(row.getLong(0), row.getLong(1));
      }
      raise(
          2,
          pairsByCount,
          support ->
              foundAt(support)
                  + pairsByCount.tailMap(support).values().stream()
                      .mapToLong(Long::longValue)
                      .sum());
      for (Row pair : pairs.where(col(BasketCounts.COUNT).geq(lit(minBaskets))).collectAsList()) {
        long key = pair.getLong(0);
        found.put(Itemset.of(CountedKeys.firstOf(key), CountedKeys.secondOf(key)), pair.getLong(1));
      }
    }

    /** Finds the frequent sets of a size; returns whether there are any. */
    private boolean findLonger(int size) {
      raise(
          size,
          new TreeMap<>(),
          support -> foundAt(support) + Candidates.count(ofSize(size - 1, support), maxItemsets));
      List<Itemset> candidates = Candidates.generate(ofSize(size - 1, minBaskets));
      if (candidates.isEmpty()) {
        return false;
      }
      boolean any = false;
      for (Row row : counts(CountedKeys.sets(ItemsetTrie.of(candidates))).collectAsList()) {
        found.put(candidates.get((int) row.getLong(0)), row.getLong(1));
        any = true;
      }
      return any;
    }

    private Dataset<Row> counts(CountedKeys keys) {
      return BasketCounts.count(baskets, keys, minBaskets);
    }

    private List<Itemset> ofSize(int size, long support) {
      return found.entrySet().stream()
          .filter(set -> set.getKey().size() == size && set.getValue() >= support)
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }

    private long foundAt(long support) {
      return found.values().stream().filter(baskets -> baskets >= support).count();
    }

    /**
     * Raises the support to the least at which no more sets are left than allowed, and drops those
     * below it. It changes something only where it passes a count that occurs.
     *
     * @param size of the sets that come next
     * @param also counts of the sets that come next, if known
     * @param setsAt how many sets there are at a support; the higher it is, the fewer
     */
    private void raise(int size, Map<Long, Long> also, LongUnaryOperator setsAt) {
      if (setsAt.applyAsLong(minBaskets) <= maxItemsets) {
        return;
      }
      TreeSet<Long> occurring = new TreeSet<>(found.values());
      occurring.addAll(also.keySet());
      List<Long> counts = new ArrayList<>(occurring.tailSet(minBaskets));
      int tooLow = -1;
      int enough = counts.size() - 1;
      while (enough - tooLow > 1) {
        int middle = (tooLow + enough) >>> 1;
        if (setsAt.applyAsLong(counts.get(middle) + 1) <= maxItemsets) {
          enough = middle;
        } else {
          tooLow = middle;
        }
      }
      minBaskets = counts.get(enough) + 1;
      found.values().removeIf(baskets -> baskets < minBaskets);
      if (found.isEmpty()) {
        throw UserError.usage(
            "There are more than %d sets of up to %d products that are bought together, all in as"
                + " many baskets, so no higher support leaves some of them. Set"
                + " association-rules.max-length to %d, or association-rules.max-itemsets higher.",
            maxItemsets, size, size - 1);
      }
    }
  }
}
