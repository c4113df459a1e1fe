package crm.models.customer.segments;

import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_divide;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.customer.CustomerActivity;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The features of every customer with an order, as values and as logarithms. */
final class CustomerFeatures {
  static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};

  private CustomerFeatures() {}

  /**
   * Computes the features of every known customer with an order that counts. A row is a customer:
   * each feature as a value (days, orders, currency, share, number), and its signed logarithm in
   * {@link Feature#logColumn}.
   */
  static Dataset<Row> read(Inputs in, LocalDate logicalDate) {
    Dataset<Row> values =
        CustomerActivity.buyers(in)
            .join(recentInteractions(in, logicalDate), CUSTOMER, "left")
            .select(
                col("source"),
                col("customer_id"),
                datediff(lit(logicalDate), col("last_order_on")).as("recency_days"),
                col("orders").as("frequency_orders"),
                Money.total(CustomerActivity.net()).as("monetary"),
                datediff(lit(logicalDate), col("first_order_on")).as("tenure_days"),
                coalesce(
                        try_divide(
                            col("returned_amount").cast("double"),
                            col("gross_amount").cast("double")),
                        lit(0.0))
                    .as("returned_share"),
                coalesce(col("interactions_90d"), lit(0L)).as("interactions_90d"));
    return values.select(
        Stream.concat(
                Stream.of(col("*")),
                Arrays.stream(Feature.values())
                    .map(feature -> feature.log().as(feature.logColumn())))
            .toArray(Column[]::new));
  }

  /** Counts recent interactions. A row is a customer with any: {@code interactions_90d}. */
  private static Dataset<Row> recentInteractions(Inputs in, LocalDate logicalDate) {
    return in.get(INTERACTIONS)
        .where(CustomerActivity.isRecent(col("occurred_on"), logicalDate))
        .where(col("customer_id").isNotNull())
        .groupBy("source", "customer_id")
        .agg(count(lit(1)).as("interactions_90d"));
  }
}
