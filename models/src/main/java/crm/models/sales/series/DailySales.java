package crm.models.sales.series;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.CollectsAggregates;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.sales.RevenueOrders;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was sold per day: in total, and of each category, product, country and channel. {@linkplain
 * RevenueOrders Orders that count} do on their day; returns count on the day they came back.
 *
 * <p>What comes to the driver is the days on which each source recorded anything.
 */
@CollectsAggregates("the days of each source")
public final class DailySales {
  private DailySales() {}

  /**
   * Reads daily sales. A row is a series, {@code source, level, series_id, parent_id}, with its
   * {@code days}: an array of {@code (day, gross, returned, quantity)}, the day as its number since
   * 1970 and amounts in units of money.
   *
   * @param since the first day that is looked at
   */
  public static Dataset<Row> read(Inputs in, LocalDate since) {
    Dataset<Row> orders = withCountry(in, in.get(ORDERS).where(col("ordered_on").geq(lit(since))));
    Dataset<Row> sold =
        RevenueOrders.lines(orders, in.get(ORDER_LINES))
            .select(
                facts(
                    col("ordered_on"), Money.units(col("line_amount")), lit(0L), col("quantity")));
    Dataset<Row> known =
        in.get(ORDERS)
            .select(
                col(Table.SOURCE),
                col("order_id"),
                col("channel"),
                col("customer_id").as("ordered_by"));
    Dataset<Row> back =
        withCountry(
                in,
                in.get(ORDER_RETURNS)
                    .where(col("returned_on").geq(lit(since)))
                    .join(known, new String[] {Table.SOURCE, "order_id"}, "left")
                    .withColumn("customer_id", coalesce(col("customer_id"), col("ordered_by"))))
            .select(facts(col("returned_on"), lit(0L), Money.units(col("amount")), lit(0L)));
    Dataset<Row> categories = in.get(PRODUCTS).select(Table.SOURCE, "product_id", "category");
    Dataset<Row> daily =
        summed(sold.unionByName(back), "product_id", "country", "channel")
            .join(categories, new String[] {Table.SOURCE, "product_id"}, "left")
            .withColumn("category", named("category"))
            .withColumn("node", explode(nodes()))
            .select("source", "node.*", "day", "gross", "returned", "quantity");
    return summed(daily, "level", "series_id", "parent_id")
        .groupBy("source", "level", "series_id", "parent_id")
        .agg(collect_list(struct("day", "gross", "returned", "quantity")).as("days"));
  }

  private static Dataset<Row> withCountry(Inputs in, Dataset<Row> orders) {
    return orders.join(
        in.get(CUSTOMERS).select(Table.SOURCE, "customer_id", "country"),
        new String[] {Table.SOURCE, "customer_id"},
        "left");
  }

  private static Column[] facts(Column day, Column gross, Column returned, Column quantity) {
    return new Column[] {
      col(Table.SOURCE),
      unix_date(day).as("day"),
      named("product_id"),
      named("country"),
      named("channel"),
      gross.as("gross"),
      returned.as("returned"),
      quantity.as("quantity")
    };
  }

  private static Column named(String column) {
    return coalesce(col(column), lit(Level.UNKNOWN)).as(column);
  }

  private static Dataset<Row> summed(Dataset<Row> facts, String... by) {
    Column[] keys = new Column[by.length + 2];
    keys[0] = col(Table.SOURCE);
    keys[1] = col("day");
    for (int i = 0; i < by.length; i++) {
      keys[i + 2] = col(by[i]);
    }
    return facts
        .groupBy(keys)
        .agg(
            sum("gross").as("gross"),
            sum("returned").as("returned"),
            sum("quantity").as("quantity"));
  }

  private static Column nodes() {
    Column all = lit(Level.ALL);
    return array(
        node(Level.TOTAL, all, lit(null).cast("string")),
        node(Level.CATEGORY, col("category"), all),
        node(Level.PRODUCT, col("product_id"), col("category")),
        node(Level.COUNTRY, col("country"), all),
        node(Level.CHANNEL, col("channel"), all));
  }

  private static Column node(Level level, Column id, Column parent) {
    return struct(lit(level.label()).as("level"), id.as("series_id"), parent.as("parent_id"));
  }

  /** The days each source has delivered. */
  public static Map<String, DeliveredDays> delivered(
      Inputs in, SalesForecastSettings settings, LocalDate logicalDate) {
    Map<String, NavigableSet<LocalDate>> recorded = new TreeMap<>();
    in.get(ORDERS)
        .select(col(Table.SOURCE), col("ordered_on").as("day"))
        .union(in.get(ORDER_RETURNS).select(col(Table.SOURCE), col("returned_on")))
        .where(col("day").geq(lit(settings.since(logicalDate))))
        .distinct()
        .collectAsList()
        .forEach(
            row ->
                recorded
                    .computeIfAbsent(row.getString(0), source -> new TreeSet<>())
                    .add(row.getDate(1).toLocalDate()));
    Map<String, DeliveredDays> delivered = new TreeMap<>();
    recorded.forEach(
        (source, days) ->
            delivered.put(source, DeliveredDays.of(days, settings.longestClosedDays())));
    return delivered;
  }
}
