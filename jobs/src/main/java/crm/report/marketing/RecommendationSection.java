package crm.report.marketing;

import crm.report.figures.LastModel;
import crm.report.figures.MarketingFigures.Product;
import crm.report.figures.MarketingFigures.Reasons;
import crm.report.figures.MarketingFigures.Recommended;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.report.page.Words;
import java.util.List;
import java.util.Optional;

/** Draws what is recommended to the most customers, and why. */
final class RecommendationSection {
  private static final String ID = "recommendations";
  private static final String TITLE = "What is recommended, and why";

  private RecommendationSection() {}

  static Section section(
      List<Product> products, Recommended all, LastModel model, Numbers numbers) {
    if (products.isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "Nothing is recommended: nobody has bought anything yet. See: crm models customer_recommendations");
    }
    return new Section(
        ID,
        TITLE,
        lead(products.size(), all, model, numbers),
        BarChart.divided(
            "A bar per product, divided into recommendations because of another product and others.",
            List.of(
                new Key(Tone.MAIN, "because of another product"),
                new Key(Tone.SECOND, "bought before, or popular")),
            products,
            product ->
                new BarChart.Row(
                    Words.plain(product.name()),
                    numbers.people(product.reasons().all()),
                    List.of(
                        new BarChart.Amount(product.reasons().becauseOfAnother(), Tone.MAIN),
                        new BarChart.Amount(
                            product.reasons().all() - product.reasons().becauseOfAnother(),
                            Tone.SECOND)))),
        DataTable.of(
            List.of("Product", "Most often because of"),
            List.of("Customers", "Bought with", "Similar taste", "Bought before", "Popular"),
            products,
            product -> cells(product, numbers)));
  }

  private static String lead(int products, Recommended all, LastModel model, Numbers numbers) {
    Reasons reasons = all.reasons();
    return "The %d products recommended to the most of %s. Of all recommendations %s are made because of another product the customer has, %s because the customer bought it before, %s because it is popular.%s"
        .formatted(
            products,
            numbers.people(all.customers()),
            numbers.percent(reasons.share(reasons.becauseOfAnother())),
            numbers.percent(reasons.share(reasons.boughtBefore())),
            numbers.percent(reasons.share(reasons.popular())),
            tested(model, numbers).orElse(""));
  }

  /** Returns how the method did where the last days were held back. */
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
        Words.plain(product.name()),
        product.because().map(Words::plain).filter(name -> !name.isEmpty()).orElse("-"),
        numbers.count(reasons.all()),
        numbers.percent(reasons.share(reasons.boughtWith())),
        numbers.percent(reasons.share(reasons.similarTaste())),
        numbers.percent(reasons.share(reasons.boughtBefore())),
        numbers.percent(reasons.share(reasons.popular())));
  }
}
