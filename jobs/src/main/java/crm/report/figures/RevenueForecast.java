package crm.report.figures;

import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The forecast of total revenue that a reader is shown, of those there are: of the source that sold
 * most, net of returns if that is forecast, and in the longest periods of which enough are over to
 * see how they went.
 *
 * @param of what is forecast
 * @param sources how many sources have a forecast
 * @param actual revenue of the periods up to the origin, at least one, all of them complete
 * @param expected rows of {@code sales_forecast}, by horizon
 * @param judged rows of {@code forecast_accuracy}: earlier forecasts whose period is over
 */
public record RevenueForecast(
    Of of,
    int sources,
    SortedMap<LocalDate, BigDecimal> actual,
    List<Row> expected,
    List<Row> judged) {

  /** What is forecast, as tables name it. */
  public record Of(String source, String measure, String frequency) {
    private static Of row(Row row) {
      return new Of(row.getAs("source"), row.getAs("measure"), row.getAs("frequency"));
    }

    public boolean isNet() {
      return measure.equals("net_revenue");
    }

    public Period period() {
      return Period.of(frequency);
    }

    /**
     * Returns its name in the metrics of the model, as in {@code shop_net_revenue_monthly_total}.
     */
    public String inMetrics() {
      return String.join("_", source, measure, frequency, "total");
    }
  }

  /**
   * @param days what was sold and returned, of all sources
   */
  public static Optional<RevenueForecast> of(PublishedDay day, List<Sales.Day> days) {
    Map<Of, List<Row>> forecasts = byForecast(day.visible(SALES_FORECAST));
    Map<String, BigDecimal> sold =
        days.stream()
            .collect(
                Collectors.groupingBy(
                    Sales.Day::source,
                    Collectors.reducing(BigDecimal.ZERO, Sales.Day::gross, BigDecimal::add)));
    List<String> sources = forecasts.keySet().stream().map(Of::source).distinct().sorted().toList();
    Optional<String> greatest =
        sources.stream().filter(sold::containsKey).max(Comparator.comparing(sold::get));
    List<RevenueForecast> longestFirst =
        forecasts.keySet().stream()
            .filter(of -> of.source().equals(greatest.orElse("")))
            .sorted(Comparator.comparing(Of::isNet).thenComparing(Of::period).reversed())
            .map(of -> of(of, sources.size(), days, forecasts.get(of)))
            .filter(forecast -> !forecast.actual.isEmpty())
            .toList();
    List<RevenueForecast> ofOneMeasure =
        longestFirst.stream()
            .filter(forecast -> forecast.of.isNet() == longestFirst.get(0).of.isNet())
            .toList();
    return ofOneMeasure.stream()
        .filter(RevenueForecast::showsHowItWent)
        .findFirst()
        .or(() -> ofOneMeasure.stream().reduce((longer, finer) -> finer))
        .map(forecast -> forecast.judgedIn(byForecast(day.visible(FORECAST_ACCURACY))));
  }

  private static RevenueForecast of(Of of, int sources, List<Sales.Day> days, List<Row> expected) {
    List<Sales.Day> ofSource =
        days.stream().filter(sold -> sold.source().equals(of.source())).toList();
    LocalDate origin = expected.get(0).<Date>getAs("origin").toLocalDate();
    return new RevenueForecast(of, sources, actual(ofSource, of, origin), expected, List.of());
  }

  /** Periods in which nothing was ordered or returned brought nothing; a begun one is left out. */
  private static SortedMap<LocalDate, BigDecimal> actual(
      List<Sales.Day> days, Of of, LocalDate origin) {
    Period period = of.period();
    SortedMap<LocalDate, BigDecimal> actual = new TreeMap<>();
    LocalDate first = days.stream().map(Sales.Day::date).min(LocalDate::compareTo).orElseThrow();
    LocalDate begun = period.startOf(first);
    for (LocalDate start = begun.equals(first) ? first : period.next(begun);
        !start.isAfter(origin);
        start = period.next(start)) {
      actual.put(start, BigDecimal.ZERO);
    }
    for (Sales.Day day : days) {
      BigDecimal amount = of.isNet() ? day.gross().subtract(day.returned()) : day.gross();
      actual.computeIfPresent(period.startOf(day.date()), (start, sum) -> sum.add(amount));
    }
    return actual;
  }

  /** Whether twice as many periods are over as are forecast. */
  private boolean showsHowItWent() {
    return actual.size() >= 2 * expected.size();
  }

  private RevenueForecast judgedIn(Map<Of, List<Row>> accuracy) {
    return new RevenueForecast(of, sources, actual, expected, accuracy.getOrDefault(of, List.of()));
  }

  private static Map<Of, List<Row>> byForecast(Dataset<Row> rows) {
    Column isTotalRevenue =
        col("level").equalTo("total").and(col("measure").isin("net_revenue", "gross_revenue"));
    return rows.where(isTotalRevenue).orderBy("origin", "horizon").collectAsList().stream()
        .collect(Collectors.groupingBy(Of::row));
  }
}
