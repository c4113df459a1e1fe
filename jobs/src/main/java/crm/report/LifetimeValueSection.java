package crm.report;

import crm.report.figures.LifetimeValue;
import crm.report.figures.Tenths;
import crm.report.page.Bars;
import crm.report.page.DataTable;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.util.ArrayList;
import java.util.List;

/** How lifetime value is spread over the customers. */
final class LifetimeValueSection {
  private static final String ID = "lifetime-value";
  private static final String TITLE = "Lifetime value by tenth of customers";

  private LifetimeValueSection() {}

  static Section of(LifetimeValue lifetimeValue, Numbers numbers) {
    Tenths value = lifetimeValue.tenths();
    if (value.tenths().isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "%s customers have a lifetime value; tenths need ten."
              .formatted(value.size() == 0 ? "No" : "Only " + value.size()));
    }
    List<Bars.Row> bars = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int i = value.tenths().size() - 1; i >= 0; i--) {
      Tenths.Tenth tenth = value.tenths().get(i);
      String name = Tenths.name(value.tenths().size() - i);
      String share = numbers.percent(tenth.sum(), value.total());
      bars.add(
          new Bars.Row(
              name, share + " · " + numbers.compact(tenth.sum()), tenth.sum().doubleValue()));
      rows.add(
          List.of(
              name,
              numbers.count(tenth.size()),
              numbers.amount(tenth.least()),
              numbers.amount(tenth.greatest()),
              numbers.amount(tenth.sum()),
              share));
    }
    return new Section(
        ID,
        TITLE,
        "Customers sorted by %s and cut into ten equal groups, exactly: what each group has of the whole."
            .formatted(lifetimeValue.formula()),
        Bars.compared(
            "A bar per tenth of the customers, the most valuable first: its share of the lifetime value.",
            List.of(),
            bars),
        new DataTable(
            List.of("Tenth"),
            List.of(
                "Customers",
                "Least, " + numbers.currency(),
                "Greatest, " + numbers.currency(),
                "Together, " + numbers.currency(),
                "Share"),
            rows));
  }
}
