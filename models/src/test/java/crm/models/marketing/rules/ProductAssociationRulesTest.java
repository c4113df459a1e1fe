package crm.models.marketing.rules;

import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_ASSOCIATION_RULES;
import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_PAIRS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.JobTest;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ProductAssociationRulesTest {
  private static final String PLACED =
      """
      order_id | ordered_at          | ordered_on | status    | source
      1        | 2026-01-20 10:00:00 | 2026-01-20 | placed    | shop
      2        | 2026-01-21 10:00:00 | 2026-01-21 | placed    | shop
      3        | 2026-01-22 10:00:00 | 2026-01-22 | placed    | shop
      4        | 2026-01-23 10:00:00 | 2026-01-23 | placed    | shop
      5        | 2026-01-24 10:00:00 | 2026-01-24 | placed    | shop
      6        | 2026-01-24 10:00:00 | 2026-01-24 | cancelled | shop
      7        | 2025-01-31 10:00:00 | 2025-01-31 | placed    | shop
      8        | 2026-01-24 10:00:00 | 2026-01-24 | placed    | shop
      9        | 2026-01-24 10:00:00 | 2026-01-24 | placed    | shop
      1        | 2026-01-24 10:00:00 | 2026-01-24 | placed    | erp
      """;

  /**
   * Order 8 is too large, 6 cancelled, 7 too old, 9 amounts to nothing; order 1 of another source
   * is another order.
   */
  private static final String LINES =
      """
      order_id | line_id | product_id | source | line_amount
      1        | 1       | cup        | shop   | 1
      1        | 2       | pot        | shop   | 1
      1        | 3       | cup        | shop   | 1
      2        | 1       | cup        | shop   | 1
      2        | 2       | pot        | shop   | 1
      2        | 3       | a+b        | shop   | 1
      3        | 1       | cup        | shop   | 1
      4        | 1       | hat        | shop   | 1
      5        | 1       | hat        | shop   | 1
      6        | 1       | hat        | shop   | 1
      6        | 2       | pot        | shop   | 1
      7        | 1       | hat        | shop   | 1
      7        | 2       | pot        | shop   | 1
      8        | 1       | cup        | shop   | 1
      8        | 2       | pot        | shop   | 1
      8        | 3       | hat        | shop   | 1
      8        | 4       | a+b        | shop   | 1
      9        | 1       | hat        | shop   | 1
      9        | 2       | pot        | shop   | -1
      1        | 1       | hat        | erp    | 1
      """;

  private static final String CATALOGUE =
      """
      product_id | name    | category | source
      cup        | Big cup | Kitchen  | shop
      pot        |         | Kitchen  | shop
      hat        | Red hat | Wear     | shop
      """;

  private static JobTest rules() {
    return JobTest.of(
            new ProductAssociationRules(
                new AssociationRuleSettings(
                    365,
                    3,
                    new BigDecimal("0.001"),
                    1,
                    0.5,
                    1,
                    3,
                    1000,
                    1,
                    AssociationRuleSettings.Algorithm.COUNTED)))
        .on("2026-01-31")
        .given(ORDERS, PLACED)
        .given(ORDER_LINES, LINES)
        .given(PRODUCTS, CATALOGUE);
  }

  /** Five baskets: three with a cup, two with a pot, two with a hat, one with a+b. */
  @Test
  void whatIsBoughtTogetherBecomesRules() {
    rules()
        .then(
            PRODUCT_ASSOCIATION_RULES,
            """
            antecedent | consequent | antecedent_names | consequent_name | antecedent_items | baskets | antecedent_baskets | consequent_baskets | baskets_together | support | confidence         | round(lift, 4) | round(conviction, 4) | is_redundant
            cup        | pot        | Big cup          | pot             | 1                | 5       | 3                  | 2                  | 2                | 0.4     | 0.6666666666666666 | 1.6667         | 1.8                  | false
            pot        | cup        | pot              | Big cup         | 1                | 5       | 2                  | 3                  | 2                | 0.4     | 1.0                | 1.6667         |                      | false
            a\\+b       | cup        | a+b              | Big cup         | 1                | 5       | 1                  | 3                  | 1                | 0.2     | 1.0                | 1.6667         |                      | false
            a\\+b       | pot        | a+b              | pot             | 1                | 5       | 1                  | 2                  | 1                | 0.2     | 1.0                | 2.5            |                      | false
            pot        | a+b        | pot              | a+b             | 1                | 5       | 2                  | 1                  | 1                | 0.2     | 0.5                | 2.5            | 1.6                  | false
            a\\+b + cup | pot        | a+b + Big cup    | pot             | 2                | 5       | 1                  | 2                  | 1                | 0.2     | 1.0                | 2.5            |                      | true
            a\\+b + pot | cup        | a+b + pot        | Big cup         | 2                | 5       | 1                  | 3                  | 1                | 0.2     | 1.0                | 1.6667         |                      | true
            cup + pot  | a+b        | Big cup + pot    | a+b             | 2                | 5       | 2                  | 1                  | 1                | 0.2     | 0.5                | 2.5            | 1.6                  | true
            """);
  }

  @Test
  void everyPairIsListed() {
    rules()
        .then(
            PRODUCT_PAIRS,
            """
            source | product_a | product_b | a_baskets | b_baskets | baskets_together | round(lift, 4) | round(jaccard, 4)
            shop   | a+b       | cup       | 1         | 3         | 1                | 1.6667         | 0.3333
            shop   | a+b       | pot       | 1         | 2         | 1                | 2.5            | 0.5
            shop   | cup       | pot       | 3         | 2         | 2                | 1.6667         | 0.6667
            """);
  }

  @Test
  void withoutOrdersThereIsNothingAndItIsTold() {
    var job = new ProductAssociationRules(SomeSettings.of("0.001", 10, 0.1));
    JobTest.of(job)
        .on("2026-01-31")
        .then(PRODUCT_ASSOCIATION_RULES, "antecedent")
        .then(PRODUCT_PAIRS, "product_a");
    assertThat(job.name()).isEqualTo("product_association_rules");
  }
}
