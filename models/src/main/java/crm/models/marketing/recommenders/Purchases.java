package crm.models.marketing.recommenders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import crm.models.marketing.itemsets.Catalogue;
import crm.warehouse.Inputs;
import crm.warehouse.Table;
import crm.warehouse.tables.RevenueOrders;
import crm.warehouse.tables.SalesTables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What customers bought on which day.
 *
 * @param products there are
 * @param rows of source, customer_id, code, ordered_on and orders, which is in how many orders of
 *     the day the product was
 * @param cache computes rows that are used several times one time
 */
public record Purchases(Catalogue products, Dataset<Row> rows, UnaryOperator<Dataset<Row>> cache) {
  private static final String DAY = "ordered_on";

  /** Those in the window up to the date of products that may be recommended. */
  public static Purchases of(Inputs in, RecommendationSettings settings, LocalDate date) {
    Column counted = col("customer_id").isNotNull();
    if (settings.windowDays() > 0) {
      counted = counted.and(col(DAY).gt(lit(date.minusDays(settings.windowDays()))));
    }
    Catalogue products = Catalogue.ofOrdered(in);
    Dataset<Row> lines =
        RevenueOrders.lines(
                in.get(SalesTables.ORDERS).where(counted), in.get(SalesTables.ORDER_LINES))
            .where(col("product_id").rlike("^(?:" + settings.products() + ")$"));
    Dataset<Row> rows =
        products
            .coded(lines)
            .select(Table.SOURCE, "order_id", "customer_id", Catalogue.CODE, DAY)
            .distinct()
            .groupBy(Table.SOURCE, "customer_id", Catalogue.CODE, DAY)
            .agg(count(lit(1)).as("orders"));
    return new Purchases(products, in.cached(rows), in::cached);
  }

  /** The first day there is one. */
  public Optional<LocalDate> firstDay() {
    return Optional.ofNullable(rows.agg(min(DAY)).head().getDate(0)).map(Date::toLocalDate);
  }

  public Purchases upTo(LocalDate last) {
    return new Purchases(products, rows.where(col(DAY).leq(lit(last))), cache);
  }

  public Purchases after(LocalDate last) {
    return new Purchases(products, rows.where(col(DAY).gt(lit(last))), cache);
  }
}
