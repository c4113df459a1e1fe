package crm.jobs.marketing;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_INTERESTS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;

import crm.testing.JobTest;
import org.junit.jupiter.api.Test;

class CustomerInterestsTest {
  /**
   * Order 1 is two half-lives of 30 days old, order 2 of the day, order 3 was cancelled, order 6
   * amounts to nothing.
   */
  @Test
  void whatIsLongAgoCountsLessAndWhatIsSaidStandsBesideWhatIsDone() {
    JobTest.of(new CustomerInterests(new InterestSettings(30)))
        .on("2026-03-02")
        .given(
            CUSTOMERS,
            """
            customer_id | stated_interests
            A           | ["Toys","Garden"]
            B           |
            """)
        .given(
            CONSENTS,
            """
            customer_id | channel | purpose   | status
            A           | email   | marketing | granted
            A           | phone   | marketing | withdrawn
            A           | post    | invoices  | granted
            """)
        .given(
            ORDERS,
            """
            order_id | customer_id | ordered_on | channel | status
            1        | A           | 2026-01-01 | store   | placed
            2        | A           | 2026-03-02 | web     | placed
            3        | A           | 2026-03-02 | web     | cancelled
            4        |             | 2026-03-02 | web     | placed
            5        | gone        | 2026-03-02 | web     | placed
            6        | A           | 2026-03-02 | web     | placed
            """)
        .given(
            ORDER_LINES,
            """
            order_id | line_id | product_id | line_amount
            1        | 1       | spade      | 10
            1        | 2       | rake       | 10
            1        | 3       | rake       | 10
            2        | 1       | rake       | 10
            2        | 2       | pot        | 0
            2        | 3       | unknown    | -4
            3        | 1       | pot        | 10
            4        | 1       | pot        | 10
            5        | 1       | pot        | 10
            6        | 1       | pot        | 10
            6        | 2       | rake       | -10
            """)
        .given(
            PRODUCTS,
            """
            product_id | category
            spade      | Garden
            rake       | Garden
            pot        | Kitchen
            """)
        .given(
            INTERACTIONS,
            """
            interaction_id | customer_id | occurred_on | channel
            V1             | A           | 2026-01-31  | web
            V2             | B           | 2026-01-31  | web
            """)
        .then(
            CUSTOMER_INTERESTS,
            """
            customer_id | dimension | interest | is_stated | events | last_on    | weight | share | rank
            A           | category  | Garden   | true      | 3      | 2026-03-02 | 1.5    | 0.6   | 1
            A           | category  | Kitchen  | false     | 1      | 2026-03-02 | 1.0    | 0.4   | 2
            A           | category  | Toys     | true      | 0      |            | 0.0    | 0.0   | 3
            A           | channel   | web      | false     | 2      | 2026-03-02 | 1.5    | 0.857 | 1
            A           | channel   | store    | false     | 1      | 2026-01-01 | 0.25   | 0.143 | 2
            A           | channel   | email    | true      | 0      |            | 0.0    | 0.0   | 3
            B           | channel   | web      | false     | 1      | 2026-01-31 | 0.5    | 1.0   | 1
            """
                .replace("0.857", "0.8571428571428571")
                .replace("0.143", "0.14285714285714285"));
  }
}
