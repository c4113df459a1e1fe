package crm.warehouse.tables.sales;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import crm.warehouse.Columns;
import crm.warehouse.Money;
import crm.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Which orders count, for whatever is asked of sales: those whose {@code status} is placed and
 * whose lines amount to more than zero. An order without a customer counts; what is asked of
 * customers leaves it out besides. Returns do not change which orders count.
 */
public final class RevenueOrders {
  /** What the lines of an order amount to before returns, BIGINT in {@link Money#units}. */
  public static final String GROSS = "gross";

  private static final String[] ORDER = {Table.SOURCE, "order_id"};

  private RevenueOrders() {}

  /**
   * Selects the orders that count. A row is an order, with its columns and {@link #GROSS}.
   *
   * @param orders rows of {@link SalesTables#ORDERS}
   * @param lines all {@link SalesTables#ORDER_LINES} of these orders
   */
  public static Dataset<Row> withGross(Dataset<Row> orders, Dataset<Row> lines) {
    return withGross(orders, lines, ORDER);
  }

  /**
   * Selects as {@link #withGross(Dataset, Dataset)} does, where an order is there in several
   * states. A row is an order in one state.
   *
   * @param state columns that identify an order in one state, in both
   */
  public static Dataset<Row> withGross(Dataset<Row> orders, Dataset<Row> lines, String... state) {
    Dataset<Row> amounts = lines.groupBy(Columns.named(state)).agg(gross().as(GROSS));
    return orders.where(isPlaced()).join(amounts.where(isRevenue()), state);
  }

  /**
   * Selects the lines of the orders that count, reading the lines once. A row is a line, with its
   * columns and those of its order.
   *
   * @param orders rows of {@link SalesTables#ORDERS}, with whatever is known of them besides
   * @param lines all {@link SalesTables#ORDER_LINES} of these orders
   */
  public static Dataset<Row> lines(Dataset<Row> orders, Dataset<Row> lines) {
    return lines
        .join(orders.where(isPlaced()), ORDER)
        .withColumn(GROSS, gross().over(Window.partitionBy(Columns.named(ORDER))))
        .where(isRevenue())
        .drop(GROSS);
  }

  private static Column isPlaced() {
    return col("status").equalTo("placed");
  }

  private static Column gross() {
    return sum(Money.units(col("line_amount")));
  }

  private static Column isRevenue() {
    return col(GROSS).gt(0);
  }
}
