package crm.report.figures;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Money;
import crm.warehouse.tables.sales.RevenueOrders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads what was sold, in {@linkplain RevenueOrders orders that count}, and returned. Other than in
 * {@code core.customer_purchases} an order counts also when nobody knows whose it is, because the
 * company sold it all the same.
 */
public final class Sales {
  private final PublishedDay day;
  private final Dataset<Row> orders;

  public Sales(PublishedDay day) {
    this.day = day;
    this.orders = RevenueOrders.withGross(day.visible(ORDERS), day.visible(ORDER_LINES));
  }

  /**
   * The orders and returns of a source and a calendar day.
   *
   * @param unknown the part of {@code gross} whose customer is not known
   */
  public record Day(
      String source,
      LocalDate date,
      long orders,
      BigDecimal gross,
      BigDecimal unknown,
      BigDecimal returned) {}

  /** A row per source and calendar day with orders, and one per day with returns. */
  public List<Day> days() {
    List<Day> days = new ArrayList<>();
    orders
        .groupBy("source", "ordered_on")
        .agg(
            count(lit(1)),
            sum("gross"),
            sum(when(col("customer_id").isNull(), col("gross")).otherwise(0L)))
        .collectAsList()
        .forEach(
            row ->
                days.add(
                    new Day(
                        row.getString(0),
                        row.getDate(1).toLocalDate(),
                        row.getLong(2),
                        amount(row.getLong(3)),
                        amount(row.getLong(4)),
                        BigDecimal.ZERO)));
    day.visible(ORDER_RETURNS)
        .groupBy("source", "returned_on")
        .agg(sum(Money.units(col("amount"))))
        .collectAsList()
        .forEach(
            row ->
                days.add(
                    new Day(
                        row.getString(0),
                        row.getDate(1).toLocalDate(),
                        0,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        amount(row.getLong(2)))));
    return days;
  }

  /**
   * A product and what was sold of it, before returns.
   *
   * @param name as delivered, or its id where the master does not know it
   */
  public record Product(String name, BigDecimal gross, long quantity) {}

  /** The products with the greatest revenue. */
  public List<Product> best(int products) {
    Dataset<Row> best =
        RevenueOrders.lines(day.visible(ORDERS), day.visible(ORDER_LINES))
            .groupBy("source", "product_id")
            .agg(sum(Money.units(col("line_amount"))).as("gross"), sum("quantity").as("quantity"))
            .orderBy(col("gross").desc(), col("source"), col("product_id"))
            .limit(products);
    return best
        .join(
            day.visible(PRODUCTS).select("source", "product_id", "name"),
            new String[] {"source", "product_id"},
            "left")
        .orderBy(col("gross").desc(), col("source"), col("product_id"))
        .select(
            coalesce(col("name"), col("product_id"), lit("(no product named)")),
            col("gross"),
            col("quantity"))
        .collectAsList()
        .stream()
        .map(row -> new Product(row.getString(0), amount(row.getLong(1)), row.getLong(2)))
        .toList();
  }

  private static BigDecimal amount(long units) {
    return BigDecimal.valueOf(units, 4);
  }
}
