package crm.models.marketing.recommendations;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;

import crm.learning.recommending.Method;
import crm.learning.recommending.RecommendationSettings;
import crm.testing.JobTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CustomerRecommendationsTest {
  /**
   * Hats sell best. Six had a cup and a pot before February, four with a cup bought a pot in it:
   * whoever has a cup buys a pot, which the number of hats does not tell.
   */
  private static JobTest shop(RecommendationSettings settings) {
    StringBuilder orders = new StringBuilder("order_id|customer_id|ordered_on|status|source\n");
    StringBuilder lines = new StringBuilder("order_id|line_id|product_id|source|line_amount\n");
    IntStream.range(0, 12).forEach(i -> order(orders, lines, "hat" + i, "2026-01-05", "hat"));
    IntStream.range(0, 6)
        .forEach(i -> order(orders, lines, "pair" + i, "2026-01-05", "cup", "pot", "post"));
    IntStream.range(0, 4)
        .forEach(
            i -> {
              order(orders, lines, "later" + i, "2026-01-06", "cup", "post");
              order(orders, lines, "later" + i, "2026-02-03", "pot", "post");
            });
    order(orders, lines, "eve", "2026-01-07", "cup");
    order(orders, lines, "gone", "2026-01-07", "cup");
    orders.append("x|eve|2026-01-08|placed|other\n");
    lines.append("x|1|vase|other|5\n");
    orders.append("free|eve|2026-01-08|placed|other\n");
    lines.append("free|1|cup|other|0\n");
    return JobTest.of(new CustomerRecommendations(settings))
        .on("2026-02-04")
        .given(ORDERS, orders.toString())
        .given(ORDER_LINES, lines.toString())
        .given(PRODUCTS, "product_id | name\ncup | Big cup\npot | Tea pot")
        .given(
            CUSTOMERS,
            "customer_id|source\neve|shop\nnew|shop\npair0|shop\nnew|other\neve|other\nnew|closed");
  }

  private static void order(
      StringBuilder orders, StringBuilder lines, String customer, String day, String... products) {
    String id = customer + " " + day;
    orders.append("%s|%s|%s|placed|shop%n".formatted(id, customer, day));
    for (String product : products) {
      lines.append("%s|%s|%s|shop|5%n".formatted(id, product, product));
    }
  }

  private static RecommendationSettings settings(boolean repeats, int minCustomers) {
    return new RecommendationSettings(
        3,
        repeats,
        "(?!post).*",
        0,
        List.of(Method.ITEM_ITEM, Method.OWN_MOST_BOUGHT),
        14,
        minCustomers,
        10,
        5,
        20,
        SomeSettings.ALS);
  }

  @Test
  void whoHasACupIsRecommendedThePotAndToldWhy() {
    shop(settings(false, 4))
        .then(
            CUSTOMER_RECOMMENDATIONS,
            """
            source | customer_id | rank | product_id | product_name | method     | reason      | because_product_id | because_product_name
            shop   | eve         | 1    | pot        | Tea pot      | item-item  | bought with | cup                | Big cup
            shop   | eve         | 2    | hat        | hat          | popularity | popular     |                    |
            shop   | new         | 1    | cup        | Big cup      | popularity | popular     |                    |
            shop   | new         | 2    | hat        | hat          | popularity | popular     |                    |
            shop   | new         | 3    | pot        | Tea pot      | popularity | popular     |                    |
            shop   | pair0       | 1    | hat        | hat          | popularity | popular     |                    |
            other  | new         | 1    | vase       | vase         | popularity | popular     |                    |
            """);
  }

  @Test
  void withTooFewToTestWhatIsPopularIsRecommended() {
    shop(settings(false, 5))
        .then(
            CUSTOMER_RECOMMENDATIONS,
            """
            source | customer_id | rank | product_id | reason  | score
            shop   | eve         | 1    | hat        | popular | 12.0
            shop   | eve         | 2    | pot        | popular | 10.0
            shop   | new         | 1    | cup        | popular | 12.0
            shop   | new         | 2    | hat        | popular | 12.0
            shop   | new         | 3    | pot        | popular | 10.0
            shop   | pair0       | 1    | hat        | popular | 12.0
            other  | new         | 1    | vase       | popular | 1.0
            """);
  }
}
