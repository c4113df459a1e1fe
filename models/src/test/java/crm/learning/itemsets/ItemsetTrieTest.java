package crm.learning.itemsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemsetTrieTest {
  @Test
  void aBasketHoldsTheSetsWhoseItemsItAllHas() {
    SplittableRandom random = new SplittableRandom(3);
    TreeSet<Itemset> distinct = new TreeSet<>();
    for (int i = 0; i < 400; i++) {
      distinct.add(Itemset.of(random.ints(1 + i % 5, 0, 25).distinct().toArray()));
    }
    List<Itemset> sets = List.copyOf(distinct);
    ItemsetTrie trie = ItemsetTrie.of(sets);
    for (int i = 0; i < 100; i++) {
      int[] basket = PackedBasket.unpack(PackedBasket.pack(random.ints(12, 0, 25).toArray()));
      List<Integer> found = new ArrayList<>();
      trie.forEachIn(basket, found::add);
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, sets.size())
                  .filter(index -> isIn(sets.get(index), basket))
                  .boxed()
                  .toList());
    }
  }

  private static boolean isIn(Itemset set, int[] basket) {
    return IntStream.range(0, set.size())
        .allMatch(place -> IntStream.of(basket).anyMatch(item -> item == set.item(place)));
  }

  /** Of {1,2}, {1,3}, {2,3}, {2,4}: {1,2,3} may be frequent, {2,3,4} lacks {3,4}. */
  @Test
  void aCandidateHasOnlyFrequentSubsets() {
    List<Itemset> pairs =
        List.of(Itemset.of(1, 2), Itemset.of(1, 3), Itemset.of(2, 3), Itemset.of(2, 4));
    assertThat(Candidates.generate(pairs)).containsExactly(Itemset.of(1, 2, 3));
    assertThat(Candidates.count(pairs, 10)).isEqualTo(1);
  }
}
