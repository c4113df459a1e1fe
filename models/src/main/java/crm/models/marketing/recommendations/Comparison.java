package crm.models.marketing.recommendations;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.learning.itemsets.PackedBasket;
import crm.learning.recommending.Histories;
import crm.learning.recommending.History;
import crm.learning.recommending.Method;
import crm.learning.recommending.Popularity;
import crm.learning.recommending.Purchases;
import crm.learning.recommending.RecommendationSettings;
import crm.learning.recommending.Recommender;
import crm.learning.recommending.Shortlists;
import crm.warehouse.Table;
import crm.warehouse.job.CollectsAggregates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * How well each method predicts the purchases of the last days from those before, over all
 * customers with both and all products bought before: no sample, which can turn the order of
 * methods around (Krichene and Rendle 2020). A row per method comes to the driver.
 *
 * @param quality of each method that was tested; empty where customers were too few
 */
@CollectsAggregates("a row per method")
record Comparison(Map<Method, Quality> quality) {
  /** Places of a list that are looked at. */
  static final int PLACES = 10;

  /** Qualities are summed as whole numbers, which is the same in any order. */
  private static final double UNIT = 1L << 30;

  private static final StructType SUMS =
      StructType.fromDDL(
          "method STRING, customers BIGINT, ndcg BIGINT, precision BIGINT, " + "hits BIGINT");

  /** Means over customers. */
  record Quality(long customers, double ndcg, double precision, double hitRate) {}

  static final Comparison NONE = new Comparison(Map.of());

  static Comparison of(Purchases purchases, LocalDate lastKnown, RecommendationSettings settings) {
    Histories known = Histories.of(purchases.upTo(lastKnown));
    Dataset<Row> then =
        Histories.of(purchases.after(lastKnown))
            .rows()
            .select(
                col(Table.SOURCE), col("customer_id"), col(PackedBasket.COLUMN).as("bought_then"));
    Dataset<Row> customers =
        known.cached(known.rows().join(then, new String[] {Table.SOURCE, "customer_id"}, "inner"));
    if (customers.agg(count(lit(1))).head().getLong(0) < settings.minCustomers()) {
      return NONE;
    }
    TreeSet<Method> methods = new TreeSet<>(settings.methods());
    methods.add(Method.POPULARITY);
    if (!settings.repeats()) {
      methods.remove(Method.OWN_MOST_BOUGHT);
    }
    List<Recommender> recommenders =
        methods.stream().map(method -> method.fitted(known, settings)).toList();
    Broadcast<List<Recommender>> fitted = known.shared(List.copyOf(recommenders));
    Broadcast<Popularity> popularity = known.shared(known.popularity());
    boolean repeats = settings.repeats();
    MapPartitionsFunction<Row, Row> tested =
        rows -> tested(rows, fitted.value(), popularity.value(), repeats);
    Map<Method, Quality> quality = new EnumMap<>(Method.class);
    customers
        .select(Table.SOURCE, PackedBasket.COLUMN, Histories.ORDERS, "bought_then")
        .mapPartitions(tested, Encoders.row(SUMS))
        .groupBy("method")
        .agg(sum("customers"), sum("ndcg"), sum("precision"), sum("hits"))
        .collectAsList()
        .forEach(row -> quality.put(Method.valueOf(row.getString(0)), mean(row)));
    return quality.values().stream().allMatch(q -> q.customers() >= settings.minCustomers())
        ? new Comparison(quality)
        : NONE;
  }

  /** The method that predicts best; popularity where nothing was tested. */
  Method best() {
    Method best = Method.POPULARITY;
    for (Method method : quality.keySet()) {
      if (quality.get(method).ndcg() > quality.get(best).ndcg()) {
        best = method;
      }
    }
    return best;
  }

  private static Quality mean(Row sums) {
    double customers = (double) sums.getLong(1);
    return new Quality(
        sums.getLong(1),
        sums.getLong(2) / UNIT / customers,
        sums.getLong(3) / UNIT / customers,
        sums.getLong(4) / customers);
  }

  /** Sums the quality of each method over some customers. */
  private static Iterator<Row> tested(
      Iterator<Row> customers,
      List<Recommender> recommenders,
      Popularity popularity,
      boolean repeats) {
    List<Shortlists> shortlists =
        recommenders.stream().map(by -> new Shortlists(by, popularity, PLACES, repeats)).toList();
    long[][] sums = new long[recommenders.size()][4];
    while (customers.hasNext()) {
      Row customer = customers.next();
      History history = History.unpack(customer.getAs(1), customer.getAs(2));
      int[] relevant =
          Arrays.stream(PackedBasket.unpack(customer.getAs(3)))
              .filter(product -> popularity.customers()[product] > 0)
              .filter(product -> repeats || !history.has(product))
              .toArray();
      if (relevant.length > 0) {
        for (int method = 0; method < sums.length; method++) {
          RankingQuality reached =
              quality(shortlists.get(method).recommend(customer.getString(0), history), relevant);
          sums[method][0]++;
          sums[method][1] += Math.round(reached.ndcg() * UNIT);
          sums[method][2] += Math.round(reached.precision() * UNIT);
          sums[method][3] += reached.hit();
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int method = 0; method < sums.length; method++) {
      if (sums[method][0] > 0) {
        rows.add(
            RowFactory.create(
                recommenders.get(method).method().name(),
                sums[method][0],
                sums[method][1],
                sums[method][2],
                sums[method][3]));
      }
    }
    return rows.iterator();
  }

  private static RankingQuality quality(List<Shortlists.Recommended> list, int[] relevant) {
    boolean[] isRelevant = new boolean[list.size()];
    for (int place = 0; place < isRelevant.length; place++) {
      isRelevant[place] = Arrays.binarySearch(relevant, list.get(place).product()) >= 0;
    }
    return RankingQuality.of(isRelevant, relevant.length, PLACES);
  }
}
