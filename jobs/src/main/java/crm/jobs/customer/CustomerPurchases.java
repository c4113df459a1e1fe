package crm.jobs.customer;

import static crm.jobs.customer.CountingOrders.changes;
import static crm.jobs.customer.CountingOrders.inserts;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Outputs;
import crm.warehouse.job.StateJob;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Running totals of what each customer bought and returned.
 *
 * <p>Everything is derived from <em>moves</em>: one row per {@linkplain CountingOrders order that
 * counts} or return, with {@code sign} 1 where it counts now and -1 where it no longer counts as it
 * did. The full recompute adds up all moves; the day's step adds the moves of the orders that
 * changed to the stored totals, and recomputes only those customers whose first or last order was
 * taken away.
 */
public record CustomerPurchases() implements StateJob {
  private static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};
  private static final Column NO_ORDER = lit(null).cast("date");

  @Override
  public String name() {
    return "customer_purchases";
  }

  @Override
  public String version() {
    return "2";
  }

  @Override
  public List<Table> reads() {
    return List.of(ORDERS, ORDER_LINES, ORDER_RETURNS, CUSTOMER_PURCHASES);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_PURCHASES);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    Dataset<Row> deltas =
        orderDeltas(inserts(in.get(ORDERS)), inserts(in.get(ORDER_LINES)))
            .unionByName(returnDeltas(in.get(ORDER_RETURNS)));
    return Outputs.of(CUSTOMER_PURCHASES, totals(deltas).where(not(nothing())));
  }

  @Override
  public Outputs advance(Inputs in, LocalDate logicalDate) {
    Dataset<Row> orders = in.cached(CountingOrders.changedOrders(in).distinct());
    Dataset<Row> changed =
        in.cached(
            totals(
                orderDeltas(changes(in, ORDERS, orders), changes(in, ORDER_LINES, orders))
                    .unionByName(
                        returnDeltas(
                            in.get(ORDER_RETURNS, in.cached(in.changedKeys(ORDER_RETURNS))))),
                min(when(col("sign").equalTo(-1), col("ordered_on"))).as("first_removed_on"),
                max(when(col("sign").equalTo(-1), col("ordered_on"))).as("last_removed_on")));
    Dataset<Row> before =
        in.asOfState(CUSTOMER_PURCHASES, changed.select("source", "customer_id"))
            .withColumnsRenamed(
                Map.of(
                    "first_order_on", "first_before",
                    "last_order_on", "last_before",
                    "orders", "orders_before",
                    "gross_amount", "gross_before",
                    "returned_amount", "returned_before"));
    Dataset<Row> stepped =
        in.cached(
            changed
                .join(before, CUSTOMER, "left")
                .withColumn(
                    "extreme_retracted",
                    coalesce(
                        col("first_removed_on")
                            .leq(col("first_before"))
                            .or(col("last_removed_on").geq(col("last_before"))),
                        lit(false))));
    Dataset<Row> added =
        stepped
            .where(col("extreme_retracted").equalTo(false))
            .select(
                col("source"),
                col("customer_id"),
                least(col("first_order_on"), col("first_before")).as("first_order_on"),
                greatest(col("last_order_on"), col("last_before")).as("last_order_on"),
                plus("orders", "orders_before"),
                plus("gross_amount", "gross_before").cast(Money.AMOUNT).as("gross_amount"),
                plus("returned_amount", "returned_before")
                    .cast(Money.AMOUNT)
                    .as("returned_amount"));
    Dataset<Row> retracted =
        stepped.where(col("extreme_retracted")).select("source", "customer_id");
    Dataset<Row> known = retracted.isEmpty() ? added : added.unionByName(recomputed(in, retracted));
    return Outputs.of(CUSTOMER_PURCHASES, known.withColumn(Table.IS_DELETED, nothing()));
  }

  /**
   * Recomputes the totals of some customers from all their rows. A row is a customer; its totals
   * are zero where no order or return is left.
   */
  private static Dataset<Row> recomputed(Inputs in, Dataset<Row> customers) {
    Dataset<Row> orders = in.cached(in.get(ORDERS, customers));
    Dataset<Row> lines = in.get(ORDER_LINES, orders.select("source", "order_id"));
    return totals(
        orderDeltas(inserts(orders), inserts(lines))
            .unionByName(returnDeltas(in.get(ORDER_RETURNS, customers)))
            .unionByName(inserts(customers).select(delta(NO_ORDER, lit(0L), lit(0L)))));
  }

  /** Customers whose orders and returns come to nothing have no state. */
  private static Column nothing() {
    return col("orders")
        .equalTo(0)
        .and(col("gross_amount").equalTo(0))
        .and(col("returned_amount").equalTo(0));
  }

  /**
   * @return one row per customer: the columns of the state and whatever else is asked for
   */
  private static Dataset<Row> totals(Dataset<Row> deltas, Column... more) {
    List<Column> sums =
        new ArrayList<>(
            List.of(
                min(when(col("sign").equalTo(1), col("ordered_on"))).as("first_order_on"),
                max(when(col("sign").equalTo(1), col("ordered_on"))).as("last_order_on"),
                coalesce(sum(when(col("ordered_on").isNotNull(), col("sign"))), lit(0L))
                    .as("orders"),
                Money.amount(sum(col("sign").multiply(col("gross")))).as("gross_amount"),
                Money.amount(sum(col("sign").multiply(col("returned")))).as("returned_amount")));
    sums.addAll(List.of(more));
    return deltas
        .groupBy("source", "customer_id")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /**
   * Computes what orders add to the totals. A row is an order: customer, {@code ordered_on}, {@code
   * gross} in units of money, and {@code sign}.
   */
  private static Dataset<Row> orderDeltas(Dataset<Row> orders, Dataset<Row> lines) {
    return CountingOrders.withGross(orders, lines)
        .select(delta(col("ordered_on"), col("gross"), lit(0L)));
  }

  /**
   * Computes what returns add to the totals. A row is a return: customer and amount, in units of
   * money.
   */
  private static Dataset<Row> returnDeltas(Dataset<Row> returns) {
    return inserts(returns.where(col("customer_id").isNotNull()))
        .select(delta(NO_ORDER, lit(0L), Money.units(col("amount"))));
  }

  private static Column[] delta(Column orderedOn, Column gross, Column returned) {
    return new Column[] {
      col("source"),
      col("customer_id"),
      orderedOn.as("ordered_on"),
      gross.as("gross"),
      returned.as("returned"),
      col("sign")
    };
  }

  private static Column plus(String change, String before) {
    return col(change).plus(coalesce(col(before), lit(0L))).as(change);
  }
}
