package crm.learning.itemsets;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way to find the sets of items that enough baskets hold. All ways find the same. */
public interface FrequentItemsets {
  /**
   * @param baskets with the column {@link PackedBasket#COLUMN}
   * @param minBaskets number of baskets that makes a set frequent, at least 1; raised where it
   *     would give too many sets
   */
  Itemsets find(Dataset<Row> baskets, long minBaskets);
}
