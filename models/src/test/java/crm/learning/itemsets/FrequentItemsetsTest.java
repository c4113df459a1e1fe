package crm.learning.itemsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.testing.BasketRows;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FrequentItemsetsTest {
  private static final int MANY = 100_000;

  /**
   * Baskets of a few favourites and some of everything: sets of up to six and more are frequent.
   */
  @Test
  void countingFindsWhatFpGrowthFinds() {
    for (long seed = 1; seed <= 2; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<int[]> baskets = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        IntStream some = random.doubles(1 + random.nextInt(9)).mapToInt(u -> (int) (60 * u * u));
        baskets.add(
            (i % 12 == 0 ? IntStream.concat(some, IntStream.range(30, 37)) : some).toArray());
      }
      Dataset<Row> rows =
          BasketRows.packed(baskets, PackedBasket.COLUMN, PackedBasket::pack).cache();
      Itemsets counted = counted(10, MANY).find(rows, 20);
      Itemsets grown = new FpGrowthItemsets(10, MANY, none()).find(rows, 20);
      assertThat(counted).isEqualTo(grown);
      assertThat(counted.ofSize(7)).contains(Itemset.of(30, 31, 32, 33, 34, 35, 36));
      assertThat(counted.ofSize(4)).hasSizeGreaterThanOrEqualTo(35);
      assertThat(counted(2, MANY).find(rows, 20).baskets())
          .isEqualTo(new FpGrowthItemsets(2, MANY, none()).find(rows, 20).baskets());
    }
  }

  /** 2^30 sets are in 1,000 of 100,000 baskets; nearly none is in more. */
  @Test
  void theSupportIsRaisedWhereSetsWouldExplode() {
    SplittableRandom random = new SplittableRandom(9);
    int[] together = IntStream.range(0, 30).toArray();
    List<int[]> baskets = new ArrayList<>(Collections.nCopies(1_000, together));
    for (int i = 0; i < 99_000; i++) {
      baskets.add(random.ints(2, 0, 500).toArray());
    }
    Dataset<Row> rows = BasketRows.packed(baskets, PackedBasket.COLUMN, PackedBasket::pack).cache();
    Itemsets counted = counted(10, MANY).find(rows, 500);
    assertThat(counted.minBaskets()).isGreaterThan(1_000).isLessThan(1_010);
    assertThat(counted.baskets()).hasSizeBetween(30, MANY);
    assertThat(counted.baskets().values()).allMatch(count -> count >= counted.minBaskets());
    assertThat(new FpGrowthItemsets(10, MANY, (all, minBaskets) -> counted).find(rows, 500))
        .isSameAs(counted);
  }

  @Test
  void whereNoSupportHelpsTheSettingIsNamed() {
    int[] together = IntStream.range(0, 30).toArray();
    Dataset<Row> rows =
        BasketRows.packed(
            Collections.nCopies(50, together), PackedBasket.COLUMN, PackedBasket::pack);
    assertThatThrownBy(() -> counted(10, MANY).find(rows, 10))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("association-rules.max-length to 4");
  }

  @Test
  void noBasketsNoSets() {
    Dataset<Row> rows = BasketRows.packed(List.of(), PackedBasket.COLUMN, PackedBasket::pack);
    assertThat(counted(10, MANY).find(rows, 1).baskets()).isEmpty();
    assertThat(new FpGrowthItemsets(10, MANY, none()).find(rows, 1).baskets()).isEmpty();
  }

  private static CountedItemsets counted(int maxLength, int maxItemsets) {
    return new CountedItemsets(maxLength, maxItemsets, UnaryOperator.identity());
  }

  private static FrequentItemsets none() {
    return (baskets, minBaskets) -> {
      throw new AssertionError("There are not too many.");
    };
  }
}
