package crm.models.marketing.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.itemsets.CountedItemsets;
import crm.learning.itemsets.FpGrowthItemsets;
import crm.learning.itemsets.Itemset;
import crm.learning.itemsets.Itemsets;
import crm.learning.itemsets.PackedBasket;
import crm.testing.BasketRows;
import crm.testing.Groceries;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the R package arules finds in its own data, to the last set and rule. */
@Tag("published-data")
class GroceriesTest {
  private static final int BASKETS = 9_835;
  private static final int MANY = 100_000;

  private static Groceries groceries;
  private static Dataset<Row> rows;
  private static Itemsets counted;

  @BeforeAll
  static void count() {
    groceries = Groceries.read();
    rows = BasketRows.packed(groceries.baskets(), PackedBasket.COLUMN, PackedBasket::pack).cache();
    counted =
        new CountedItemsets(10, MANY, UnaryOperator.identity()).find(rows, minBaskets("0.001"));
  }

  @Test
  void theFrequentSetsAreThoseOfArules() {
    assertThat(groceries.baskets()).hasSize(BASKETS);
    assertThat(counted.baskets()).hasSize(13_492);
    assertThat(counted.baskets().get(Itemset.of(groceries.code("whole milk")))).isEqualTo(2_513);
    assertThat(counted.baskets().get(Itemset.of(groceries.code("other vegetables"))))
        .isEqualTo(1_903);
    Itemsets frequent = at(counted, "0.01");
    assertThat(IntStream.of(1, 2, 3, 4).mapToObj(size -> frequent.ofSize(size).size()))
        .containsExactly(88, 213, 32, 0);
  }

  @Test
  void fpGrowthFindsTheSame() {
    assertThat(
            new FpGrowthItemsets(
                    10,
                    MANY,
                    (baskets, minBaskets) -> {
                      throw new AssertionError("There are not too many.");
                    })
                .find(rows, minBaskets("0.001")))
        .isEqualTo(counted);
  }

  @Test
  void theRulesAreThoseOfArules() {
    assertThat(rules("0.001", 0.8)).isEqualTo(410);
    assertThat(rules("0.001", 0.5)).isEqualTo(5_668);
    assertThat(rules("0.006", 0.25)).isEqualTo(463);
    assertThat(rules("0.01", 0.5)).isEqualTo(15);
    assertThat(rules("0.01", 0.25)).isEqualTo(170);
  }

  @Test
  void whoBuysLiquorAndWineBuysBeer() {
    Itemset left = Itemset.of(groceries.code("liquor"), groceries.code("red/blush wine"));
    AssociationRule rule =
        search("0.001", 0.8).candidates(counted).stream()
            .filter(r -> r.antecedent().equals(left))
            .findFirst()
            .orElseThrow();
    assertThat(rule.consequent()).isEqualTo(groceries.code("bottled beer"));
    assertThat(rule.counts().support()).isCloseTo(0.00193, within(0.000005));
    assertThat(rule.counts().confidence().getAsDouble()).isCloseTo(0.9048, within(0.00005));
    assertThat(rule.counts().lift().getAsDouble()).isCloseTo(11.235, within(0.0005));
  }

  private static int rules(String minSupport, double minConfidence) {
    return search(minSupport, minConfidence).candidates(at(counted, minSupport)).size();
  }

  private static RuleSearch search(String minSupport, double minConfidence) {
    return new RuleSearch(BASKETS, 43_367, SomeSettings.of(minSupport, 1, minConfidence));
  }

  /** The sets that are frequent at a higher support. */
  private static Itemsets at(Itemsets sets, String minSupport) {
    return SomeSettings.above(sets, minBaskets(minSupport));
  }

  private static long minBaskets(String minSupport) {
    return SomeSettings.of(minSupport, 1, 0).minBasketsOf(BASKETS);
  }
}
