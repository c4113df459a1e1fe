package crm.jobs.marketing;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_INTERESTS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.sales.RevenueOrders;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * What customers are interested in: the categories they buy and the channels they use, what is long
 * ago counting less, and those they asked for. A category is stated in the customer master, a
 * channel by granting consent to marketing on it.
 */
public record CustomerInterests(InterestSettings settings) implements Job {
  /** Weights are summed as whole numbers, which is the same in any order: 2^30 is one event. */
  private static final long ONE_EVENT = 1L << 30;

  private static final String[] INTEREST = {Table.SOURCE, "customer_id", "dimension", "interest"};

  @Override
  public String name() {
    return "customer_interests";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, CONSENTS, INTERACTIONS, ORDERS, ORDER_LINES, PRODUCTS);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_INTERESTS);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    Dataset<Row> inferred = inferred(events(in), logicalDate);
    Column weight = coalesce(col("units"), lit(0L)).divide(lit((double) ONE_EVENT));
    Column isStated = coalesce(col("is_stated"), lit(false));
    WindowSpec ofDimension = Window.partitionBy(Table.SOURCE, "customer_id", "dimension");
    Column units = sum(coalesce(col("units"), lit(0L))).over(ofDimension);
    return Outputs.of(
        CUSTOMER_INTERESTS,
        inferred
            .join(stated(in), INTEREST, "full")
            .join(
                in.get(CUSTOMERS).select(Table.SOURCE, "customer_id"),
                new String[] {Table.SOURCE, "customer_id"},
                "left_semi")
            .select(
                col(Table.SOURCE),
                col("customer_id"),
                col("dimension"),
                col("interest"),
                isStated.as("is_stated"),
                coalesce(col("events"), lit(0L)).as("events"),
                col("last_on"),
                weight.as("weight"),
                when(units.equalTo(0), lit(0.0))
                    .otherwise(coalesce(col("units"), lit(0L)).divide(units))
                    .as("share"),
                row_number()
                    .over(
                        ofDimension.orderBy(weight.desc(), isStated.desc(), col("interest").asc()))
                    .as("rank")));
  }

  /**
   * Weighs events by their age. A row is a customer and an interest: the number of {@code events},
   * the day of the last one, and their weight in {@code units}.
   */
  private Dataset<Row> inferred(Dataset<Row> events, LocalDate logicalDate) {
    Column halfLives =
        datediff(lit(logicalDate), col("happened_on")).divide(lit(settings.halfLifeDays()));
    return events
        .groupBy(Table.SOURCE, "customer_id", "dimension", "interest", "happened_on")
        .agg(count(lit(1)).as("events"))
        .withColumn(
            "each",
            round(pow(lit(2.0), halfLives.multiply(lit(-1))).multiply(lit(ONE_EVENT)))
                .cast(DataTypes.LongType))
        .groupBy(Table.SOURCE, "customer_id", "dimension", "interest")
        .agg(
            sum("events").as("events"),
            max("happened_on").as("last_on"),
            sum(col("events").multiply(col("each"))).as("units"));
  }

  /**
   * Reads what customers did. A row is an event: a category in an order, an order in a channel, or
   * an interaction in a channel.
   */
  private static Dataset<Row> events(Inputs in) {
    Dataset<Row> orders =
        in.cached(
            RevenueOrders.withGross(
                in.get(ORDERS).where(col("customer_id").isNotNull()), in.get(ORDER_LINES)));
    Dataset<Row> categories =
        in.get(ORDER_LINES)
            .select(Table.SOURCE, "order_id", "product_id")
            .distinct()
            .join(
                in.get(PRODUCTS).select(Table.SOURCE, "product_id", "category"),
                new String[] {Table.SOURCE, "product_id"})
            .join(orders, new String[] {Table.SOURCE, "order_id"});
    return events(categories, "category", "ordered_on")
        .union(events(orders, "channel", "ordered_on"))
        .union(events(in.get(INTERACTIONS), "channel", "occurred_on"))
        .where(col("customer_id").isNotNull().and(col("interest").isNotNull()));
  }

  private static Dataset<Row> events(Dataset<Row> rows, String dimension, String happenedOn) {
    return rows.select(
        col(Table.SOURCE),
        col("customer_id"),
        lit(dimension).as("dimension"),
        col(dimension).as("interest"),
        col(happenedOn).as("happened_on"));
  }

  private static Dataset<Row> stated(Inputs in) {
    Dataset<Row> categories =
        in.get(CUSTOMERS)
            .withColumn(
                "interest",
                explode(
                    from_json(
                        col("stated_interests"),
                        DataTypes.createArrayType(DataTypes.StringType),
                        Map.of())))
            .select(
                col(Table.SOURCE),
                col("customer_id"),
                lit("category").as("dimension"),
                col("interest"));
    Dataset<Row> channels =
        in.get(CONSENTS)
            .where(col("purpose").equalTo("marketing").and(col("status").equalTo("granted")))
            .select(
                col(Table.SOURCE),
                col("customer_id"),
                lit("channel").as("dimension"),
                col("channel").as("interest"));
    return categories
        .union(channels)
        .where(col("interest").isNotNull())
        .distinct()
        .withColumn("is_stated", lit(true));
  }
}
