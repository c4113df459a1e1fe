package crm.models.marketing.rules;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import crm.models.marketing.itemsets.BasketCounts;
import crm.models.marketing.itemsets.CountedKeys;
import crm.models.marketing.itemsets.PackedBasket;
import crm.warehouse.Inputs;
import crm.warehouse.Table;
import crm.warehouse.tables.SalesTables;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
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
 * Orders as baskets of items: products, or their categories. A basket is an order that is not
 * cancelled, whoever placed it. The list of all items, and how many baskets there are per day, come
 * to the driver; baskets do not.
 *
 * @param items every item there is; its place is its code, in the order of source and id
 * @param rows of source, day and {@linkplain PackedBasket packed basket}
 * @param days baskets per source and day
 */
record Baskets(List<Item> items, Dataset<Row> rows, List<Day> days) {
  private static final String DAY = "ordered_on";

  private static final StructType ROWS =
      new StructType()
          .add(Table.SOURCE, DataTypes.StringType)
          .add(DAY, DataTypes.DateType)
          .add(PackedBasket.COLUMN, DataTypes.BinaryType);

  /**
   * What a basket may hold.
   *
   * @param name as people know it; the id where there is none
   * @param category null if there is none
   */
  record Item(String source, String id, String name, String category) implements Serializable {}

  /**
   * @param baskets that count
   * @param places items of these baskets together
   * @param leftOut baskets with more items than allowed
   */
  record Day(String source, LocalDate date, long baskets, long places, long leftOut) {}

  /** The baskets of products in the window up to the date. */
  static Baskets ofProducts(Inputs in, AssociationRuleSettings settings, LocalDate date) {
    List<Item> items = products(in);
    Column counted = col("status").equalTo("placed");
    if (settings.windowDays() > 0) {
      counted = counted.and(col(DAY).gt(lit(date.minusDays(settings.windowDays()))));
    }
    Dataset<Row> orders =
        in.get(SalesTables.ORDERS).where(counted).select(Table.SOURCE, "order_id", DAY);
    Dataset<Row> bought =
        in.get(SalesTables.ORDER_LINES)
            .join(broadcast(codes(in, items)), new String[] {Table.SOURCE, "product_id"}, "inner")
            .select(Table.SOURCE, "order_id", "code");
    int most = settings.maxBasketItems();
    MapFunction<Row, Row> packed =
        order -> {
          int[] codes = order.<Integer>getList(2).stream().mapToInt(Integer::intValue).toArray();
          return RowFactory.create(
              order.get(0), order.get(1), codes.length > most ? null : PackedBasket.pack(codes));
        };
    Dataset<Row> rows =
        bought
            .join(orders, new String[] {Table.SOURCE, "order_id"}, "inner")
            .groupBy(Table.SOURCE, "order_id", DAY)
            .agg(collect_set("code").as("codes"))
            .select(Table.SOURCE, DAY, "codes")
            .map(packed, Encoders.row(ROWS));
    return of(items, in.once(rows));
  }

  /** The same baskets of categories; products without one are left out. */
  Baskets ofCategories(Inputs in) {
    TreeMap<Item, Integer> codes =
        new TreeMap<>(Comparator.comparing(Item::source).thenComparing(Item::id));
    for (Item item : items) {
      if (item.category() != null) {
        codes.put(new Item(item.source(), item.category(), item.category(), null), 0);
      }
    }
    List<Item> categories = List.copyOf(codes.keySet());
    for (int code = 0; code < categories.size(); code++) {
      codes.put(categories.get(code), code);
    }
    int none = -1;
    int[] categoryOf =
        items.stream()
            .mapToInt(
                item ->
                    item.category() == null
                        ? none
                        : codes.get(
                            new Item(item.source(), item.category(), item.category(), null)))
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
        in.once(
            rows.where(col(PackedBasket.COLUMN).isNotNull())
                .map(mapped, Encoders.row(ROWS))
                .where(octet_length(col(PackedBasket.COLUMN)).gt(0))));
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

  /** What is counted over. */
  Dataset<Row> packed() {
    return rows.where(col(PackedBasket.COLUMN).isNotNull()).select(PackedBasket.COLUMN);
  }

  /** Per item, in how many baskets it is. */
  long[] inBaskets() {
    long[] counts = new long[items.size()];
    BasketCounts.of(packed(), CountedKeys.items(), 1)
        .collectAsList()
        .forEach(item -> counts[(int) item.getLong(0)] = item.getLong(1));
    return counts;
  }

  long size() {
    return days.stream().mapToLong(Day::baskets).sum();
  }

  long places() {
    return days.stream().mapToLong(Day::places).sum();
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

  private static List<Item> products(Inputs in) {
    Dataset<Row> known =
        in.get(SalesTables.PRODUCTS).select(Table.SOURCE, "product_id", "name", "category");
    return in
        .get(SalesTables.ORDER_LINES)
        .where(col("product_id").isNotNull())
        .select(Table.SOURCE, "product_id")
        .distinct()
        .join(known, new String[] {Table.SOURCE, "product_id"}, "left")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Item(
                    row.getString(0),
                    row.getString(1),
                    Objects.requireNonNullElse(row.getString(2), row.getString(1)),
                    row.getString(3)))
        .sorted(Comparator.comparing(Item::source).thenComparing(Item::id))
        .toList();
  }

  private static Dataset<Row> codes(Inputs in, List<Item> items) {
    List<Row> codes = new ArrayList<>();
    for (Item item : items) {
      codes.add(RowFactory.create(item.source(), item.id(), codes.size()));
    }
    return in.get(SalesTables.ORDER_LINES)
        .sparkSession()
        .createDataFrame(
            codes,
            new StructType()
                .add(Table.SOURCE, DataTypes.StringType)
                .add("product_id", DataTypes.StringType)
                .add("code", DataTypes.IntegerType));
  }
}
