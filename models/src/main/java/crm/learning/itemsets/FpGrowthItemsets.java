package crm.learning.itemsets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.fpm.FPGrowth;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds frequent itemsets by MLlib's parallel FP-growth (Li et al. 2008). It needs no candidates,
 * and has no bound on what it finds: each task stops at one set more than allowed, and then those
 * who know how to raise the support do it.
 *
 * @param maxLength most items of a set
 * @param maxItemsets most sets there may be; they come to the driver
 * @param whenTooMany finds those at a higher support
 */
public record FpGrowthItemsets(int maxLength, int maxItemsets, FrequentItemsets whenTooMany)
    implements FrequentItemsets {

  @Override
  public Itemsets find(Dataset<Row> baskets, long minBaskets) {
    JavaRDD<List<Integer>> items =
        baskets
            .select(PackedBasket.COLUMN)
            .javaRDD()
            .map(row -> Arrays.stream(PackedBasket.unpack(row.getAs(0))).boxed().toList())
            .cache();
    try {
      long size = items.count();
      if (size == 0) {
        return new Itemsets(minBaskets, Map.of());
      }
      List<FPGrowth.FreqItemset<Integer>> sets = frequent(items, (minBaskets - 0.5) / size);
      if (sets.size() > maxItemsets) {
        return whenTooMany.find(baskets, minBaskets);
      }
      Map<Itemset, Long> found = new HashMap<>();
      for (FPGrowth.FreqItemset<Integer> set : sets) {
        if (set.javaItems().size() <= maxLength) {
          found.put(
              Itemset.of(set.javaItems().stream().mapToInt(Integer::intValue).toArray()),
              set.freq());
        }
      }
      return new Itemsets(minBaskets, found);
    } finally {
      items.unpersist();
    }
  }

  /**
   * @param support relative, half a basket below what is wanted, since MLlib rounds it up
   * @return all, or more than allowed of them
   */
  private List<FPGrowth.FreqItemset<Integer>> frequent(
      JavaRDD<List<Integer>> items, double support) {
    int limit = maxItemsets + 1;
    return new FPGrowth()
        .setMinSupport(support)
        .setNumPartitions(items.getNumPartitions())
        .run(items)
        .freqItemsets()
        .toJavaRDD()
        .mapPartitions(
            sets ->
                StreamSupport.stream(Spliterators.spliteratorUnknownSize(sets, 0), false)
                    .limit(limit)
                    .iterator())
        .collect();
  }
}
