package crm.models.customer.lifetime;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;

import crm.learning.purchasing.PurchaseMethod;
import crm.testing.JobTest;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CustomerLifetimeValueTest {
  private static final CustomerLifetimeValue JOB =
      new CustomerLifetimeValue(
          new LifetimeValueSettings(
              3, new BigDecimal("0.10"), PurchaseMethod.BG_NBD, 12, BigDecimal.ONE, 273, 100, 90));

  /** Orders of 100, four a year, three years, ten percent: the worked example of the formulas. */
  @Test
  void theWorkedExample() {
    JobTest.of(JOB)
        .on("2026-03-11")
        .given(CUSTOMERS, "customer_id\nA")
        .given(
            CUSTOMER_PURCHASES,
            """
            customer_id | first_order_on | last_order_on | orders | gross_amount | returned_amount
            A           | 2025-06-01     | 2026-03-01    | 4      | 450          | 50
            """)
        .then(
            CUSTOMER_LIFETIME_VALUE,
            """
            historic_value | average_order_value | orders_per_year | clv_simple | clv_discounted | clv_npv
            400.00         | 100.00              | 4.0             | 1200.00    | 901.58         | 994.74
            """);
  }

  /** 1,461 days are four years of 365.25 days; a first order of today counts as one year. */
  @Test
  void ordersPerYearCountFromTheFirstOrderOverAtLeastAYear() {
    JobTest.of(JOB)
        .on("2026-03-11")
        .given(CUSTOMERS, "customer_id\nOld\nNew")
        .given(
            CUSTOMER_PURCHASES,
            """
            customer_id | first_order_on | last_order_on | orders | gross_amount | returned_amount
            Old         | 2022-03-11     | 2026-03-01    | 8      | 800          | 0
            New         | 2026-03-11     | 2026-03-11    | 1      | 30           | 0
            """)
        .then(
            CUSTOMER_LIFETIME_VALUE,
            """
            customer_id | orders_per_year | clv_simple
            Old         | 2.0             | 600.00
            New         | 1.0             | 90.00
            """);
  }
}
