package crm.models.customer.rfm;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.learning.statistics.ExactQuantiles;
import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.customer.CustomerActivity;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores every customer by recency, frequency and monetary value, and names the ten groups of the
 * recency and frequency grid. Customers who never ordered are not scored, deleted ones are gone.
 */
public record CustomerRfm(RfmSettings settings) implements Job {
  @Override
  public String name() {
    return "customer_rfm";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, CUSTOMER_PURCHASES);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_RFM);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    Dataset<Row> measured = in.cached(measured(in, logicalDate));
    List<List<Long>> cuts = cuts(measured);
    Dataset<Row> scored =
        measured
            .withColumn("recency_score", score(recency(), cuts, 0))
            .withColumn("frequency_score", score(frequency(), cuts, 1))
            .withColumn("monetary_score", score(monetary(), cuts, 2))
            .withColumn(
                "rfm_cell",
                concat(
                    col("recency_score").cast("string"),
                    col("frequency_score").cast("string"),
                    col("monetary_score").cast("string")))
            .withColumn(
                "rfm_segment",
                settings.method().groups() == 5
                    ? RfmSegment.name(col("recency_score"), col("frequency_score"))
                    : lit(null).cast("string"));
    return Outputs.of(CUSTOMER_RFM, scored);
  }

  /**
   * Measures customers with an order that counts. A row is a customer: {@code recency_days,
   * frequency_orders, monetary}.
   */
  private Dataset<Row> measured(Inputs in, LocalDate logicalDate) {
    Column value = settings.netOfReturns() ? CustomerActivity.net() : col("gross_amount");
    return CustomerActivity.buyers(in)
        .select(
            col("source"),
            col("customer_id"),
            datediff(lit(logicalDate), col("last_order_on")).as("recency_days"),
            col("orders").as("frequency_orders"),
            Money.total(value).as("monetary"));
  }

  /** The values above which a customer's score is one higher, per measure. */
  private List<List<Long>> cuts(Dataset<Row> measured) {
    if (settings.method() == ScoreMethod.FIXED) {
      return List.of(
          settings.recencyBreaks().stream().map(days -> -days).toList(),
          settings.frequencyBreaks(),
          settings.monetaryBreaks().stream().map(amount -> amount * 100).toList());
    }
    return ExactQuantiles.find(
        measured,
        List.of(recency(), frequency(), monetary()),
        size -> settings.method().cutRanks(size));
  }

  /** Fewer days are better. */
  private static Column recency() {
    return col("recency_days").cast("bigint").multiply(lit(-1L));
  }

  private static Column frequency() {
    return col("frequency_orders");
  }

  /** In hundredths, as whole numbers. */
  private static Column monetary() {
    return col("monetary").multiply(lit(100)).cast("bigint");
  }

  private static Column score(Column value, List<List<Long>> cuts, int measure) {
    Column score = lit(1);
    if (!cuts.isEmpty()) {
      for (long cut : cuts.get(measure)) {
        score = score.plus(when(value.gt(lit(cut)), 1).otherwise(0));
      }
    }
    return score;
  }
}
