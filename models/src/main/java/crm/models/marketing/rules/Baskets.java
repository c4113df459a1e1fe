package crm.models.marketing.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import crm.learning.itemsets.BasketCounts;
import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.Catalogue.Item;
import crm.learning.itemsets.CountedKeys;
import crm.learning.itemsets.PackedBasket;
import crm.models.marketing.OrderedProducts;
import crm.warehouse.Table;
import crm.warehouse.job.CollectsAggregates;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.sales.RevenueOrders;
import crm.warehouse.tables.sales.SalesTables;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Orders as baskets of items: products, or their categories. A basket is an {@linkplain
 * RevenueOrders order that counts}, whoever placed it. The list of all items, and how many baskets
 * there are per day, come to the driver; baskets do not.
 *
 * @param items every item there is; its place is its code, in the order of source and id
 * @param rows of source, day and {@linkplain PackedBasket packed basket}
 * @param days baskets per source and day
 */
@CollectsAggregates("the items, and a count per day")
record Baskets(List<Item> items, Dataset<Row> rows, List<Day> days) {
  private static final String DAY = "ordered_on";

  private static final StructType ROWS =
      new StructType()
          .add(Table.SOURCE, DataTypes.StringType)
          .add(DAY, DataTypes.DateType)
          .add(PackedBasket.COLUMN, DataTypes.BinaryType);

  /**
   * @param baskets that count
   * @param totalItems items of these baskets together
   * @param leftOut baskets with more items than allowed
   */
  record Day(String source, LocalDate date, long baskets, long totalItems, long leftOut) {}

  /** The baskets of products in the window up to the date. */
  static Baskets ofProducts(Inputs in, AssociationRuleSettings settings, LocalDate date) {
    Catalogue products = OrderedProducts.catalogue(in);
    Dataset<Row> orders = in.get(SalesTables.ORDERS);
    if (settings.windowDays() > 0) {
      orders = orders.where(col(DAY).gt(lit(date.minusDays(settings.windowDays()))));
    }
    Dataset<Row> bought =
        products.coded(RevenueOrders.lines(orders, in.get(SalesTables.ORDER_LINES)));
    int max = settings.maxBasketItems();
    MapFunction<Row, Row> packed =
        order -> {
          int[] codes = order.<Integer>getList(2).stream().mapToInt(Integer::intValue).toArray();
          return RowFactory.create(
              order.get(0), order.get(1), codes.length > max ? null : PackedBasket.pack(codes));
        };
    Dataset<Row> rows =
        bought
            .groupBy(Table.SOURCE, "order_id", DAY)
            .agg(collect_set(Catalogue.CODE).as("codes"))
            .select(Table.SOURCE, DAY, "codes")
            .map(packed, Encoders.row(ROWS));
    return of(products.items(), in.cached(rows));
  }

  /** The same baskets of categories; products without one are left out. */
  Baskets ofCategories(Inputs in) {
    List<Item> categories =
        new Catalogue(
                items.stream()
                    .filter(item -> item.category() != null)
                    .map(Baskets::category)
                    .distinct()
                    .toList())
            .items();
    Map<Item, Integer> codes = new HashMap<>();
    for (int code = 0; code < categories.size(); code++) {
      codes.put(categories.get(code), code);
    }
    int none = -1;
    int[] categoryOf =
        items.stream()
            .mapToInt(item -> item.category() == null ? none : codes.get(category(item)))
            .toArray();
    Broadcast<int[]> shared =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(categoryOf);
    MapFunction<Row, Row> mapped =
        row ->
            RowFactory.create(
                row.get(0),
                row.get(1),
                PackedBasket.pack(
                    Arrays.stream(PackedBasket.unpack(row.getAs(2)))
                        .map(product -> shared.value()[product])
                        .filter(category -> category != none)
                        .toArray()));
    return of(
        categories,
        in.cached(
            rows.where(col(PackedBasket.COLUMN).isNotNull())
                .map(mapped, Encoders.row(ROWS))
                .where(octet_length(col(PackedBasket.COLUMN)).gt(0))));
  }

  private static Item category(Item product) {
    return new Item(product.source(), product.category(), product.category(), null);
  }

  /** The sources, sorted. */
  List<String> sources() {
    return List.copyOf(new TreeSet<>(days.stream().map(Day::source).toList()));
  }

  /** The baskets of one source. */
  Baskets of(String source) {
    return new Baskets(
        items,
        rows.where(col(Table.SOURCE).equalTo(source)),
        days.stream().filter(day -> day.source().equals(source)).toList());
  }

  /** The baskets up to and with the day. */
  Baskets upTo(LocalDate last) {
    return new Baskets(
        items,
        rows.where(col(DAY).leq(lit(last))),
        days.stream().filter(day -> !day.date().isAfter(last)).toList());
  }

  /** The baskets after the day. */
  Baskets after(LocalDate last) {
    return new Baskets(
        items,
        rows.where(col(DAY).gt(lit(last))),
        days.stream().filter(day -> day.date().isAfter(last)).toList());
  }

  /** Selects the packed baskets to count over. A row is a basket. */
  Dataset<Row> packed() {
    return rows.where(col(PackedBasket.COLUMN).isNotNull()).select(PackedBasket.COLUMN);
  }

  /** Per item, in how many baskets it is. */
  long[] inBaskets() {
    long[] counts = new long[items.size()];
    BasketCounts.count(packed(), CountedKeys.items(), 1)
        .collectAsList()
        .forEach(item -> counts[(int) item.getLong(0)] = item.getLong(1));
    return counts;
  }

  long size() {
    return days.stream().mapToLong(Day::baskets).sum();
  }

  long totalItems() {
    return days.stream().mapToLong(Day::totalItems).sum();
  }

  long leftOut() {
    return days.stream().mapToLong(Day::leftOut).sum();
  }

  private static Baskets of(List<Item> items, Dataset<Row> rows) {
    Column bytes = octet_length(col(PackedBasket.COLUMN)).cast("bigint");
    List<Day> days =
        rows
            .groupBy(Table.SOURCE, DAY)
            .agg(
                count(PackedBasket.COLUMN).as("baskets"),
                sum(bytes).as("bytes"),
                count(lit(1)).as("orders"))
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Day(
                        row.getString(0),
                        row.getDate(1).toLocalDate(),
                        row.getLong(2),
                        row.isNullAt(3) ? 0 : row.getLong(3) / Integer.BYTES,
                        row.getLong(4) - row.getLong(2)))
            .sorted(Comparator.comparing(Day::source).thenComparing(Day::date))
            .toList();
    return new Baskets(items, rows, days);
  }
}
