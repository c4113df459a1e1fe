package crm.models.marketing.rules;

import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_PAIRS;

import crm.learning.itemsets.BasketCounts;
import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.CountedKeys;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** All pairs of products that enough baskets hold; they stay where they were counted. */
final class ProductPairs {
  private ProductPairs() {}

  /**
   * Counts pairs of products. A row is a pair, as {@code curated.product_pairs} declares it.
   *
   * @param inBaskets per product, in how many baskets it is
   * @param minBaskets number of baskets that makes a pair
   */
  static Dataset<Row> rows(Baskets baskets, long[] inBaskets, long minBaskets, String modelRunId) {
    BitSet enough = new BitSet();
    for (int code = 0; code < inBaskets.length; code++) {
      enough.set(code, inBaskets[code] >= minBaskets);
    }
    Map<String, Long> ofSource = new HashMap<>();
    baskets.sources().forEach(source -> ofSource.put(source, baskets.of(source).size()));
    Broadcast<List<Catalogue.Item>> items = shared(baskets, baskets.items());
    Broadcast<long[]> counts = shared(baskets, inBaskets);
    MapFunction<Row, Row> named =
        pair -> {
          int a = CountedKeys.firstOf(pair.getLong(0));
          int b = CountedKeys.secondOf(pair.getLong(0));
          Catalogue.Item first = items.value().get(a);
          RuleCounts measured =
              new RuleCounts(
                  ofSource.get(first.source()),
                  counts.value()[a],
                  counts.value()[b],
                  pair.getLong(1));
          return RowFactory.create(
              first.source(),
              first.id(),
              items.value().get(b).id(),
              measured.left(),
              measured.right(),
              measured.both(),
              measured.lift().getAsDouble(),
              measured.jaccard().getAsDouble(),
              modelRunId);
        };
    return BasketCounts.count(baskets.packed(), CountedKeys.pairsOf(enough), minBaskets)
        .map(named, Encoders.row(PRODUCT_PAIRS.declaredSchema()));
  }

  private static <T> Broadcast<T> shared(Baskets baskets, T value) {
    return JavaSparkContext.fromSparkContext(baskets.rows().sparkSession().sparkContext())
        .broadcast(value);
  }
}
