package crm.models.customer.lifetime;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelJob;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.customer.CustomerActivity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a customer is worth. By three formulas that need no model: average order value x orders per
 * year x lifespan; the same divided by (1 + rate)^lifespan; and the net present value of a yearly
 * payment, where orders per year count from the first order, over at least one year. And by a model
 * of repeat purchases and one of spend, refitted for each date: see {@link LifetimeFit}.
 */
public record CustomerLifetimeValue(LifetimeValueSettings settings) implements ModelJob {
  private static final BigDecimal DAYS_PER_YEAR = new BigDecimal("365.25");
  private static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};

  @Override
  public String name() {
    return "customer_lifetime_value";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, CUSTOMER_PURCHASES, CUSTOMER_PURCHASE_DAYS, CUSTOMER_LIFETIME_VALUE);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_LIFETIME_VALUE);
  }

  @Override
  public FittedModel model(Inputs in, LocalDate logicalDate) {
    Dataset<Row> days =
        in.get(CUSTOMER_PURCHASE_DAYS).where(col("purchased_on").leq(lit(logicalDate)));
    LocalDate calibratedTo = logicalDate.minusDays(holdoutDays(days, logicalDate));
    Dataset<Row> histories =
        in.cached(
            PurchaseHistories.summarize(days, logicalDate, calibratedTo)
                .join(in.get(CUSTOMERS), CUSTOMER, "left_semi"));
    return LifetimeFit.of(settings, histories, calibratedTo, logicalDate)
        .model(settings, last(in, LifetimeModel.class), logicalDate)
        .rows(run -> Outputs.of(CUSTOMER_LIFETIME_VALUE, rows(in, logicalDate, histories, run)));
  }

  private Dataset<Row> rows(
      Inputs in, LocalDate logicalDate, Dataset<Row> histories, ModelRun run) {
    Column earned = col("historic_value").multiply(lit(settings.margin()));
    return new Predictions(
            run.artefact(),
            settings.horizonMonths(),
            settings.discountRate().doubleValue(),
            settings.margin().doubleValue(),
            run.id())
        .predict(formulas(in, logicalDate).join(histories, CUSTOMER, "left"))
        .withColumn("total_clv", Money.total(earned.plus(col("predicted_clv"))));
  }

  /** As set, but at most half of the days there are, so that as many are left to fit to. */
  private int holdoutDays(Dataset<Row> days, LocalDate logicalDate) {
    Date first = days.agg(min("purchased_on")).head().getDate(0);
    long observed =
        first == null ? 0 : ChronoUnit.DAYS.between(first.toLocalDate(), logicalDate) + 1;
    return (int) Math.min(settings.holdoutDays(), observed / 2);
  }

  /**
   * Computes the formulas. A row is a known customer with an order that counts; amounts are in
   * currency.
   */
  private Dataset<Row> formulas(Inputs in, LocalDate logicalDate) {
    Column net = CustomerActivity.net();
    Column days = datediff(lit(logicalDate), col("first_order_on")).cast("decimal(8,2)");
    Column years = greatest(days, lit(DAYS_PER_YEAR)).divide(lit(DAYS_PER_YEAR));
    Column yearly = net.cast("decimal(22,8)").divide(years).cast("decimal(26,8)");
    Column simple = yearly.multiply(lit(settings.lifespanYears()));
    BigDecimal last =
        settings.discountFactor(settings.lifespanYears()).setScale(12, RoundingMode.HALF_UP);
    return CustomerActivity.buyers(in)
        .select(
            col("source"),
            col("customer_id"),
            Money.total(net).as("historic_value"),
            Money.total(net.divide(col("orders"))).as("average_order_value"),
            col("orders").cast("double").divide(years.cast("double")).as("orders_per_year"),
            lit(settings.lifespanYears()).as("lifespan_years"),
            lit(settings.discountRate().doubleValue()).as("discount_rate"),
            Money.total(simple).as("clv_simple"),
            Money.total(simple.multiply(lit(last))).as("clv_discounted"),
            Money.total(yearly.multiply(lit(settings.annuityFactor()))).as("clv_npv"));
  }
}
