package crm.report.marketing;

import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.when;

import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.report.page.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is recommended to the most customers, and why. */
public final class RecommendationSection {
  private static final String ID = "recommendations";
  private static final String TITLE = "What is recommended, and why";

  private RecommendationSection() {}

  /** Recommendations by their reason. */
  private record Reasons(long boughtWith, long similarTaste, long boughtBefore, long popular) {
    static Reasons of(Row row) {
      return new Reasons(
          row.getAs("bought with"),
          row.getAs("similar taste"),
          row.getAs("bought before"),
          row.getAs("popular"));
    }

    static Column[] counts() {
      return new Column[] {
        count(reason("bought with")).as("bought with"),
        count(reason("similar taste")).as("similar taste"),
        count(reason("bought before")).as("bought before"),
        count(reason("popular")).as("popular")
      };
    }

    private static Column reason(String name) {
      return when(col("reason").equalTo(name), lit(1));
    }

    long all() {
      return becauseOfAnother() + boughtBefore + popular;
    }

    long becauseOfAnother() {
      return boughtWith + similarTaste;
    }

    double share(long part) {
      return (double) part / all();
    }
  }

  /**
   * A product and to how many customers it is recommended.
   *
   * @param because the product that is most often the reason for it; empty if none is
   */
  private record Product(String name, String because, Reasons reasons) {
    static Product of(Row row) {
      String because = row.getAs("because");
      return new Product(
          Words.plain(row.getAs("name")),
          because == null ? "" : Words.plain(because),
          Reasons.of(row));
    }
  }

  public static Section section(PublishedDay day, int max, Numbers numbers) {
    Dataset<Row> recommended = day.visible(CUSTOMER_RECOMMENDATIONS);
    List<Product> products =
        recommended
            .groupBy("source", "product_id")
            .agg(
                count(lit(1)).as("customers"),
                with(
                    Reasons.counts(),
                    max("product_name").as("name"),
                    mode(col("because_product_name"), true).as("because")))
            .orderBy(col("customers").desc(), col("source"), col("product_id"))
            .limit(max)
            .collectAsList()
            .stream()
            .map(Product::of)
            .toList();
    if (products.isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "Nothing is recommended: nobody has bought anything yet. See: crm models customer_recommendations");
    }
    Row all =
        recommended
            .agg(count(when(col("rank").equalTo(1), lit(1))).as("customers"), Reasons.counts())
            .head();
    return new Section(
        ID,
        TITLE,
        lead(products.size(), all.getAs("customers"), Reasons.of(all), day, numbers),
        BarChart.divided(
            "A bar per product, divided into recommendations because of another product and others.",
            List.of(
                new Key(Tone.MAIN, "because of another product"),
                new Key(Tone.SECOND, "bought before, or popular")),
            products.stream()
                .map(
                    product ->
                        new BarChart.Row(
                            product.name(),
                            numbers.people(product.reasons().all()),
                            List.of(
                                new BarChart.Amount(
                                    product.reasons().becauseOfAnother(), Tone.MAIN),
                                new BarChart.Amount(
                                    product.reasons().all() - product.reasons().becauseOfAnother(),
                                    Tone.SECOND))))
                .toList()),
        new DataTable(
            List.of("Product", "Most often because of"),
            List.of("Customers", "Bought with", "Similar taste", "Bought before", "Popular"),
            products.stream().map(product -> cells(product, numbers)).toList()));
  }

  private static Column[] with(Column[] columns, Column... more) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.addAll(List.of(more));
    return all.toArray(Column[]::new);
  }

  private static String lead(
      int products, long customers, Reasons reasons, PublishedDay day, Numbers numbers) {
    return "The %d products recommended to the most of %s. Of all recommendations %s are made because of another product the customer has, %s because the customer bought it before, %s because it is popular.%s"
        .formatted(
            products,
            numbers.people(customers),
            numbers.percent(reasons.share(reasons.becauseOfAnother())),
            numbers.percent(reasons.share(reasons.boughtBefore())),
            numbers.percent(reasons.share(reasons.popular())),
            tested(LastModel.of(day, CUSTOMER_RECOMMENDATIONS), numbers).orElse(""));
  }

  /** How the method did where the last days were held back. */
  private static Optional<String> tested(LastModel model, Numbers numbers) {
    String method = model.parameters().getOrDefault("method", "");
    return model
        .metric("ndcg_at_10_of_" + method.replace('-', '_'))
        .filter(metric -> metric.baseline().isPresent())
        .map(
            metric ->
                " The method, %s, predicted the last days best: NDCG@10 is %s, of what is popular %s."
                    .formatted(
                        method,
                        numbers.small(metric.value()),
                        numbers.small(metric.baseline().getAsDouble())));
  }

  private static List<String> cells(Product product, Numbers numbers) {
    Reasons reasons = product.reasons();
    return List.of(
        product.name(),
        product.because().isEmpty() ? "-" : product.because(),
        numbers.count(reasons.all()),
        numbers.percent(reasons.share(reasons.boughtWith())),
        numbers.percent(reasons.share(reasons.similarTaste())),
        numbers.percent(reasons.share(reasons.boughtBefore())),
        numbers.percent(reasons.share(reasons.popular())));
  }
}
