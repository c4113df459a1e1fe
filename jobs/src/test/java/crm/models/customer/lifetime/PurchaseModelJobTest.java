package crm.models.customer.lifetime;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.data.Percentage.withPercentage;

import crm.learning.purchasing.GammaGamma;
import crm.learning.purchasing.PurchaseCells;
import crm.learning.purchasing.PurchaseMethod;
import crm.learning.purchasing.PurchaseModel;
import crm.simulation.customer.PurchaseDays;
import crm.testing.GivenInputs;
import crm.testing.Sessions;
import crm.warehouse.Money;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.job.Outputs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The purchase models through the job, on tables as the warehouse holds them. */
class PurchaseModelJobTest {
  private static final Path DATA =
      Path.of(System.getProperty("crm.project.dir"))
          .resolveSibling("shared")
          .resolve("data/cdnow/CDNOW_sample.txt");

  /** By the parameters of CDNOW; they come in 500 of 730 days, and buy for as many days after. */
  private static final PurchaseDays BUYERS =
      new PurchaseDays(
          1,
          0.243,
          4.414 * 7,
          0.793,
          2.426,
          new GammaGamma(6, 4, 15),
          LocalDate.of(2024, 1, 1),
          500,
          2 * 730);

  /**
   * CDNOW (Fader and Hardie 2001) as of the end of June 1998: a fit to the first 39 weeks predicts
   * 1,653 of the 1,882 purchases of the 39 weeks after, in days what was published in weeks.
   */
  @Test
  void cdnow() {
    assumeThat(DATA).as("Skipped: no ../shared/data/cdnow beside the project.").isRegularFile();
    Dataset<Row> days =
        Sessions.small()
            .read()
            .text(DATA.toString())
            .selectExpr(
                "'shop' AS source",
                "split(trim(value), ' +')[1] AS customer_id",
                "to_date(split(trim(value), ' +')[2], 'yyyyMMdd') AS purchased_on",
                "cast(split(trim(value), ' +')[4] AS DECIMAL(18,4)) AS amount")
            .groupBy("source", "customer_id", "purchased_on")
            .agg(sum("amount").cast(Money.AMOUNT).as("gross_amount"))
            .withColumn("orders", lit(1L))
            .withColumn("returned_amount", lit(0).cast(Money.AMOUNT));
    Outputs outputs = run(days, "1998-06-30", 273, 100, Optional.empty());
    ModelRun model = outputs.model().orElseThrow();
    assertThat(model.refusal()).isEmpty();
    Metric total = metric(model, "holdout_purchases");
    assertThat(total.value()).isCloseTo(1653, within(5.0));
    assertThat(total.baseline()).hasValue(1882);
    assertThat(metric(model, "holdout_squared_error").value()).isCloseTo(2.586, within(0.01));
    assertThat(metric(model, "holdout_top_tenth").value()).isCloseTo(0.467, within(0.01));
    assertThat(metric(model, "holdout_interval_coverage").value()).isGreaterThan(0.78);
  }

  /**
   * Sixty thousand customers whose parameters are known, by the calendar day, which merges
   * purchases and rounds times.
   */
  @Test
  void aSimulatedCompanyByTheDay() {
    LocalDate date = BUYERS.first().plusDays(729);
    Dataset<Row> days = BUYERS.rows(Sessions.small(), 60_000, 8);
    Outputs outputs = run(days, date.toString(), 180, 100, Optional.empty());
    ModelRun model = outputs.model().orElseThrow();
    assertThat(model.refusal()).isEmpty();
    assertThat(parameter(model, "r")).isCloseTo(BUYERS.r(), withPercentage(3));
    assertThat(parameter(model, "alpha")).isCloseTo(BUYERS.alpha(), withPercentage(8));
    assertThat(parameter(model, "spend_p")).isCloseTo(BUYERS.spend().p(), withPercentage(5));
    assertThat(parameter(model, "spend_q")).isCloseTo(BUYERS.spend().q(), withPercentage(5));
    assertThat(metric(model, "holdout_interval_coverage").value()).isGreaterThan(0.78);
    assertThat(model.grade()).isIn(ModelRun.Grade.A, ModelRun.Grade.B);
    double total =
        outputs
            .rows()
            .get(CUSTOMER_LIFETIME_VALUE)
            .agg(sum("predicted_purchases"))
            .head()
            .getDouble(0);
    // Over eight seeds the total was .3 % above what is expected, with a standard deviation of .93
    // %.
    assertThat(total).isCloseTo(trulyExpected(days, date), withPercentage(3));
  }

  /** What who knows the parameters expects of the same customers. */
  private static double trulyExpected(Dataset<Row> days, LocalDate date) {
    PurchaseModel truth =
        PurchaseMethod.BG_NBD.model(BUYERS.r(), BUYERS.alpha(), BUYERS.a(), BUYERS.b());
    PurchaseCells cells =
        PurchaseHistories.cells(
            PurchaseHistories.summarize(
                days.where(col("purchased_on").leq(lit(date))), date, date.minusDays(1)));
    double total = 0;
    for (int i = 0; i < cells.size(); i++) {
      total +=
          cells.customers()[i]
              * truth.expected(cells.purchases()[i], cells.recency()[i], cells.age()[i], 365.25);
    }
    return total;
  }

  private static double parameter(ModelRun model, String name) {
    return Double.parseDouble(model.parameters().get(name));
  }

  /** What the job makes of customers of whom these purchase days are known. */
  static Outputs run(
      Dataset<Row> days,
      String date,
      int holdoutDays,
      int minCustomers,
      Optional<Inputs.Previous> previous) {
    GivenInputs inputs =
        new GivenInputs()
            .given(CUSTOMERS, days.select("source", "customer_id").distinct())
            .given(CUSTOMER_PURCHASES, PurchaseDays.totals(days).drop("first_amount"))
            .given(CUSTOMER_PURCHASE_DAYS, days.cache());
    previous.ifPresent(result -> inputs.previously(CUSTOMER_LIFETIME_VALUE, result));
    return new CustomerLifetimeValue(
            new LifetimeValueSettings(
                3,
                new BigDecimal("0.10"),
                PurchaseMethod.BG_NBD,
                12,
                BigDecimal.ONE,
                holdoutDays,
                minCustomers,
                90))
        .run(inputs, LocalDate.parse(date));
  }

  static Metric metric(ModelRun model, String name) {
    return model.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
