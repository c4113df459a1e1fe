package crm.report.figures;

import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_ASSOCIATION_RULES;
import static crm.warehouse.tables.ops.OpsTables.EXPORTS;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** Reads what is bought together and recommended, and who was exported. */
public record MarketingFigures(PublishedDay day) {

  /** Why customers are left out of an audience, by the columns of the table. */
  public static final List<String> LEFT_OUT =
      List.of(
          "deleted",
          "no_consent",
          "denied",
          "withdrawn",
          "no_contact",
          "invalid_contact",
          "shared_address");

  /**
   * A rule on what is bought together.
   *
   * @param level product or category
   * @param baskets with both sides
   * @param qValue false discovery rate
   */
  public record Rule(
      String antecedent,
      String consequent,
      String level,
      long baskets,
      double confidence,
      double lift,
      double qValue) {}

  /** Reads the rules that explain the most baskets beyond chance; of two that say the same one. */
  public List<Rule> bestRules(int max) {
    return Records.read(
        Rule.class,
        day.visible(PRODUCT_ASSOCIATION_RULES)
            .where(not(col("is_redundant")))
            .orderBy(
                col("leverage").desc(),
                col("confidence").desc(),
                col("source"),
                col("level"),
                col("antecedent"),
                col("consequent"))
            .limit(max)
            .select(
                "antecedent_names",
                "consequent_name",
                "level",
                "baskets_together",
                "confidence",
                "lift",
                "q_value"));
  }

  /** Recommendations by their reason. */
  public record Reasons(long boughtWith, long similarTaste, long boughtBefore, long popular) {
    private static Column counts() {
      return struct(
          Stream.of("bought with", "similar taste", "bought before", "popular")
              .map(name -> count(when(col("reason").equalTo(name), lit(1))))
              .toArray(Column[]::new));
    }

    public long all() {
      return becauseOfAnother() + boughtBefore + popular;
    }

    public long becauseOfAnother() {
      return boughtWith + similarTaste;
    }

    public double share(long part) {
      return (double) part / all();
    }
  }

  /**
   * A product that is recommended.
   *
   * @param because the product that is most often the reason for it
   */
  public record Product(String name, Optional<String> because, Reasons reasons) {}

  /** Reads the products that are recommended to the most customers, in that order. */
  public List<Product> recommended(int max) {
    return Records.read(
        Product.class,
        day.visible(CUSTOMER_RECOMMENDATIONS)
            .groupBy("source", "product_id")
            .agg(
                count(lit(1)).as("customers"),
                max("product_name").as("name"),
                mode(col("because_product_name"), true).as("because"),
                Reasons.counts().as("reasons"))
            .orderBy(col("customers").desc(), col("source"), col("product_id"))
            .limit(max)
            .select("name", "because", "reasons"));
  }

  /** The customers to whom something is recommended, and all recommendations. */
  public record Recommended(long customers, Reasons reasons) {}

  /** Counts what is recommended. */
  public Recommended allRecommended() {
    Column customers = count(when(col("rank").equalTo(1), lit(1)));
    return Records.read(
            Recommended.class,
            day.visible(CUSTOMER_RECOMMENDATIONS).agg(customers, Reasons.counts()))
        .get(0);
  }

  /**
   * The receipt of an audience's export; of several of one date the newest counts.
   *
   * @param leftOut customers by {@link #LEFT_OUT}
   */
  public record Receipt(
      String audience,
      LocalDate date,
      String status,
      String channel,
      long matched,
      long exported,
      long withheld,
      List<Long> leftOut) {
    public long leftOutInAll() {
      return leftOut.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Reads receipts by audience and date, as they are now: an export may follow the run. */
  public List<Receipt> receipts() {
    Column newest = max_by(struct("*"), col("exported_at"));
    Column leftOut =
        array(LEFT_OUT.stream().map(name -> col("newest." + name)).toArray(Column[]::new));
    return Records.read(
        Receipt.class,
        day.tables()
            .warehouse()
            .stored(EXPORTS)
            .groupBy("audience", Table.LOGICAL_DATE)
            .agg(newest.as("newest"))
            .orderBy("audience", Table.LOGICAL_DATE)
            .select(
                col("audience"),
                col(Table.LOGICAL_DATE),
                col("newest.status"),
                col("newest.channel"),
                col("newest.matched"),
                col("newest.exported"),
                col("newest.withheld"),
                leftOut));
  }
}
