package crm.models.customer.lifetime;

import static crm.models.customer.lifetime.PurchaseModelJobTest.run;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.purchasing.PurchaseMethod;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.job.Artefact;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What stands in the rows where a model cannot answer, and which model does. */
class LifetimeMethodsTest {
  private static final String DATE = "2026-07-19";

  /** Six customers who bought in the first half and never in the second: nobody buys, says zero. */
  private static final Dataset<Row> ALL_GONE =
      days(
          "'A', '2026-01-01', 10, 0",
          "'A', '2026-01-11', 20, 5",
          "'A', '2026-03-01', 30, 0",
          "'B', '2026-01-02', 15, 0",
          "'B', '2026-02-02', 12, 12",
          "'C', '2026-01-05', 9, 0",
          "'D', '2026-02-05', 9, 0");

  @Test
  void aRefusedModelGivesWayToTheLastAcceptedOne() {
    Outputs outputs = run(ALL_GONE, DATE, 90, 2, Optional.of(fitted("2026-06-19")));
    ModelRun model = outputs.model().orElseThrow();
    assertThat(model.refusal().orElseThrow())
        .contains("saying that nobody buys would have had 0.0000");
    assertThat(model.grade()).isEqualTo(ModelRun.Grade.D);
    assertThat(model.fittedOn()).isEqualTo("2026-06-19");
    assertThat(Artefact.read(model.artefact(), LifetimeModel.class).parameters())
        .containsExactly(0.25, 31.0, 0.8, 2.4);
    assertThat(column(outputs, "method")).containsOnly("bg-nbd");
    assertThat(column(outputs, "model_run_id")).containsOnly(model.id());
  }

  @Test
  void anAcceptedModelThatIsTooOldGivesWayToOneRate() {
    Outputs outputs = run(ALL_GONE, DATE, 90, 2, Optional.of(fitted("2026-04-19")));
    assertThat(column(outputs, "method")).containsOnly("pooled-rate");
    assertThat(outputs.model().orElseThrow().fittedOn()).isEqualTo(DATE);
  }

  /** Three repeat purchases in 199 + 198 + 195 + 164 days, and all but B's value kept. */
  @Test
  void fewCustomersHaveOneRateAndTheMeanSpend() {
    Outputs outputs = run(ALL_GONE, DATE, 90, 100, Optional.empty());
    ModelRun model = outputs.model().orElseThrow();
    assertThat(model.grade()).isEqualTo(ModelRun.Grade.C);
    assertThat(model.parameters())
        .containsEntry("fallback", "4 customers are fewer than 100")
        .containsKey("not_graded");
    assertThat(
            RowLines.sorted(
                outputs
                    .rows()
                    .get(CUSTOMER_LIFETIME_VALUE)
                    .selectExpr(
                        "customer_id",
                        "round(predicted_purchases, 4)",
                        "p_alive",
                        "expected_spend",
                        "average_days_between_orders",
                        "method",
                        "spend_method")))
        .containsExactly(
            "A|1.4494|null|22.50|29.5|pooled-rate|mean-spend",
            "B|1.4494|null|22.50|31.0|pooled-rate|mean-spend",
            "C|1.4494|null|22.50|null|pooled-rate|mean-spend",
            "D|1.4494|null|22.50|null|pooled-rate|mean-spend");
  }

  @Test
  void whoCameTodayIsNotPredicted() {
    Outputs outputs = run(days("'A', '2026-07-19', 10, 0"), DATE, 90, 2, Optional.empty());
    assertThat(
            RowLines.sorted(
                outputs
                    .rows()
                    .get(CUSTOMER_LIFETIME_VALUE)
                    .selectExpr(
                        "predicted_purchases", "expected_spend", "predicted_clv", "method")))
        .containsExactly("null|10.00|null|none");
  }

  /** The tables of a date hold nothing later; a job that is given it all the same does not look. */
  @Test
  void whatIsBoughtLaterRaisesNoScore() {
    Dataset<Row> more =
        ALL_GONE.unionByName(days("'C', '2026-07-20', 99, 0", "'D', '2026-08-20', 99, 0"));
    Outputs outputs = run(ALL_GONE, DATE, 90, 2, Optional.empty());
    Outputs foreknowing = run(more, DATE, 90, 2, Optional.empty());
    assertThat(foreknowing.model()).isEqualTo(outputs.model());
    assertThat(column(foreknowing, "predicted_purchases"))
        .isEqualTo(column(outputs, "predicted_purchases"));
  }

  /** Forty days in a row, where a hundred customers came once: left out of the fit, and named. */
  @Test
  void aBotIsLeftOutAndNamed() {
    Dataset<Row> once =
        Sessions.small()
            .range(100)
            .selectExpr("concat('C', id) AS customer_id", "DATE'2026-01-01' AS purchased_on");
    Dataset<Row> bot =
        Sessions.small()
            .range(40)
            .selectExpr("'Bot'", "date_add(DATE'2026-01-01', cast(id AS INT)) AS purchased_on");
    Outputs outputs =
        run(
            once.union(bot)
                .selectExpr(
                    "'shop' AS source",
                    "*",
                    "1L AS orders",
                    "CAST(5 AS DECIMAL(18,4)) AS gross_amount",
                    "CAST(0 AS DECIMAL(18,4)) AS returned_amount"),
            DATE,
            90,
            2,
            Optional.empty());
    assertThat(PurchaseModelJobTest.metric(outputs.model().orElseThrow(), "outliers").value())
        .isEqualTo(1);
    assertThat(
            RowLines.sorted(
                outputs
                    .rows()
                    .get(CUSTOMER_LIFETIME_VALUE)
                    .groupBy("method")
                    .agg(count(lit(1)), max("predicted_purchases"))))
        .containsExactly("pooled-rate-outlier|1|0.0", "pooled-rate|100|0.0");
  }

  private static Inputs.Previous fitted(String on) {
    LocalDate date = LocalDate.parse(on);
    LifetimeModel model =
        LifetimeModel.of(
            date,
            true,
            Optional.of(PurchaseMethod.BG_NBD.model(0.25, 31, 0.8, 2.4)),
            100,
            new Spend("mean-spend", List.of(20.0)),
            Map.of());
    return new Inputs.Previous(date, ALL_GONE.limit(0), Optional.of(Artefact.write(model)));
  }

  private static List<String> column(Outputs outputs, String name) {
    return RowLines.sorted(outputs.rows().get(CUSTOMER_LIFETIME_VALUE).select(name));
  }

  /** Purchase days, given as customer, day, amount and what of it came back. */
  private static Dataset<Row> days(String... rows) {
    return Sessions.small()
        .sql(
            "SELECT 'shop' AS source, customer_id, to_date(day) AS purchased_on, 1L AS orders,"
                + " CAST(gross AS DECIMAL(18,4)) AS gross_amount,"
                + " CAST(returned AS DECIMAL(18,4)) AS returned_amount FROM VALUES ("
                + String.join("), (", rows)
                + ") AS t(customer_id, day, gross, returned)");
  }
}
