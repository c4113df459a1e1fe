package crm.jobs.customer;

import static crm.warehouse.tables.SalesTables.ORDERS;
import static crm.warehouse.tables.SalesTables.ORDER_LINES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.warehouse.Inputs;
import crm.warehouse.Money;
import crm.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The orders that count: not cancelled, of a customer, and with lines that amount to more than
 * zero.
 *
 * <p>Rows have a {@code sign}: 1 where they say what is so now, -1 where they say what was so as of
 * the stored state. The sum of what counts times its sign is the total where all rows are given,
 * and the change of the total where those of the touched orders are.
 */
final class CountingOrders {
  private static final String[] SIGNED_ORDER = {Table.SOURCE, "order_id", "sign"};

  private CountingOrders() {}

  /** The columns of the orders that count, and {@code gross} in whole units of money. */
  static Dataset<Row> of(Dataset<Row> orders, Dataset<Row> lines) {
    return orders
        .where(col("customer_id").isNotNull().and(col("status").notEqual("cancelled")))
        .join(unitsPerOrder(lines, "line_amount", "gross").where(col("gross").gt(0)), SIGNED_ORDER);
  }

  /** Also what came back of each order, in units: the returns that name it. */
  static Dataset<Row> withReturns(Dataset<Row> orders, Dataset<Row> lines, Dataset<Row> returns) {
    return of(orders, lines)
        .join(unitsPerOrder(returns, "amount", "returned"), SIGNED_ORDER, "left")
        .na()
        .fill(0L, new String[] {"returned"});
  }

  private static Dataset<Row> unitsPerOrder(Dataset<Row> rows, String amount, String name) {
    return rows.groupBy("source", "order_id", "sign").agg(sum(Money.units(col(amount))).as(name));
  }

  static Dataset<Row> asTheyAre(Dataset<Row> rows) {
    return rows.withColumn("sign", lit(1L));
  }

  /** The rows of the keys as they were and as they are. */
  static Dataset<Row> beforeAndNow(Inputs in, Table table, Dataset<Row> keys) {
    return in.before(table, keys)
        .withColumn("sign", lit(-1L))
        .unionByName(asTheyAre(in.get(table, keys)));
  }

  /** The orders that may count otherwise than in the stored state; some of them twice. */
  static Dataset<Row> touched(Inputs in) {
    return in.touched(ORDERS).union(in.touched(ORDER_LINES).select("source", "order_id"));
  }
}
