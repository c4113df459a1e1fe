package crm.models.customer;

import static crm.warehouse.tables.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.CustomerTables.CUSTOMER_PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.Inputs;
import crm.warehouse.Job;
import crm.warehouse.Money;
import crm.warehouse.Outputs;
import crm.warehouse.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a customer is worth over a lifespan, by the three formulas that need no model: average order
 * value x orders per year x lifespan; the same divided by (1 + rate)^lifespan; and the net present
 * value of a yearly payment. Orders per year count from the first order, over at least one year.
 */
public record CustomerLifetimeValue(LifetimeValueSettings settings) implements Job {
  private static final BigDecimal DAYS_PER_YEAR = new BigDecimal("365.25");

  @Override
  public String name() {
    return "customer_lifetime_value";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, CUSTOMER_PURCHASES);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_LIFETIME_VALUE);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    Column net = col("gross_amount").minus(col("returned_amount"));
    Column days = datediff(lit(logicalDate), col("first_order_on")).cast("decimal(8,2)");
    Column years = greatest(days, lit(DAYS_PER_YEAR)).divide(lit(DAYS_PER_YEAR));
    Column yearly = net.cast("decimal(22,8)").divide(years).cast("decimal(26,8)");
    Column simple = yearly.multiply(lit(settings.lifespanYears()));
    BigDecimal last =
        settings.discountFactor(settings.lifespanYears()).setScale(12, RoundingMode.HALF_UP);
    Dataset<Row> valued =
        in.get(CUSTOMER_PURCHASES)
            .where(col("orders").gt(0))
            .join(in.get(CUSTOMERS), CustomerRfm.CUSTOMER, "left_semi")
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
    return Outputs.of(CUSTOMER_LIFETIME_VALUE, valued);
  }
}
