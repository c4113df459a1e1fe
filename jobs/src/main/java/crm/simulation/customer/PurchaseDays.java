package crm.simulation.customer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;

import crm.learning.purchasing.GammaGamma;
import crm.learning.purchasing.SimulatedBuyer;
import crm.simulation.delivery.Simulation;
import crm.warehouse.Money;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Customers as BG/NBD and Gamma-Gamma describe them, by the days they buy on: what a warehouse
 * holds of them, without files that were loaded.
 *
 * @param r shape of the rates
 * @param alpha inverse scale of the rates, in days
 * @param a of the Beta distribution of the probability to leave
 * @param b of the same
 * @param spend on a day
 * @param first the first day
 * @param arrivalDays days, from the first, in which customers buy for the first time
 * @param days how many days are simulated
 */
public record PurchaseDays(
    long seed,
    double r,
    double alpha,
    double a,
    double b,
    GammaGamma spend,
    LocalDate first,
    int arrivalDays,
    int days)
    implements Serializable {
  private static final StructType DAY = StructType.fromDDL("number BIGINT, day INT, cents BIGINT");

  /** Draws customers: rows of {@code core.customer_purchase_days}. */
  public Dataset<Row> rows(SparkSession spark, long customers, int tasks) {
    return spark
        .range(0, customers, 1, tasks)
        .flatMap((FlatMapFunction<Long, Row>) this::days, Encoders.row(DAY))
        .select(
            lit("shop").as("source"),
            concat(lit("C"), col("number").cast("string")).as("customer_id"),
            date_add(lit(first), col("day")).as("purchased_on"),
            lit(1L).as("orders"),
            Money.amount(col("cents").multiply(lit(100L))).as("gross_amount"),
            Money.amount(lit(0L)).as("returned_amount"));
  }

  private Iterator<Row> days(long number) {
    RandomDataGenerator random = Simulation.draws(seed, number);
    SimulatedBuyer buyer = SimulatedBuyer.draw(r, alpha, a, b, random);
    double scale = spend.drawScale(random);
    List<Row> rows = new ArrayList<>();
    int[] last = {-1};
    buyer.buy(
        random.nextDouble() * arrivalDays,
        days,
        random,
        time -> {
          int day = (int) time;
          if (day > last[0]) {
            long cents = 1 + (long) (spend.drawSpend(1, scale, random) * 100);
            rows.add(RowFactory.create(number, day, cents));
          }
          last[0] = day;
        });
    return rows.iterator();
  }

  /**
   * Sums days: rows of {@code core.customer_purchases}, and the {@code first_amount} besides.
   *
   * @param days rows of {@code core.customer_purchase_days}
   */
  public static Dataset<Row> totals(Dataset<Row> days) {
    return days.groupBy("source", "customer_id")
        .agg(
            min("purchased_on").as("first_order_on"),
            max("purchased_on").as("last_order_on"),
            sum("orders").as("orders"),
            sum("gross_amount").cast(Money.AMOUNT).as("gross_amount"),
            sum("returned_amount").cast(Money.AMOUNT).as("returned_amount"),
            min_by(col("gross_amount"), col("purchased_on")).as("first_amount"));
  }
}
