package crm.models.customer.lifetime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.learning.purchasing.PurchaseCells;
import crm.learning.purchasing.SpendCells;
import crm.warehouse.Money;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the models know of each customer. A purchase is a day of {@code
 * core.customer_purchase_days}; what was spent is net of the returns of that day's orders; the
 * first purchase makes the customer, and only those after it count as repeat purchases and as
 * repeat spend.
 */
final class PurchaseHistories {
  /** Width of the cells of spend, on the scale of its logarithm. */
  private static final double WIDTH = 0.05;

  /** Parts of one in which means within a cell of spend are summed, so that any order will do. */
  private static final double PARTS = 1L << 30;

  /** The columns that {@link #summarize} adds to a customer. */
  static final Set<String> COLUMNS =
      Set.of(
          "purchases",
          "recency_days",
          "age_days",
          "spend",
          "repeat_spend",
          "purchases_before",
          "recency_before",
          "age_before",
          "later");

  private PurchaseHistories() {}

  /**
   * Summarizes purchase days. A row is a customer: {@code purchases, recency_days, age_days} as of
   * the date, {@code repeat_spend} and {@code spend} in units of money, and as of the end of the
   * calibration {@code purchases_before} (-1 of customers who came later), {@code recency_before,
   * age_before}, and the purchases {@code later}. All BIGINT.
   */
  static Dataset<Row> summarize(Dataset<Row> days, LocalDate date, LocalDate calibratedTo) {
    Column net = Money.units(col("gross_amount")).minus(Money.units(col("returned_amount")));
    Column before = col("purchased_on").leq(lit(calibratedTo));
    return days.groupBy("source", "customer_id")
        .agg(
            count(lit(1)).as("days"),
            min("purchased_on").as("first_on"),
            max("purchased_on").as("last_on"),
            sum(net).as("spend"),
            min_by(net, col("purchased_on")).as("first_spend"),
            count(when(before, lit(1))).as("days_before"),
            max(when(before, col("purchased_on"))).as("last_before"))
        .select(
            col("source"),
            col("customer_id"),
            col("days").minus(lit(1L)).as("purchases"),
            days("last_on", "first_on").as("recency_days"),
            datediff(lit(date), col("first_on")).cast("bigint").as("age_days"),
            col("spend"),
            col("spend").minus(col("first_spend")).as("repeat_spend"),
            col("days_before").minus(lit(1L)).as("purchases_before"),
            days("last_before", "first_on").as("recency_before"),
            datediff(lit(calibratedTo), col("first_on")).cast("bigint").as("age_before"),
            col("days").minus(col("days_before")).as("later"));
  }

  private static Column days(String to, String from) {
    return datediff(col(to), col(from)).cast("bigint");
  }

  /** Customers as of the date. */
  static PurchaseCells cells(Dataset<Row> histories) {
    return cells(counted(histories, col("purchases"), col("recency_days"), col("age_days")));
  }

  /** Customers as of the end of the calibration, and what they bought since. */
  static Holdout holdout(Dataset<Row> histories, int days) {
    long[][] counted =
        counted(
            histories.where(col("purchases_before").geq(0)),
            col("purchases_before"),
            col("recency_before"),
            col("age_before"),
            col("later"));
    return new Holdout(cells(counted), doubles(counted[3]), days);
  }

  /** Repeat buyers whose repeat purchases came to more than nothing, in the base currency. */
  static SpendCells spend(Dataset<Row> histories) {
    Column bin = floor(log(col("repeat_spend").cast("double")).divide(lit(WIDTH)));
    Column above = col("repeat_spend").divide(exp(col("bin").multiply(lit(WIDTH)))).minus(lit(1));
    long[][] cells =
        CountedRows.collect(
            histories
                .where(col("purchases").gt(0).and(col("repeat_spend").gt(0)))
                .select(col("purchases"), col("repeat_spend"), bin.as("bin"))
                .withColumn("above", above)
                .groupBy("purchases", "bin")
                .agg(
                    count(lit(1)),
                    parts(col("above")),
                    parts(col("above").multiply(col("above"))),
                    parts(log(col("above").plus(lit(1))))));
    int size = cells[0].length;
    double[] spend = new double[size];
    double[] variance = new double[size];
    double[] logMean = new double[size];
    for (int i = 0; i < size; i++) {
      double count = cells[2][i] * PARTS;
      double least = Math.exp(cells[1][i] * WIDTH) / Money.UNITS_PER_ONE;
      double mean = cells[3][i] / count;
      spend[i] = least * (1 + mean);
      variance[i] = least * least * Math.max(0, cells[4][i] / count - mean * mean);
      logMean[i] = Math.log(least) + cells[5][i] / count - Math.log((double) cells[0][i]);
    }
    return new SpendCells(doubles(cells[0]), cells[2], spend, variance, logMean);
  }

  private static Column parts(Column value) {
    return sum(round(value.multiply(lit(PARTS))).cast("bigint"));
  }

  private static long[][] counted(Dataset<Row> customers, Column... kind) {
    return CountedRows.collect(customers.groupBy(kind).agg(count(lit(1))));
  }

  /** Of purchases, recency and age first, and the number of customers last. */
  private static PurchaseCells cells(long[][] counted) {
    return new PurchaseCells(
        doubles(counted[0]), doubles(counted[1]), doubles(counted[2]), counted[counted.length - 1]);
  }

  private static double[] doubles(long[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }
}
