package crm.learning.recommending;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.row_number;

import crm.learning.itemsets.BasketCounts;
import crm.learning.itemsets.CountedKeys;
import crm.learning.itemsets.PackedBasket;
import crm.warehouse.job.CollectsAggregates;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * Item-item: products bought by the same customers. How alike two are is the share of the customers
 * with either who have both (Jaccard), drawn to zero where they are few:
 *
 * <pre>both / (a + b - both + shrinkage)</pre>
 *
 * <p>A product that the customer has scores its orders, more if its buyers tend to buy it again;
 * any other the mean over the customer's products of how alike they are.
 *
 * <p>Pairs of products are counted where they are; the nearest of each product come to the driver.
 */
@CollectsAggregates("the nearest of each product")
final class Neighbours implements Recommender {
  private final int[][] products;
  private final double[][] similarities;
  private final double[] rebuyRates;

  /**
   * @param products of each product the codes of the nearest, the nearest first
   * @param similarities of each product to them
   * @param rebuyRates share of the buyers of each product who ordered it more than once
   */
  Neighbours(int[][] products, double[][] similarities, double[] rebuyRates) {
    this.products = products;
    this.similarities = similarities;
    this.rebuyRates = rebuyRates;
  }

  /** What fewer customers have says nearly nothing of others, and most pairs are of few. */
  private static final int MIN_BASKETS_TOGETHER = 5;

  private static final StructType SIMILAR =
      StructType.fromDDL("product INT, neighbour INT, similarity DOUBLE");

  static Neighbours of(Histories histories, RecommendationSettings settings) {
    long[] customers = histories.popularity().customers();
    long[] again = histories.customersWhoOrderedAgain();
    double[] rebuyRates = new double[customers.length];
    int[][] products = new int[customers.length][];
    double[][] similarities = new double[customers.length][];
    List<List<Row>> nearest = nearest(similar(histories, settings), customers.length, settings);
    for (int code = 0; code < customers.length; code++) {
      rebuyRates[code] = (double) again[code] / Math.max(1, customers[code] + settings.shrinkage());
      products[code] = nearest.get(code).stream().mapToInt(row -> row.getInt(1)).toArray();
      similarities[code] =
          nearest.get(code).stream().mapToDouble(row -> row.getDouble(2)).toArray();
    }
    return new Neighbours(products, similarities, rebuyRates);
  }

  /**
   * Computes the similarity of every pair of products with enough common customers. A row is a
   * pair, seen from either product.
   */
  private static Dataset<Row> similar(Histories histories, RecommendationSettings settings) {
    BitSet all = new BitSet();
    all.set(0, histories.popularity().customers().length);
    Dataset<Row> informative =
        histories
            .rows()
            .where(
                octet_length(col(PackedBasket.COLUMN))
                    .leq(lit(Integer.BYTES * settings.maxCustomerProducts())));
    Broadcast<long[]> customers = histories.shared(histories.popularity().customers());
    int shrinkage = settings.shrinkage();
    FlatMapFunction<Row, Row> fromEitherSide =
        pair -> {
          int a = CountedKeys.firstOf(pair.getLong(0));
          int b = CountedKeys.secondOf(pair.getLong(0));
          long both = pair.getLong(1);
          double similarity =
              both / (double) (customers.value()[a] + customers.value()[b] - both + shrinkage);
          return List.of(RowFactory.create(a, b, similarity), RowFactory.create(b, a, similarity))
              .iterator();
        };
    return BasketCounts.count(informative, CountedKeys.pairsOf(all), MIN_BASKETS_TOGETHER)
        .flatMap(fromEitherSide, Encoders.row(SIMILAR));
  }

  private static List<List<Row>> nearest(
      Dataset<Row> similar, int products, RecommendationSettings settings) {
    List<List<Row>> nearest = new ArrayList<>();
    for (int code = 0; code < products; code++) {
      nearest.add(new ArrayList<>());
    }
    similar
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy("product")
                        .orderBy(col("similarity").desc(), col("neighbour").asc())))
        .where(col("place").leq(lit(settings.neighbours())))
        .collectAsList()
        .forEach(row -> nearest.get(row.getInt(0)).add(row));
    nearest.forEach(rows -> rows.sort(Comparator.comparingInt(row -> row.getInt(3))));
    return nearest;
  }

  @Override
  public Method method() {
    return Method.ITEM_ITEM;
  }

  @Override
  public void score(History history, Scores scores) {
    for (int place = 0; place < history.size(); place++) {
      int own = history.products()[place];
      scores.add(own, history.orders()[place] * (1 + rebuyRates[own]));
      for (int near = 0; near < products[own].length; near++) {
        scores.add(products[own][near], similarities[own][near] / history.size());
      }
    }
  }

  @Override
  public int because(History history, int product) {
    int because = -1;
    double max = 0;
    for (int own : history.products()) {
      for (int near = 0; near < products[own].length; near++) {
        if (products[own][near] == product && similarities[own][near] > max) {
          max = similarities[own][near];
          because = own;
        }
      }
    }
    return because;
  }
}
