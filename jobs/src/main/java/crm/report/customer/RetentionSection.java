package crm.report.customer;

import static crm.warehouse.tables.customer.CustomerTables.COHORT_RETENTION;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.report.figures.Period;
import crm.report.figures.PublishedDay;
import crm.report.page.DataTable;
import crm.report.page.HeatMap;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** How many of those who first ordered in a month came back, month by month. */
public final class RetentionSection {
  private static final String ID = "retention";
  private static final String TITLE = "Who came back after the first order";

  /** Months after the first order: a year. */
  private static final int MAX_MONTHS = 12;

  private static final int MAX_COHORTS = 13;

  private RetentionSection() {}

  /** What is known of a cohort in a month that is over. */
  private record Cell(
      YearMonth cohort,
      int age,
      long customers,
      long classic,
      long rolling,
      long cumulative,
      BigDecimal net) {
    double share() {
      return (double) classic / customers;
    }

    /** Letters are few in a cell: a percentage without its sign. */
    HeatMap.Place at(int row) {
      return new HeatMap.Place(
          row, age - 1, share(), String.format(Locale.ROOT, "%.0f", 100 * share()), "");
    }
  }

  public static Section section(PublishedDay day, Numbers numbers) {
    List<Cell> known = cells(day);
    List<YearMonth> all = known.stream().map(Cell::cohort).distinct().toList();
    List<YearMonth> cohorts = all.subList(Math.max(0, all.size() - MAX_COHORTS), all.size());
    List<Cell> cells = known.stream().filter(cell -> cohorts.contains(cell.cohort())).toList();
    if (cells.isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "No month is over yet that follows a month of first orders, so nobody could be seen to come back.");
    }
    int ages = cells.stream().mapToInt(Cell::age).max().getAsInt();
    return new Section(
        ID,
        TITLE,
        lead(cells, all.size(), numbers),
        HeatMap.of(
            "A grid of months of first order by months since: the share of customers who ordered in that month.",
            "↓ month of first order",
            "months since",
            cohorts.stream().map(YearMonth::toString).toList(),
            IntStream.rangeClosed(1, ages).mapToObj(String::valueOf).toList(),
            cells.stream().map(cell -> cell.at(cohorts.indexOf(cell.cohort()))).toList()),
        new DataTable(
            List.of("First order", "Months since"),
            List.of(
                "Customers",
                "Ordered then",
                "Share",
                "Then or later",
                "By then",
                "Net so far per customer, " + numbers.currency()),
            cells.stream()
                .map(
                    cell ->
                        List.of(
                            cell.cohort().toString(),
                            String.valueOf(cell.age()),
                            numbers.count(cell.customers()),
                            numbers.count(cell.classic()),
                            numbers.percent(cell.share()),
                            numbers.percent((double) cell.rolling() / cell.customers()),
                            numbers.percent((double) cell.cumulative() / cell.customers()),
                            numbers.amount(
                                cell.net()
                                    .divide(
                                        BigDecimal.valueOf(cell.customers()),
                                        2,
                                        RoundingMode.HALF_UP))))
                .toList()));
  }

  private static String lead(List<Cell> cells, int cohorts, Numbers numbers) {
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

  private static double share(List<Cell> cells, int age) {
    List<Cell> ofAge = cells.stream().filter(cell -> cell.age() == age).toList();
    return (double) ofAge.stream().mapToLong(Cell::classic).sum()
        / ofAge.stream().mapToLong(Cell::customers).sum();
  }

  /** Of all sources together, oldest cohort first. */
  private static List<Cell> cells(PublishedDay day) {
    return day
        .visible(COHORT_RETENTION)
        .where(col("is_complete").and(col("age_months").between(lit(1), lit(MAX_MONTHS))))
        .groupBy("cohort_month", "age_months")
        .agg(
            sum("customers"),
            sum("classic_customers"),
            sum("rolling_customers"),
            sum("cumulative_customers"),
            sum("cumulative_net_amount"))
        .orderBy("cohort_month", "age_months")
        .collectAsList()
        .stream()
        .map(RetentionSection::cell)
        .toList();
  }

  private static Cell cell(Row row) {
    return new Cell(
        YearMonth.from(row.getDate(0).toLocalDate()),
        row.getInt(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getDecimal(6));
  }
}
