package crm.jobs.customer;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.sales.RevenueOrders;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The {@linkplain RevenueOrders orders that count} of a customer.
 *
 * <p>Rows have a {@code sign}: 1 where they say what is so now, -1 where they say what was so as of
 * the stored state. The sum of what counts times its sign is the total where all rows are given,
 * and the change of the total where those of the touched orders are.
 */
final class CountingOrders {
  private static final String[] SIGNED_ORDER = {Table.SOURCE, "order_id", "sign"};

  private CountingOrders() {}

  /**
   * Selects the orders of known customers that count. A row is an order with a sign, with its
   * columns and {@link RevenueOrders#GROSS}.
   */
  static Dataset<Row> withGross(Dataset<Row> orders, Dataset<Row> lines) {
    return RevenueOrders.withGross(
        orders.where(col("customer_id").isNotNull()), lines, SIGNED_ORDER);
  }

  /**
   * Selects as {@link #withGross} does, and adds what was returned of each order, in units of
   * money: the returns that name it.
   */
  static Dataset<Row> withReturns(Dataset<Row> orders, Dataset<Row> lines, Dataset<Row> returns) {
    Dataset<Row> back =
        returns
            .groupBy(Table.SOURCE, "order_id", "sign")
            .agg(sum(Money.units(col("amount"))).as("returned"));
    return withGross(orders, lines)
        .join(back, SIGNED_ORDER, "left")
        .na()
        .fill(0L, new String[] {"returned"});
  }

  /** Adds {@code sign} = 1 to rows as they are now. */
  static Dataset<Row> inserts(Dataset<Row> rows) {
    return rows.withColumn("sign", lit(1L));
  }

  /**
   * Reads the rows of the keys twice: as of the stored state with {@code sign} = -1, and as of now
   * with {@code sign} = 1.
   */
  static Dataset<Row> changes(Inputs in, Table table, Dataset<Row> keys) {
    return in.asOfState(table, keys)
        .withColumn("sign", lit(-1L))
        .unionByName(inserts(in.get(table, keys)));
  }

  /**
   * Finds the orders that may count differently than in the stored state. A row is {@code source,
   * order_id}; some are there twice.
   */
  static Dataset<Row> changedOrders(Inputs in) {
    return in.changedKeys(ORDERS).union(in.changedKeys(ORDER_LINES).select("source", "order_id"));
  }
}
