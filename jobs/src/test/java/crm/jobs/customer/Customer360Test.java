package crm.jobs.customer;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;

import crm.testing.JobTest;
import org.junit.jupiter.api.Test;

class Customer360Test {
  @Test
  void everyCustomerIsOneRowWhetherOrNotTheyBought() {
    JobTest.of(new Customer360())
        .on("2026-03-31")
        .given(CUSTOMERS, "customer_id | country\nA | DE\nP | FR")
        .given(
            CUSTOMER_PURCHASES,
            """
            customer_id | first_order_on | last_order_on | orders | gross_amount | returned_amount
            A           | 2026-01-01     | 2026-03-01    | 2      | 30.0050      | 10
            """)
        .given(
            CUSTOMER_RFM, "source | customer_id | rfm_segment | rfm_cell\nshop | A | Loyal | 444")
        .given(CUSTOMER_LIFETIME_VALUE, "source | customer_id | clv_npv\nshop | A | 99.50")
        .given(
            CONSENTS,
            """
            customer_id | channel | purpose   | status
            A           | email   | marketing | granted
            A           | phone   | marketing | denied
            P           | email   | marketing | withdrawn
            """)
        .given(
            INTERACTIONS,
            """
            interaction_id | customer_id | occurred_on
            1              | A           | 2025-12-31
            2              | A           | 2026-01-01
            3              | A           | 2026-03-31
            4              |             | 2026-03-31
            """)
        .then(
            CUSTOMER_360,
            """
            customer_id | country | orders | net_value | rfm_segment | clv_npv | email_marketing | interactions_90d | last_interaction_on
            A           | DE      | 2      | 20.01     | Loyal       | 99.50   | true            | 2                | 2026-03-31
            P           | FR      | 0      | 0.00      | Prospects   |         | false           | 0                |
            """);
  }
}
