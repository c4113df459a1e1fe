package crm.models.marketing.recommendations;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import crm.learning.itemsets.Catalogue;
import crm.learning.recommending.Purchases;
import crm.learning.recommending.RecommendationSettings;
import crm.models.marketing.OrderedProducts;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.sales.RevenueOrders;
import crm.warehouse.tables.sales.SalesTables;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads what customers bought. */
final class PurchasesInWindow {
  private PurchasesInWindow() {}

  /** Reads the purchases in the window up to the date, of products that may be recommended. */
  static Purchases read(Inputs in, RecommendationSettings settings, LocalDate date) {
    Column counted = col("customer_id").isNotNull();
    if (settings.windowDays() > 0) {
      counted = counted.and(col(Purchases.DAY).gt(lit(date.minusDays(settings.windowDays()))));
    }
    Catalogue products = OrderedProducts.catalogue(in);
    Dataset<Row> lines =
        RevenueOrders.lines(
                in.get(SalesTables.ORDERS).where(counted), in.get(SalesTables.ORDER_LINES))
            .where(col("product_id").rlike("^(?:" + settings.products() + ")$"));
    Dataset<Row> rows =
        products
            .coded(lines)
            .select(Table.SOURCE, "order_id", "customer_id", Catalogue.CODE, Purchases.DAY)
            .distinct()
            .groupBy(Table.SOURCE, "customer_id", Catalogue.CODE, Purchases.DAY)
            .agg(count(lit(1)).as("orders"));
    return new Purchases(products, in.cached(rows), in::cached);
  }
}
