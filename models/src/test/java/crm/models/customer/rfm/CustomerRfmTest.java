package crm.models.customer.rfm;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;

import crm.testing.JobTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerRfmTest {
  private static final String CUSTOMERS_A_TO_E =
      """
      customer_id
      A
      B
      C
      D
      E
      """;
  private static final String BOUGHT =
      """
      customer_id | first_order_on | last_order_on | orders | gross_amount | returned_amount
      A           | 2026-01-01     | 2026-03-01    | 9      | 900.0050     | 0
      B           | 2026-01-01     | 2026-02-01    | 4      | 400.0000     | 100.0000
      C           | 2026-01-15     | 2026-01-15    | 1      | 50.0000      | 0
      D           | 2026-01-15     | 2026-01-15    | 1      | 50.0000      | 60.0000
      E           | 2026-01-10     | 2026-01-10    | 1      | 20.0000      | 0
      R           |                |               | 0      | 0            | 10.0000
      """;

  @Test
  void scoresCustomersWhoBoughtAndNamesTheirGroup() {
    JobTest.of(rfm(ScoreMethod.PERCENT_RANK, true))
        .on("2026-03-11")
        .given(CUSTOMERS, CUSTOMERS_A_TO_E)
        .given(CUSTOMER_PURCHASES, BOUGHT)
        .then(
            CUSTOMER_RFM,
            """
            customer_id | recency_days | frequency_orders | monetary | rfm_cell | rfm_segment
            A           | 10           | 9                | 900.01   | 555      | Champions
            B           | 38           | 4                | 300.00   | 444      | Loyal
            C           | 55           | 1                | 50.00    | 213      | Hibernating
            D           | 55           | 1                | -10.00   | 211      | Hibernating
            E           | 60           | 1                | 20.00    | 112      | Hibernating
            """);
  }

  @Test
  void returnsMayBeIgnored() {
    JobTest.of(rfm(ScoreMethod.PERCENT_RANK, false))
        .on("2026-03-11")
        .given(CUSTOMERS, CUSTOMERS_A_TO_E)
        .given(CUSTOMER_PURCHASES, BOUGHT)
        .then(
            CUSTOMER_RFM,
            """
            customer_id | monetary
            A           | 900.01
            B           | 400.00
            C           | 50.00
            D           | 50.00
            E           | 20.00
            """);
  }

  @Test
  void aDeletedCustomerIsGone() {
    JobTest.of(rfm(ScoreMethod.PERCENT_RANK, true))
        .on("2026-03-11")
        .given(CUSTOMERS, "customer_id\nB")
        .given(CUSTOMER_PURCHASES, BOUGHT)
        .then(CUSTOMER_RFM, "customer_id | rfm_cell\nB | 111");
  }

  @Test
  void fixedBreaksScoreByValueAndOtherScalesNameNoGroup() {
    RfmSettings fixed =
        new RfmSettings(
            ScoreMethod.FIXED,
            true,
            List.of(11L, 39L, 56L, 100L),
            List.of(1L, 2L, 4L, 8L),
            List.of(0L, 20L, 100L, 300L));
    JobTest.of(new CustomerRfm(fixed))
        .on("2026-03-11")
        .given(CUSTOMERS, CUSTOMERS_A_TO_E)
        .given(CUSTOMER_PURCHASES, BOUGHT)
        .then(
            CUSTOMER_RFM,
            """
            customer_id | rfm_cell | rfm_segment
            A           | 555      | Champions
            B           | 434      | Potential Loyalist
            C           | 313      | About To Sleep
            D           | 311      | About To Sleep
            E           | 212      | Hibernating
            """);
    JobTest.of(rfm(ScoreMethod.TERCILE, true))
        .on("2026-03-11")
        .given(CUSTOMERS, CUSTOMERS_A_TO_E)
        .given(CUSTOMER_PURCHASES, BOUGHT)
        .then(
            CUSTOMER_RFM,
            """
            customer_id | rfm_cell | rfm_segment
            A           | 333      |
            B           | 222      |
            C           | 112      |
            D           | 111      |
            E           | 111      |
            """);
  }

  private static CustomerRfm rfm(ScoreMethod method, boolean net) {
    return new CustomerRfm(new RfmSettings(method, net, List.of(), List.of(), List.of()));
  }
}
