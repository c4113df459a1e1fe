package crm.jobs.customer;

import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.customer.SegmentTables.CUSTOMER_SEGMENTS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.customer.CustomerActivity;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Everything known of a customer in one row, without direct identifiers. */
public record Customer360() implements Job {
  private static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};

  @Override
  public String name() {
    return "customer_360";
  }

  @Override
  public List<Table> reads() {
    return List.of(
        CUSTOMERS,
        CONSENTS,
        INTERACTIONS,
        CUSTOMER_PURCHASES,
        CUSTOMER_RFM,
        CUSTOMER_LIFETIME_VALUE,
        CUSTOMER_SEGMENTS,
        CUSTOMER_CHURN);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_360);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    Dataset<Row> profile =
        in.get(CUSTOMERS).select("source", "customer_id", "country", "registered_on");
    Dataset<Row> purchases = in.get(CUSTOMER_PURCHASES);
    Dataset<Row> scores =
        in.get(CUSTOMER_RFM).select("source", "customer_id", "rfm_segment", "rfm_cell");
    Dataset<Row> values =
        in.get(CUSTOMER_LIFETIME_VALUE)
            .select(
                "source",
                "customer_id",
                "clv_npv",
                "p_alive",
                "predicted_purchases",
                "predicted_clv");
    Dataset<Row> segments =
        in.get(CUSTOMER_SEGMENTS)
            .select(
                col("source"),
                col("customer_id"),
                col("segment_name"),
                col(Table.LOGICAL_DATE).as("segmented_on"));
    Dataset<Row> churn =
        in.get(CUSTOMER_CHURN)
            .select(
                col("source"),
                col("customer_id"),
                col("churn_probability"),
                col(Table.LOGICAL_DATE).as("churn_scored_on"));
    return Outputs.of(
        CUSTOMER_360,
        profile
            .join(purchases, CUSTOMER, "left")
            .join(scores, CUSTOMER, "left")
            .join(values, CUSTOMER, "left")
            .join(segments, CUSTOMER, "left")
            .join(churn, CUSTOMER, "left")
            .join(emailConsent(in), CUSTOMER, "left")
            .join(contacts(in, logicalDate), CUSTOMER, "left")
            .select(
                col("source"),
                col("customer_id"),
                col("country"),
                col("registered_on"),
                col("first_order_on"),
                col("last_order_on"),
                coalesce(col("orders"), lit(0L)).as("orders"),
                coalesce(Money.total(CustomerActivity.net()), lit(0).cast(Money.TOTAL))
                    .as("net_value"),
                when(coalesce(col("orders"), lit(0L)).equalTo(0), "Prospects")
                    .otherwise(coalesce(col("rfm_segment"), lit("Unnamed")))
                    .as("rfm_segment"),
                col("rfm_cell"),
                col("clv_npv"),
                col("p_alive"),
                col("predicted_purchases"),
                col("predicted_clv"),
                col("segment_name"),
                col("segmented_on"),
                col("churn_probability"),
                col("churn_scored_on"),
                coalesce(col("email_marketing"), lit(false)).as("email_marketing"),
                coalesce(col("interactions_90d"), lit(0L)).as("interactions_90d"),
                col("last_interaction_on")));
  }

  /** Reads consents to marketing by e-mail. A row is a customer who answered. */
  private static Dataset<Row> emailConsent(Inputs in) {
    return in.get(CONSENTS)
        .where(col("channel").equalTo("email").and(col("purpose").equalTo("marketing")))
        .select(
            col("source"),
            col("customer_id"),
            col("status").equalTo("granted").as("email_marketing"));
  }

  /**
   * Counts interactions. A row is a customer with any: {@code interactions_90d} and {@code
   * last_interaction_on}.
   */
  private static Dataset<Row> contacts(Inputs in, LocalDate logicalDate) {
    return in.get(INTERACTIONS)
        .where(col("customer_id").isNotNull())
        .groupBy("source", "customer_id")
        .agg(
            count(when(CustomerActivity.isRecent(col("occurred_on"), logicalDate), lit(1)))
                .as("interactions_90d"),
            max("occurred_on").as("last_interaction_on"));
  }
}
