package crm.learning.itemsets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;

/** What of a basket is counted: whole-number keys with amounts. */
@FunctionalInterface
public interface CountedKeys extends Serializable {
  /**
   * Counts what the basket holds.
   *
   * @param basket item codes, ascending
   */
  void count(int[] basket, LongCounter counter);

  /** Every item, by its code. */
  static CountedKeys items() {
    return (basket, counter) -> {
      for (int item : basket) {
        counter.add(item, 1);
      }
    };
  }

  /** Every pair of the given items, by {@link #pair}. */
  static CountedKeys pairsOf(BitSet items) {
    return (basket, counter) -> {
      int[] counted = Arrays.stream(basket).filter(items::get).toArray();
      for (int i = 0; i < counted.length; i++) {
        for (int j = i + 1; j < counted.length; j++) {
          counter.add(pair(counted[i], counted[j]), 1);
        }
      }
    };
  }

  /** The sets, by their index. */
  static CountedKeys sets(ItemsetTrie sets) {
    return (basket, counter) -> sets.forEachIn(basket, set -> counter.add(set, 1));
  }

  /** Returns how many items the baskets with each set have in all, by the set's index. */
  static CountedKeys basketSizes(ItemsetTrie sets) {
    return (basket, counter) -> sets.forEachIn(basket, set -> counter.add(set, basket.length));
  }

  /** The key of two items. */
  static long pair(int first, int second) {
    return (long) first << 32 | second;
  }

  static int firstOf(long pair) {
    return (int) (pair >>> 32);
  }

  static int secondOf(long pair) {
    return (int) pair;
  }
}
