package crm.report.customer;

import crm.report.figures.CustomerFigures.CohortMonth;
import crm.report.figures.Period;
import crm.report.page.DataTable;
import crm.report.page.HeatMap;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws how many of those who first ordered in a month came back, month by month. */
final class RetentionSection {
  private static final String ID = "retention";
  private static final String TITLE = "Who came back after the first order";

  private static final int MAX_COHORTS = 13;

  private RetentionSection() {}

  /** Draws the cells of a grid; a month that is not over has none. */
  static Section section(List<CohortMonth> known, Numbers numbers) {
    List<LocalDate> all = known.stream().map(CohortMonth::cohort).distinct().toList();
    List<LocalDate> cohorts = all.subList(Math.max(0, all.size() - MAX_COHORTS), all.size());
    List<CohortMonth> cells =
        known.stream().filter(cell -> cohorts.contains(cell.cohort())).toList();
    if (cells.isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "No month is over yet that follows a month of first orders, so nobody could be seen to come back.");
    }
    int ages = cells.stream().mapToInt(CohortMonth::age).max().getAsInt();
    return new Section(
        ID,
        TITLE,
        lead(cells, all.size(), numbers),
        HeatMap.of(
            "A grid of months of first order by months since: the share of customers who ordered in that month.",
            "↓ month of first order",
            "months since",
            cohorts.stream().map(Period.MONTH::label).toList(),
            IntStream.rangeClosed(1, ages).mapToObj(String::valueOf).toList(),
            cells.stream().map(cell -> place(cell, cohorts.indexOf(cell.cohort()))).toList()),
        DataTable.of(
            List.of("First order", "Months since"),
            List.of(
                "Customers",
                "Ordered then",
                "Share",
                "Then or later",
                "By then",
                "Net so far per customer, " + numbers.currency()),
            cells,
            cell ->
                List.of(
                    Period.MONTH.label(cell.cohort()),
                    String.valueOf(cell.age()),
                    numbers.count(cell.customers()),
                    numbers.count(cell.classic()),
                    numbers.percent(cell.share()),
                    numbers.percent((double) cell.rolling() / cell.customers()),
                    numbers.percent((double) cell.cumulative() / cell.customers()),
                    numbers.amount(
                        cell.net()
                            .divide(
                                BigDecimal.valueOf(cell.customers()), 2, RoundingMode.HALF_UP)))));
  }

  private static String lead(List<CohortMonth> cells, int cohorts, Numbers numbers) {
    String seen =
        Stream.of(1, 3, 6, 12)
            .filter(age -> cells.stream().anyMatch(cell -> cell.age() == age))
            .map(
                age ->
                    "%s after %s"
                        .formatted(numbers.percent(share(cells, age)), Period.MONTH.many(age)))
            .collect(Collectors.joining(", "));
    return "Of 100 customers, how many ordered again in exactly that month after their first order; together %s. A blank cell is a month that is not over; 0 is nobody.%s"
        .formatted(
            seen,
            cohorts > MAX_COHORTS
                ? " Shown are the newest %d months; curated.cohort_retention has all."
                    .formatted(MAX_COHORTS)
                : "");
  }

  private static double share(List<CohortMonth> cells, int age) {
    List<CohortMonth> ofAge = cells.stream().filter(cell -> cell.age() == age).toList();
    return (double) ofAge.stream().mapToLong(CohortMonth::classic).sum()
        / ofAge.stream().mapToLong(CohortMonth::customers).sum();
  }

  /** Letters are few in a cell: a percentage without its sign. */
  private static HeatMap.Place place(CohortMonth cell, int row) {
    return new HeatMap.Place(
        row,
        cell.age() - 1,
        cell.share(),
        String.format(Locale.ROOT, "%.0f", 100 * cell.share()),
        "");
  }
}
