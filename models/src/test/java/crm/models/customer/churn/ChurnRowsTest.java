package crm.models.customer.churn;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.scoring.ScoringSettings;
import crm.testing.GivenInputs;
import crm.testing.RowLines;
import crm.testing.Sessions;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ChurnRowsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 6, 30);

  /**
   * Observed at the ends of 30 June, 31 May, 1 May and 1 April. What was sent back and who got in
   * touch after a cut is not known at it, nor is what is dated after the 30th at all; who bought on
   * 31 May had not left on 1 May.
   */
  @Test
  void eachCutKnowsWhatHadHappened() {
    ChurnSettings settings =
        new ChurnSettings(30, 60, 1, 7, new ScoringSettings("churn", 1, 1, 1, 0, 50, 1000, 1));
    Dataset<Row> rows =
        new ChurnRows(ObservationDates.of(DATE.toEpochDay(), settings), settings.activeDays())
            .rows(
                new GivenInputs()
                    .given(CUSTOMERS, rows("'shop' AS source, 'A' AS customer_id"))
                    .given(
                        CUSTOMER_PURCHASE_DAYS,
                        dated(
                            "purchased_on",
                            "1L AS orders, CAST(100 AS DECIMAL(18,4)) AS gross_amount",
                            "2026-04-01",
                            "2026-05-31",
                            "2026-07-01"))
                    .given(
                        ORDER_RETURNS,
                        dated(
                            "returned_on",
                            "CAST(25 AS DECIMAL(18,4)) AS amount",
                            "2026-04-10",
                            "2026-06-10",
                            "2026-07-01"))
                    .given(
                        INTERACTIONS,
                        dated("occurred_on", "1 AS one", "2026-02-20", "2026-06-01", "2026-07-01")),
                DATE);
    assertThat(
            RowLines.sorted(
                rows.select(
                    "cut",
                    "part",
                    "outcome",
                    "recency_days",
                    "returned_share",
                    "returns_90d",
                    "interactions_90d",
                    "days_since_interaction")))
        .containsExactly(
            "0|SCORED|null|30.0|0.25|2.0|1.0|29.0",
            "1|TEST|1|0.0|0.125|1.0|0.0|100.0",
            "2|CALIBRATION|0|30.0|0.25|1.0|1.0|70.0",
            "3|TRAINING|1|0.0|0.0|0.0|1.0|40.0");
  }

  private static Dataset<Row> dated(String column, String more, String... days) {
    return rows(
        "'shop' AS source, 'A' AS customer_id, explode(array(DATE'"
            + String.join("', DATE'", days)
            + "')) AS "
            + column
            + ", "
            + more);
  }

  private static Dataset<Row> rows(String columns) {
    return Sessions.small().sql("SELECT " + columns);
  }
}
