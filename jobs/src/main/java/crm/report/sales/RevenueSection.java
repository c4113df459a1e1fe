package crm.report.sales;

import crm.report.figures.Period;
import crm.report.figures.Sales;
import crm.report.page.ColumnChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Revenue over time. */
final class RevenueSection {
  private static final String ID = "revenue";
  private static final String TITLE = "Revenue over time";
  private static final int MAX_PERIODS = 45;

  private RevenueSection() {}

  /** Sums of a period. */
  private record Total(long orders, BigDecimal gross, BigDecimal returned) {
    static final Total NOTHING = new Total(0, BigDecimal.ZERO, BigDecimal.ZERO);

    Total plus(Total other) {
      return new Total(orders + other.orders, gross.add(other.gross), returned.add(other.returned));
    }
  }

  static Section section(List<Sales.Day> days, LocalDate asOf, Numbers numbers) {
    if (days.isEmpty()) {
      return Section.empty(ID, TITLE, "No order counts by " + asOf + ", and nothing was returned.");
    }
    LocalDate first = days.stream().map(Sales.Day::date).min(LocalDate::compareTo).orElseThrow();
    Period period = Period.of(first, asOf);
    TreeMap<LocalDate, Total> totals = new TreeMap<>();
    for (Sales.Day day : days) {
      totals.merge(
          period.startOf(day.date()),
          new Total(day.orders(), day.gross(), day.returned()),
          Total::plus);
    }
    for (LocalDate start = period.startOf(first);
        !start.isAfter(asOf);
        start = period.next(start)) {
      totals.putIfAbsent(start, Total.NOTHING);
    }
    List<ColumnChart.Time> times = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    totals.forEach(
        (start, total) -> {
          times.add(
              new ColumnChart.Time(
                  period.shortLabel(start),
                  total.gross().doubleValue(),
                  total.returned().doubleValue()));
          rows.add(
              List.of(
                  period.label(start),
                  numbers.count(total.orders()),
                  numbers.amount(total.gross()),
                  numbers.amount(total.returned()),
                  numbers.amount(total.gross().subtract(total.returned()))));
        });
    int left = Math.max(0, times.size() - MAX_PERIODS);
    List<ColumnChart.Time> drawn = times.subList(left, times.size());
    String lead =
        "%s, %s; the last one ends on %s. Orders of customers who are gone or were never known count too.%s"
            .formatted(
                numbers.currency(),
                period.inWords(),
                asOf,
                left == 0
                    ? ""
                    : " Drawn are the newest %d; the table has all.".formatted(MAX_PERIODS));
    return new Section(
        ID,
        TITLE,
        lead,
        ColumnChart.of(
            "Columns of revenue above the line and returns below it, from %s to %s."
                .formatted(rows.get(left).get(0), rows.get(rows.size() - 1).get(0)),
            List.of(new Key(Tone.MAIN, "ordered"), new Key(Tone.BAD, "returned")),
            drawn,
            numbers),
        new DataTable(List.of("Period"), List.of("Orders", "Ordered", "Returned", "Net"), rows));
  }
}
