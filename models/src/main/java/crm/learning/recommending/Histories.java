package crm.learning.recommending;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import crm.learning.itemsets.BasketCounts;
import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.CountedKeys;
import crm.learning.itemsets.PackedBasket;
import crm.warehouse.Table;
import crm.warehouse.job.CollectsAggregates;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What each customer has bought. How many customers bought each product comes to the driver,
 * customers do not.
 *
 * @param bought rows of source, customer_id, code and orders
 * @param rows the same as one row per customer: source, customer_id, packed products, packed {@link
 *     #ORDERS} and the packed products that the customer ordered {@link #AGAIN}
 */
@CollectsAggregates("a count per product")
public record Histories(
    Catalogue products,
    Dataset<Row> bought,
    Dataset<Row> rows,
    Popularity popularity,
    UnaryOperator<Dataset<Row>> computedOnce) {
  public static final String ORDERS = "orders";
  static final String AGAIN = "again";

  private static final StructType ROWS =
      new StructType()
          .add(Table.SOURCE, DataTypes.StringType)
          .add("customer_id", DataTypes.StringType)
          .add(PackedBasket.COLUMN, DataTypes.BinaryType)
          .add(ORDERS, DataTypes.BinaryType)
          .add(AGAIN, DataTypes.BinaryType);

  public static Histories of(Purchases purchases) {
    Dataset<Row> bought =
        purchases
            .rows()
            .groupBy(Table.SOURCE, "customer_id", Catalogue.CODE)
            .agg(sum("orders").cast(DataTypes.IntegerType).as("orders"));
    MapFunction<Row, Row> packed = Histories::packed;
    Dataset<Row> rows =
        purchases
            .cache()
            .apply(
                bought
                    .groupBy(Table.SOURCE, "customer_id")
                    .agg(collect_list(struct(Catalogue.CODE, "orders")))
                    .map(packed, Encoders.row(ROWS)));
    return new Histories(
        purchases.products(),
        bought,
        rows,
        Popularity.of(
            purchases.products(), counts(rows, PackedBasket.COLUMN, purchases.products())),
        purchases.cache());
  }

  /** Per product, how many customers ordered it more than once. */
  long[] customersWhoOrderedAgain() {
    return counts(rows, AGAIN, products);
  }

  public Dataset<Row> cached(Dataset<Row> rows) {
    return computedOnce.apply(rows);
  }

  public <T> Broadcast<T> shared(T value) {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(value);
  }

  private static long[] counts(Dataset<Row> rows, String column, Catalogue products) {
    long[] counts = new long[products.items().size()];
    BasketCounts.count(rows.select(col(column).as(PackedBasket.COLUMN)), CountedKeys.items(), 1)
        .collectAsList()
        .forEach(product -> counts[(int) product.getLong(0)] = product.getLong(1));
    return counts;
  }

  private static Row packed(Row customer) {
    List<Row> bought =
        customer.<Row>getList(2).stream()
            .sorted(Comparator.comparingInt(product -> product.getInt(0)))
            .toList();
    return RowFactory.create(
        customer.get(0),
        customer.get(1),
        PackedBasket.pack(bought.stream().mapToInt(product -> product.getInt(0)).toArray()),
        History.pack(bought.stream().mapToInt(product -> product.getInt(1)).toArray()),
        PackedBasket.pack(
            bought.stream()
                .filter(product -> product.getInt(1) > 1)
                .mapToInt(product -> product.getInt(0))
                .toArray()));
  }
}
