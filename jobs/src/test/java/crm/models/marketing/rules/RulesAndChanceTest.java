package crm.models.marketing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.itemsets.CountedItemsets;
import crm.learning.itemsets.CountedKeys;
import crm.learning.itemsets.Itemset;
import crm.learning.itemsets.Itemsets;
import crm.learning.itemsets.PackedBasket;
import crm.simulation.customer.Preference;
import crm.simulation.sales.Products;
import crm.testing.BasketRows;
import crm.testing.Groceries;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * In baskets of the sample company the rules they are made by are found; with the same items
 * shuffled over the same baskets, none is. Twenty runs are mined as one: the items of each are its
 * own.
 */
class RulesAndChanceTest {
  private static final int RUNS = 20;
  private static final int BASKETS = 4_000;
  private static final int ITEMS = 1_000;
  private static final AssociationRuleSettings SETTINGS =
      new AssociationRuleSettings(
          365,
          100,
          new BigDecimal("0.001"),
          10,
          0.1,
          0.05,
          10,
          100_000,
          1,
          AssociationRuleSettings.Algorithm.AUTO);

  @Test
  void plantedRulesAreFound() {
    List<List<int[]>> runs = IntStream.range(0, RUNS).mapToObj(run -> baskets(run)).toList();
    int found = 0;
    for (List<AssociationRule> rules : mined(runs)) {
      for (Products.Rule planted : Products.rules()) {
        found +=
            (int)
                rules.stream()
                    .filter(
                        rule ->
                            rule.antecedent().equals(Itemset.of(number(planted.ifBought())))
                                && rule.consequent() == number(planted.thenBought()))
                    .count();
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(Products.rules().size() * RUNS * 95 / 100);
  }

  @Test
  void inShuffledBasketsThereAreNoRules() {
    List<List<int[]>> runs =
        IntStream.range(0, RUNS).mapToObj(run -> shuffled(baskets(run), run)).toList();
    assertThat(mined(runs).stream().filter(rules -> !rules.isEmpty()).count())
        .isLessThanOrEqualTo(3);
  }

  /** A test that takes small and large baskets for alike finds over 400 rules in each of them. */
  @Test
  void inShuffledGroceriesThereAreNoRulesEither() {
    List<int[]> groceries = Groceries.read().baskets();
    List<List<int[]>> runs =
        IntStream.range(0, 5).mapToObj(run -> shuffled(groceries, run)).toList();
    assertThat(mined(runs).stream().filter(rules -> !rules.isEmpty()).count())
        .isLessThanOrEqualTo(1);
  }

  /** What customers of the sample company put into baskets on a day without a season. */
  private static List<int[]> baskets(long seed) {
    Random random = new Random(seed);
    LocalDate day = LocalDate.of(2026, 2, 2);
    return IntStream.range(0, BASKETS)
        .mapToObj(b -> Products.basket(day, Preference.any(random).category(), random))
        .map(basket -> basket.stream().mapToInt(product -> product).toArray())
        .toList();
  }

  private static int number(String sku) {
    return Integer.parseInt(sku.substring(1));
  }

  /** The items of all baskets in another order, put back into baskets of the same sizes. */
  private static List<int[]> shuffled(List<int[]> baskets, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] items = baskets.stream().flatMapToInt(Arrays::stream).toArray();
    for (int i = items.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    List<int[]> shuffled = new ArrayList<>();
    int from = 0;
    for (int[] basket : baskets) {
      shuffled.add(Arrays.copyOfRange(items, from, from + basket.length));
      from += basket.length;
    }
    return shuffled;
  }

  /** The rules found in each run. */
  private static List<List<AssociationRule>> mined(List<List<int[]>> runs) {
    List<int[]> all = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      for (int[] basket : runs.get(run)) {
        int first = ITEMS * run;
        all.add(Arrays.stream(basket).map(item -> first + item).toArray());
      }
    }
    Dataset<Row> rows = BasketRows.packed(all, PackedBasket.COLUMN, PackedBasket::pack).cache();
    Itemsets sets =
        new CountedItemsets(SETTINGS.maxLength(), 1_000_000, UnaryOperator.identity())
            .find(rows, SETTINGS.minBasketsOf(runs.get(0).size()));
    Map<Itemset, Long> basketSizes =
        MinedRules.counts(rows, List.copyOf(sets.baskets().keySet()), CountedKeys::basketSizes);
    List<List<AssociationRule>> rules = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      long places =
          runs.get(run).stream().mapToLong(b -> PackedBasket.pack(b).length / Integer.BYTES).sum();
      RuleSearch search = new RuleSearch(runs.get(run).size(), places, SETTINGS);
      Itemsets own = ofRun(sets.baskets(), run, sets.minBaskets());
      rules.add(search.found(search.candidates(own), own, ofRun(basketSizes, run, 0).baskets()));
    }
    return rules;
  }

  /** The sets of one run, with its items as they were. */
  private static Itemsets ofRun(Map<Itemset, Long> sets, int run, long minBaskets) {
    Map<Itemset, Long> own = new HashMap<>();
    sets.forEach(
        (set, count) -> {
          if (set.item(0) / ITEMS == run) {
            own.put(
                Itemset.of(
                    IntStream.range(0, set.size()).map(p -> set.item(p) - ITEMS * run).toArray()),
                count);
          }
        });
    return new Itemsets(minBaskets, own);
  }
}
