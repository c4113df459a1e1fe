package crm.models.customer.churn;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.apache.spark.sql.functions.expr;

import crm.learning.scoring.ScoringSettings;
import crm.testing.GivenInputs;
import crm.testing.Sessions;
import crm.warehouse.job.ModelRun;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Who of a real shop's customers does not come back (UCI Online Retail). Not a test; run it with
 * {@code mvn test -Dtest=ChurnMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ChurnMeasurement {
  private static final Path DATA =
      Path.of(System.getProperty("crm.project.dir"))
          .resolveSibling("shared")
          .resolve("data/online_retail");

  @Test
  void onlineRetail() {
    Dataset<Row> lines =
        Sessions.small()
            .read()
            .option("header", true)
            .csv(DATA + "/*.csv.gz")
            .where("CustomerID IS NOT NULL AND CAST(UnitPrice AS DOUBLE) > 0")
            .selectExpr(
                "'shop' AS source",
                "CustomerID AS customer_id",
                "to_date(InvoiceDate) AS day",
                "InvoiceNo AS invoice",
                "CAST(Quantity AS INT) AS quantity",
                "CAST(CAST(Quantity AS INT) * CAST(UnitPrice AS DECIMAL(18,4)) AS DECIMAL(18,4)) AS amount")
            .localCheckpoint();
    Dataset<Row> days =
        lines
            .where("quantity > 0 AND invoice NOT LIKE 'C%'")
            .groupBy("source", "customer_id", "day")
            .agg(
                expr("count(distinct invoice) AS orders"),
                expr("CAST(sum(amount) AS DECIMAL(18,4)) AS gross_amount"))
            .withColumnRenamed("day", "purchased_on");
    for (int horizon : new int[] {30, 60, 90}) {
      ModelRun model =
          new CustomerChurn(
                  new ChurnSettings(
                      horizon,
                      180,
                      4,
                      7,
                      new ScoringSettings("churn", 40, 5, 0.2, 0.001, 200, 200_000, 1)))
              .run(
                  new GivenInputs()
                      .given(CUSTOMERS, days.select("source", "customer_id").distinct())
                      .given(CUSTOMER_PURCHASE_DAYS, days)
                      .given(
                          ORDER_RETURNS,
                          lines
                              .where("quantity < 0")
                              .selectExpr(
                                  "source",
                                  "customer_id",
                                  "day AS returned_on",
                                  "-amount AS amount"))
                      .given(INTERACTIONS, lines.limit(0).withColumnRenamed("day", "occurred_on")),
                  LocalDate.of(2011, 12, 9))
              .model()
              .orElseThrow();
      System.out.println(
          "MEASURED horizon " + horizon + " " + model.refusal() + " " + model.grade());
      System.out.println("MEASURED " + model.parameters());
      model.metrics().forEach(metric -> System.out.println("MEASURED   " + metric));
    }
  }
}
