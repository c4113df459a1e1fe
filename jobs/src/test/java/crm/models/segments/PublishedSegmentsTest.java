package crm.models.segments;

import static crm.warehouse.tables.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.CustomerTables.INTERACTIONS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.data.Percentage.withPercentage;

import crm.testing.GivenInputs;
import crm.testing.Sessions;
import crm.warehouse.ModelRun;
import crm.warehouse.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * k-means of recency, orders and gross amount of UCI Online Retail (doi 10.24432/C5BW33), by the
 * job: the best costs and silhouettes that are known for two to six clusters. Skipped where the
 * data is not beside the project.
 */
class PublishedSegmentsTest {
  private static final Path DATA =
      Path.of(System.getProperty("crm.project.dir"))
          .resolveSibling("shared")
          .resolve("data/online_retail");
  private static final LocalDate DATE = LocalDate.of(2011, 12, 10);

  private static final Map<Integer, Double> COSTS =
      Map.of(2, 6472.65, 3, 4855.28, 4, 3923.88, 5, 3267.48, 6, 2839.67);
  private static final Map<Integer, Double> SILHOUETTES =
      Map.of(2, .624, 3, .502, 4, .494, 5, .479, 6, .473);

  private static GivenInputs inputs;

  @BeforeAll
  static void aggregate() {
    assumeThat(DATA)
        .as("Skipped: no ../shared/data/online_retail beside the project.")
        .isDirectory();
    inputs = new GivenInputs();
    Dataset<Row> purchases = purchases().localCheckpoint();
    inputs
        .given(CUSTOMER_PURCHASES, purchases)
        .given(CUSTOMERS, purchases.select("source", "customer_id"))
        .given(
            INTERACTIONS,
            Sessions.small()
                .sql("select 'shop' source, 'x' customer_id, current_date occurred_on")
                .where(lit(false)));
  }

  @Test
  void eachCustomerByItselfReachesTheBestKnown() {
    Map<String, Double> metrics = metrics(100_000);
    COSTS.forEach(
        (k, cost) ->
            assertThat(metrics.get("cost_k" + k))
                .as("k = %d", k)
                .isCloseTo(cost, withPercentage(.01)));
    SILHOUETTES.forEach(
        (k, silhouette) ->
            assertThat(metrics.get("silhouette_sq_euclidean_k" + k))
                .as("k = %d", k)
                .isCloseTo(silhouette, within(.0006)));
  }

  @Test
  void theGridReachesItWithinAThousandth() {
    Map<String, Double> metrics = metrics(3_000);
    COSTS.forEach(
        (k, cost) ->
            assertThat(metrics.get("cost_k" + k))
                .as("k = %d", k)
                .isCloseTo(cost, withPercentage(.1)));
  }

  private static Map<String, Double> metrics(int maxCells) {
    SegmentationSettings settings =
        new SegmentationSettings(
            OptionalInt.empty(),
            2,
            6,
            List.of(Feature.RECENCY, Feature.FREQUENCY, Feature.MONETARY),
            BigDecimal.ZERO,
            10,
            2,
            7,
            100,
            maxCells,
            1);
    ModelRun run = new CustomerSegments(settings).run(inputs, DATE).model().orElseThrow();
    System.out.println(run);
    return run.metrics().stream()
        .collect(Collectors.toMap(ModelRun.Metric::name, ModelRun.Metric::value));
  }

  /** As customer_purchases holds them, of the lines that are sales of a known customer. */
  private static Dataset<Row> purchases() {
    return Sessions.small()
        .read()
        .option("header", "true")
        .schema(
            "InvoiceNo string, StockCode string, Description string, Quantity int, InvoiceDate"
                + " string, UnitPrice decimal(18,4), CustomerID string, Country string")
        .csv(DATA.toString())
        .where(
            "CustomerID is not null and not startswith(InvoiceNo, 'C') and Quantity > 0 and"
                + " UnitPrice > 0")
        .withColumn("day", col("InvoiceDate").substr(1, 10).cast("date"))
        .groupBy(col("CustomerID").as("customer_id"))
        .agg(
            min("day").as("first_order_on"),
            max("day").as("last_order_on"),
            countDistinct("InvoiceNo").as("orders"),
            sum(col("Quantity").multiply(col("UnitPrice"))).cast(Money.AMOUNT).as("gross_amount"))
        .withColumn("returned_amount", lit(0).cast(Money.AMOUNT))
        .withColumn("source", lit("shop"));
  }
}
