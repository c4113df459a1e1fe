package crm.jobs.customer;

import static crm.warehouse.tables.customer.CustomerTables.COHORT_RETENTION;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.JobTest;
import crm.testing.RowLines;
import crm.testing.Sessions;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CohortRetentionTest {
  /** Five customers who came on one day, and on which days after it they ordered again. */
  private static final String FIVE =
      """
      select 'shop' as source, customer_id, date_add(date'2026-01-10', day) as purchased_on,
        1L as orders, 10.00BD as gross_amount, 0.00BD as returned_amount
      from (select customer_id, explode(array_prepend(later, 0)) as day from values
        ('A', array(1, 2, 3, 5, 7, 9)), ('B', array(1, 4, 10)), ('C', array(1, 2)),
        ('D', array(3)), ('E', cast(array() as array<int>)) as t(customer_id, later))
      """;

  /** The example of three definitions: D1 60 % and D7 20 %, 80 and 40, 60 and 80. */
  @Test
  void theThreeWaysToCountDifferAsInTheExample() {
    Dataset<Row> cells =
        CohortRetention.retention(
            Sessions.small().sql(FIVE), RetentionPeriod.DAY, LocalDate.of(2026, 1, 20));
    assertThat(
            RowLines.sorted(
                cells
                    .where("age in (1, 7)")
                    .selectExpr(
                        "age", "customers", "classic_rate", "rolling_rate", "cumulative_rate")))
        .containsExactly("1|5|0.6|0.8|0.6", "7|5|0.2|0.4|0.8");
    assertThat(cells.where("is_complete").count()).as("days 0 to 10").isEqualTo(11);
  }

  @Test
  void whatIsNotKnownYetIsEmptyAndNeverZero() {
    JobTest.of(new CohortRetention())
        .on("2026-03-30")
        .given(
            CUSTOMER_PURCHASE_DAYS,
            """
            customer_id | purchased_on | orders | gross_amount | returned_amount
            A           | 2026-01-05   | 1      | 10.00        | 2.50
            A           | 2026-01-31   | 1      | 1.00         | 0
            A           | 2026-03-01   | 1      | 30.00        | 0
            B           | 2026-01-31   | 1      | 20.00        | 20.00
            C           | 2026-03-02   | 1      | 5.00         | 0
            """)
        .then(
            COHORT_RETENTION,
            """
            cohort_month | age_months | is_complete | customers | classic_customers | rolling_customers | cumulative_customers | net_amount | cumulative_net_amount | cumulative_net_per_customer
            2026-01-01   | 0          | true        | 2         | 2                 | 2                 |                      | 8.50       | 8.50                  | 4.25
            2026-01-01   | 1          | true        | 2         | 0                 | 1                 | 0                    | 0.00       | 8.50                  | 4.25
            2026-01-01   | 2          | false       | 2         |                   |                   |                      |            |                       |
            2026-03-01   | 0          | false       | 1         |                   |                   |                      |            |                       |
            """);
  }

  @Test
  void theLastDayOfAMonthCompletesIt() {
    JobTest.of(new CohortRetention())
        .on("2024-02-29")
        .given(
            CUSTOMER_PURCHASE_DAYS,
            """
            customer_id | purchased_on | orders | gross_amount | returned_amount
            A           | 2023-12-31   | 1      | 10.00        | 0
            A           | 2024-02-29   | 1      | 10.00        | 0
            A           | 2024-03-01   | 1      | 10.00        | 0
            """)
        .then(
            COHORT_RETENTION,
            """
            cohort_month | age_months | classic_rate | rolling_rate | cumulative_rate
            2023-12-01   | 0          | 1.0          | 1.0          |
            2023-12-01   | 1          | 0.0          | 1.0          | 0.0
            2023-12-01   | 2          | 1.0          | 1.0          | 1.0
            """);
  }
}
