package crm.warehouse.tables.marketing;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import crm.warehouse.Kind;
import crm.warehouse.Table;
import java.util.List;

/** What is bought together, what customers like, and what is recommended to them. */
public final class MarketingTables {
  private MarketingTables() {}

  public static final Table PRODUCT_ASSOCIATION_RULES =
      Table.curated("product_association_rules", Kind.SNAPSHOT)
          .grain("rule that baskets with some products, or categories, also hold another")
          .required("source", StringType, "Source system of the orders and products.")
          .required("level", StringType, "What the sides of the rule are: product or category.")
          .column(
              "antecedent",
              StringType,
              "What is in the basket: ids in order, as in P1 + P2; a + of an id is written \\+.")
          .column("consequent", StringType, "What then also is: one id.")
          .required("antecedent_names", StringType, "The antecedent by names, where there are any.")
          .required("consequent_name", StringType, "The consequent by name, where there is one.")
          .required(
              "antecedent_items", IntegerType, "Number of products or categories on the left.")
          .required("baskets", LongType, "Baskets of the source that were looked at.")
          .required("antecedent_baskets", LongType, "Baskets with all of the antecedent.")
          .required("consequent_baskets", LongType, "Baskets with the consequent.")
          .required("baskets_together", LongType, "Baskets with both.")
          .required("support", DoubleType, "Share of all baskets that have both, 0 to 1.")
          .required(
              "confidence",
              DoubleType,
              "Of the baskets with the antecedent, the share with the consequent, 0 to 1.")
          .required(
              "lift",
              DoubleType,
              "How many times as often both are together as if independent; above 1.")
          .required(
              "leverage",
              DoubleType,
              "Share of baskets with both above that expected if independent.")
          .column(
              "conviction",
              DoubleType,
              "Exceptions to the rule, expected by found; NULL if there is no exception.")
          .column(
              "zhang",
              DoubleType,
              "Zhang's measure, -1 (never together) to 1; NULL if the antecedent is in all baskets.")
          .required(
              "p_value",
              DoubleType,
              "How likely as many baskets with both are if the items lay in baskets of these sizes"
                  + " at random; Fisher's exact test over places in baskets.")
          .required(
              "q_value",
              DoubleType,
              "Least false discovery rate at which the rule is found, among all candidates.")
          .required(
              "is_redundant",
              BooleanType,
              "Whether a rule with fewer items on the left has at least this confidence.")
          .required(
              "min_support",
              DoubleType,
              "Share of baskets that the products of a rule were together in at least; above the"
                  + " set one where that gave too many.")
          .required("model_run_id", StringType, "The model; joins to ops.model_runs.")
          .key("source", "level", "antecedent", "consequent")
          .modelOutput()
          .check("known_level", "level IN ('product', 'category')")
          .check(
              "counts_agree",
              "baskets_together <= least(antecedent_baskets, consequent_baskets)"
                  + " AND greatest(antecedent_baskets, consequent_baskets) <= baskets")
          .check("confidence_in_range", "confidence BETWEEN 0 AND 1")
          .check("more_than_chance", "lift > 1 AND p_value <= q_value")
          .build();

  public static final Table PRODUCT_PAIRS =
      Table.curated("product_pairs", Kind.SNAPSHOT)
          .grain("two products that were in one basket often enough")
          .required("source", StringType, "Source system of the orders and products.")
          .column("product_a", StringType, "One product; the lesser id.")
          .column("product_b", StringType, "The other product.")
          .required("a_baskets", LongType, "Baskets with product_a.")
          .required("b_baskets", LongType, "Baskets with product_b.")
          .required("baskets_together", LongType, "Baskets with both.")
          .required(
              "lift", DoubleType, "How many times as often both are together as if independent.")
          .required("jaccard", DoubleType, "Of the baskets with either, the share with both.")
          .required("model_run_id", StringType, "The model run; joins to ops.model_runs.")
          .key("source", "product_a", "product_b")
          .modelOutput()
          .check("ordered", "product_a < product_b")
          .check("counts_agree", "baskets_together <= least(a_baskets, b_baskets)")
          .build();

  public static final Table CUSTOMER_RECOMMENDATIONS =
      Table.curated("customer_recommendations", Kind.SNAPSHOT)
          .grain("product recommended to a customer, whether or not the customer has bought")
          .required("source", StringType, "Source system of the customer and the product.")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .column("rank", IntegerType, "Place among the customer's recommendations; 1 is best.")
          .required("product_id", StringType, "What is recommended; joins to core.products.")
          .required("product_name", StringType, "Its name; the id where there is none.")
          .required(
              "method",
              StringType,
              "How the product was found: item-item, als, own-most-bought or popularity.")
          .required(
              "score", DoubleType, "By which products of one method are ranked; higher is better.")
          .required(
              "reason",
              StringType,
              "bought with (because_product, by others), similar taste (ALS; because_product"
                  + " contributes most), bought before (by the customer) or popular.")
          .column(
              "because_product_id", StringType, "The customer's own product that contributes most.")
          .column("because_product_name", StringType, "Its name; the id where there is none.")
          .required("model_run_id", StringType, "The model; joins to ops.model_runs.")
          .key("source", "customer_id", "rank")
          .subject("customer_id")
          .modelOutput()
          .check("rank_positive", "rank > 0")
          .check("known_method", "method IN ('item-item', 'als', 'own-most-bought', 'popularity')")
          .check(
              "known_reason",
              "reason IN ('bought with', 'similar taste', 'bought before', 'popular')")
          .check(
              "because_of_a_product",
              "(because_product_id IS NULL) = (reason IN ('bought before', 'popular'))")
          .build();

  public static final Table CUSTOMER_INTERESTS =
      Table.curated("customer_interests", Kind.SNAPSHOT)
          .grain("category or channel that a customer uses or asked for")
          .required("source", StringType, "Source system of the customer.")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .column("dimension", StringType, "What the interest is in: category or channel.")
          .column("interest", StringType, "Name of the category or channel.")
          .required(
              "is_stated",
              BooleanType,
              "Whether the customer asked for it: named the category, or granted consent to"
                  + " marketing on the channel.")
          .required(
              "events",
              LongType,
              "What it is inferred from: products of the category per order; orders and"
                  + " interactions on the channel. 0 if only stated.")
          .column("last_on", DateType, "Day of the last event.")
          .required(
              "weight", DoubleType, "Events, each halved for every half-life that has passed.")
          .required("share", DoubleType, "Part of the customer's weight in the dimension, 0 to 1.")
          .required(
              "rank",
              IntegerType,
              "Place among the customer's interests of the dimension, by weight, then stated first,"
                  + " then by name.")
          .key("source", "customer_id", "dimension", "interest")
          .subject("customer_id")
          .check("known_dimension", "dimension IN ('category', 'channel')")
          .check("said_or_done", "is_stated OR events > 0")
          .check("share_in_range", "share BETWEEN 0 AND 1")
          .build();

  public static final List<Table> ALL =
      List.of(
          PRODUCT_ASSOCIATION_RULES, PRODUCT_PAIRS, CUSTOMER_RECOMMENDATIONS, CUSTOMER_INTERESTS);
}
