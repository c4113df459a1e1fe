package crm.report.customer;

import crm.report.figures.Deciles;
import crm.report.figures.LifetimeValue;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.util.ArrayList;
import java.util.List;

/** Draws how lifetime value is spread over the customers. */
final class LifetimeValueSection {
  private static final String ID = "lifetime-value";
  private static final String TITLE = "Lifetime value by decile of customers";

  private LifetimeValueSection() {}

  static Section section(LifetimeValue lifetimeValue, Numbers numbers) {
    Deciles value = lifetimeValue.deciles();
    if (value.deciles().isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "%s customers have a lifetime value; deciles need ten."
              .formatted(value.size() == 0 ? "No" : "Only " + value.size()));
    }
    List<BarChart.Row> bars = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int i = value.deciles().size() - 1; i >= 0; i--) {
      Deciles.Decile decile = value.deciles().get(i);
      String name = Deciles.name(value.deciles().size() - i);
      String share = numbers.percent(decile.sum(), value.total());
      bars.add(
          new BarChart.Row(
              name, share + " · " + numbers.compact(decile.sum()), decile.sum().doubleValue()));
      rows.add(
          List.of(
              name,
              numbers.count(decile.size()),
              numbers.amount(decile.min()),
              numbers.amount(decile.max()),
              numbers.amount(decile.sum()),
              share));
    }
    return new Section(
        ID,
        TITLE,
        "Customers sorted by %s and cut into ten equal groups, exactly: what each group has of the whole."
            .formatted(lifetimeValue.formula()),
        BarChart.compared(
            "A bar per decile of the customers, the most valuable first: its share of the lifetime value.",
            List.of(),
            bars),
        new DataTable(
            List.of("Decile"),
            List.of(
                "Customers",
                "Minimum, " + numbers.currency(),
                "Maximum, " + numbers.currency(),
                "Together, " + numbers.currency(),
                "Share"),
            rows));
  }
}
