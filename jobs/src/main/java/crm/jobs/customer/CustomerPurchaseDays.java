package crm.jobs.customer;

import static crm.jobs.customer.CountingOrders.changes;
import static crm.jobs.customer.CountingOrders.inserts;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Outputs;
import crm.warehouse.job.StateJob;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days on which each customer bought, with what came back of it.
 *
 * <p>Totals of {@link CountingOrders} per customer and day: the full recompute adds up all orders,
 * the day's step adds the change of the touched orders to the stored totals. A return touches its
 * order, which may come later than the return.
 */
public record CustomerPurchaseDays() implements StateJob {
  @Override
  public String name() {
    return "customer_purchase_days";
  }

  @Override
  public String version() {
    return "2";
  }

  @Override
  public List<Table> reads() {
    return List.of(ORDERS, ORDER_LINES, ORDER_RETURNS, CUSTOMER_PURCHASE_DAYS);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_PURCHASE_DAYS);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    return Outputs.of(
        CUSTOMER_PURCHASE_DAYS,
        perDay(
            CountingOrders.withReturns(
                inserts(in.get(ORDERS)),
                inserts(in.get(ORDER_LINES)),
                inserts(in.get(ORDER_RETURNS)))));
  }

  @Override
  public Outputs advance(Inputs in, LocalDate logicalDate) {
    Dataset<Row> returned =
        in.get(ORDER_RETURNS, in.cached(in.changedKeys(ORDER_RETURNS)))
            .where(col("order_id").isNotNull())
            .select("source", "order_id");
    Dataset<Row> orders = in.cached(CountingOrders.changedOrders(in).union(returned).distinct());
    Dataset<Row> change =
        in.cached(
            perDay(
                CountingOrders.withReturns(
                    changes(in, ORDERS, orders),
                    changes(in, ORDER_LINES, orders),
                    changes(in, ORDER_RETURNS, orders))));
    Dataset<Row> before =
        in.asOfState(
            CUSTOMER_PURCHASE_DAYS, change.select("source", "customer_id", "purchased_on"));
    Dataset<Row> days =
        before
            .unionByName(change)
            .groupBy("source", "customer_id", "purchased_on")
            .agg(
                sum("orders").as("orders"),
                sum("gross_amount").cast(Money.AMOUNT).as("gross_amount"),
                sum("returned_amount").cast(Money.AMOUNT).as("returned_amount"));
    return Outputs.of(
        CUSTOMER_PURCHASE_DAYS, days.withColumn(Table.IS_DELETED, col("orders").equalTo(0)));
  }

  /**
   * Sums signed orders. A row is a customer and day: the number of {@code orders}, {@code
   * gross_amount} and {@code returned_amount} in currency.
   */
  private static Dataset<Row> perDay(Dataset<Row> orders) {
    return orders
        .groupBy(col("source"), col("customer_id"), col("ordered_on").as("purchased_on"))
        .agg(
            sum("sign").as("orders"),
            signedAmount("gross").as("gross_amount"),
            signedAmount("returned").as("returned_amount"));
  }

  private static Column signedAmount(String units) {
    return Money.amount(sum(col("sign").multiply(col(units))));
  }
}
