package crm.jobs.customer;

import static crm.warehouse.tables.customer.CustomerTables.COHORT_RETENTION;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Of the customers who first ordered in a month, how many are still customers some months later, in
 * the three ways in which that is counted: ordered in exactly that month (classic), then or later
 * (rolling), ever since the first month (cumulative). What is not yet known has no numbers: a month
 * that is not over would look like one in which customers stay away.
 */
public record CohortRetention() implements Job {

  @Override
  public String name() {
    return "cohort_retention";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMER_PURCHASE_DAYS);
  }

  @Override
  public List<Table> writes() {
    return List.of(COHORT_RETENTION);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    return Outputs.of(
        COHORT_RETENTION,
        retention(in.get(CUSTOMER_PURCHASE_DAYS), RetentionPeriod.MONTH, logicalDate)
            .withColumnRenamed("cohort", "cohort_month")
            .withColumnRenamed("age", "age_months"));
  }

  /**
   * Computes retention. A row is a cohort of a source at an age in periods, up to the period of the
   * date.
   *
   * @param days on which customers bought, as {@code core.customer_purchase_days}
   */
  static Dataset<Row> retention(Dataset<Row> days, RetentionPeriod period, LocalDate asOf) {
    Dataset<Row> active = activePeriods(days.where(col("purchased_on").leq(lit(asOf))), period);
    Dataset<Row> counted =
        active
            .groupBy(Table.SOURCE, "cohort", "age")
            .agg(
                count(lit(1)).as("classic"),
                count(when(col("age").equalTo(col("last_age")), 1)).as("last_here"),
                count(when(col("age").equalTo(col("first_return_age")), 1)).as("returned_here"),
                sum("net").as("net"));
    Column lastAge = period.between(col("cohort"), period.start(lit(asOf)));
    Dataset<Row> everyAge =
        counted
            .select(Table.SOURCE, "cohort")
            .distinct()
            .withColumn("age", explode(sequence(lit(0), lastAge)));
    String[] cell = {Table.SOURCE, "cohort", "age"};
    Dataset<Row> cells =
        everyAge
            .join(counted, cell, "left")
            .na()
            .fill(0L, new String[] {"classic", "last_here", "returned_here", "net"});
    return cells
        .select(
            col(Table.SOURCE),
            col("cohort"),
            col("age"),
            period
                .after(col("cohort"), col("age"))
                .lt(lit(period.firstIncomplete(asOf)))
                .as("is_complete"),
            // Every customer has one last period.
            sum("last_here").over(Window.partitionBy(Table.SOURCE, "cohort")).as("customers"),
            col("classic"),
            sum("last_here").over(fromHereOn()).as("rolling"),
            when(col("age").gt(0), sum("returned_here").over(upToHere())).as("cumulative"),
            col("net"),
            sum("net").over(upToHere()).as("cumulative_net"))
        .select(
            col(Table.SOURCE),
            col("cohort"),
            col("age"),
            col("is_complete"),
            col("customers"),
            known(col("classic")).as("classic_customers"),
            rate("classic").as("classic_rate"),
            known(col("rolling")).as("rolling_customers"),
            rate("rolling").as("rolling_rate"),
            known(col("cumulative")).as("cumulative_customers"),
            rate("cumulative").as("cumulative_rate"),
            known(Money.total(Money.amount(col("net")))).as("net_amount"),
            known(Money.total(Money.amount(col("cumulative_net")))).as("cumulative_net_amount"),
            known(Money.total(Money.amount(col("cumulative_net")).divide(col("customers"))))
                .as("cumulative_net_per_customer"));
  }

  /**
   * Finds when customers ordered. A row is a customer in a period with an order: {@code age} in
   * periods since the first, and the customer's {@code last_age} and {@code first_return_age}.
   */
  private static Dataset<Row> activePeriods(Dataset<Row> days, RetentionPeriod period) {
    WindowSpec ofCustomer = Window.partitionBy(Table.SOURCE, "customer_id");
    return days.groupBy(
            col(Table.SOURCE), col("customer_id"), period.start(col("purchased_on")).as("period"))
        .agg(
            sum(Money.units(col("gross_amount")).minus(Money.units(col("returned_amount"))))
                .as("net"))
        .withColumn("cohort", min("period").over(ofCustomer))
        .withColumn("age", period.between(col("cohort"), col("period")))
        .withColumn("last_age", max("age").over(ofCustomer))
        .withColumn("first_return_age", min(when(col("age").gt(0), col("age"))).over(ofCustomer));
  }

  private static WindowSpec upToHere() {
    return Window.partitionBy(Table.SOURCE, "cohort")
        .orderBy("age")
        .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }

  private static WindowSpec fromHereOn() {
    return Window.partitionBy(Table.SOURCE, "cohort")
        .orderBy("age")
        .rowsBetween(Window.currentRow(), Window.unboundedFollowing());
  }

  private static Column known(Column number) {
    return when(col("is_complete"), number);
  }

  private static Column rate(String customers) {
    return known(col(customers).divide(col("customers")));
  }
}
