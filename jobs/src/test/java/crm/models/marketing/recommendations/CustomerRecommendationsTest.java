package crm.models.marketing.recommendations;

import static crm.warehouse.tables.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static crm.warehouse.tables.SalesTables.ORDERS;
import static crm.warehouse.tables.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.models.marketing.itemsets.Catalogue;
import crm.testing.JobTest;
import crm.testing.Sessions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class CustomerRecommendationsTest {
  /**
   * Hats sell best. Six had a cup and a pot before February, four with a cup bought a pot in it:
   * whoever has a cup buys a pot, which the number of hats does not tell.
   */
  private static JobTest shop(RecommendationSettings settings) {
    StringBuilder orders = new StringBuilder("order_id|customer_id|ordered_on|status|source\n");
    StringBuilder lines = new StringBuilder("order_id|line_id|product_id|source\n");
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
    lines.append("x|1|vase|other\n");
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
      lines.append("%s|%s|%s|shop%n".formatted(id, product, product));
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

  /** The fit does not depend on the order of rows, and the customers' side follows as MLlib's. */
  @Test
  void tastesAreThoseOfMllibInWhateverOrderRowsCome() {
    Dataset<Row> bought =
        Sessions.small()
            .range(0, 600)
            .selectExpr(
                "'shop' as source",
                "concat('c', id % 60) as customer_id",
                "cast(pmod(hash(id), 10) + 10 * (id % 2) as int) as code",
                "date'2026-01-01' as ordered_on",
                "1L as orders");
    ProductFactors factors = factors(bought.orderBy("code").coalesce(1));
    assertThat(scored(factors))
        .isEqualTo(scored(factors(bought.orderBy(functions.rand(3)).repartition(7))));
    Histories histories = histories(bought);
    Row customer = histories.rows().where("customer_id = 'c7'").first();
    double[] ours = factors.customer(History.unpack(customer.getAs(2), customer.getAs(3)));
    int number =
        histories
            .rows()
            .where("customer_id = 'c7'")
            .select(ProductFactors.customerNumber())
            .first()
            .getInt(0);
    List<Float> theirs =
        ProductFactors.fitted(histories, SomeSettings.ALS)
            .userFactors()
            .where("id = " + number)
            .first()
            .getList(1);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo(theirs.get(i), within(1e-4));
    }
  }

  private static Histories histories(Dataset<Row> bought) {
    Catalogue products =
        new Catalogue(
            IntStream.range(0, 20)
                .mapToObj(i -> new Catalogue.Item("shop", "P%02d".formatted(i), "", null))
                .toList());
    return Histories.of(new Purchases(products, bought, Dataset::localCheckpoint));
  }

  private static ProductFactors factors(Dataset<Row> bought) {
    return ProductFactors.of(histories(bought), SomeSettings.ALS);
  }

  private static String scored(ProductFactors factors) {
    return Arrays.toString(factors.customer(new History(new int[] {1, 3}, new int[] {1, 2})));
  }
}
