package crm.report.marketing;

import crm.report.figures.Sales;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Words;
import java.util.List;

/** The best sold products. */
final class ProductSection {
  private static final String ID = "products";
  private static final String TITLE = "Best sold products";

  private ProductSection() {}

  static Section section(List<Sales.Product> best, Numbers numbers) {
    if (best.isEmpty()) {
      return Section.empty(ID, TITLE, "Nothing was sold yet.");
    }
    return new Section(
        ID,
        TITLE,
        "The %d products with the greatest revenue so far, before returns.".formatted(best.size()),
        BarChart.compared(
            "A bar of revenue per product, the greatest first.",
            List.of(),
            best,
            product ->
                new BarChart.Row(
                    Words.plain(product.name()),
                    numbers.compact(product.gross()),
                    product.gross().doubleValue())),
        DataTable.of(
            List.of("Product"),
            List.of("Quantity", "Revenue, " + numbers.currency()),
            best,
            product ->
                List.of(
                    Words.plain(product.name()),
                    numbers.count(product.quantity()),
                    numbers.amount(product.gross()))));
  }
}
