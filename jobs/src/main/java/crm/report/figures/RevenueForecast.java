package crm.report.figures;

import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import crm.warehouse.Table;
import java.math.BigDecimal;
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
 * @param expected by period, the next one first; at least one
 * @param judged earlier forecasts whose period is over, by origin and horizon
 */
public record RevenueForecast(
    Of of,
    int sources,
    SortedMap<LocalDate, BigDecimal> actual,
    List<Expected> expected,
    List<Judged> judged) {

  /** A measure of a source by a length of periods, as tables name them. */
  public record Of(String source, String measure, String frequency) {
    private static Column columns() {
      return struct("source", "measure", "frequency");
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
   * The forecast of a period.
   *
   * @param origin last day that the forecast knew
   * @param begun the period that is left out, as it is not over
   * @param lo80 lower bound of the 80 % interval
   */
  public record Expected(
      Of of,
      LocalDate start,
      LocalDate origin,
      Optional<LocalDate> begun,
      BigDecimal amount,
      Optional<BigDecimal> lo80,
      Optional<BigDecimal> hi80,
      Optional<BigDecimal> lo95,
      Optional<BigDecimal> hi95) {}

  /**
   * An earlier forecast beside what came of it.
   *
   * @param horizon periods from the origin, counted from 1
   * @param bounded series that had intervals
   * @param inside80 of these, inside the 80 % interval
   */
  public record Judged(
      Of of,
      LocalDate judgedOn,
      LocalDate start,
      int horizon,
      BigDecimal amount,
      BigDecimal actual,
      BigDecimal absoluteError,
      Optional<Double> mase,
      long bounded,
      long inside80,
      long inside95) {}

  /**
   * Chooses the forecast to show; empty where there is none.
   *
   * @param days what was sold and returned, of all sources
   */
  public static Optional<RevenueForecast> of(PublishedDay day, List<Sales.Day> days) {
    Map<Of, List<Expected>> forecasts =
        expected(day).stream().collect(Collectors.groupingBy(Expected::of));
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
        .map(forecast -> forecast.with(judged(day)));
  }

  private static RevenueForecast of(
      Of of, int sources, List<Sales.Day> days, List<Expected> expected) {
    List<Sales.Day> ofSource =
        days.stream().filter(sold -> sold.source().equals(of.source())).toList();
    LocalDate origin = expected.get(0).origin();
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

  /** Returns whether twice as many periods are over as are forecast. */
  private boolean showsHowItWent() {
    return actual.size() >= 2 * expected.size();
  }

  private RevenueForecast with(List<Judged> judged) {
    return new RevenueForecast(
        of, sources, actual, expected, judged.stream().filter(one -> one.of.equals(of)).toList());
  }

  private static List<Expected> expected(PublishedDay day) {
    return Records.read(
        Expected.class,
        totals(day.visible(SALES_FORECAST))
            .select(
                Of.columns(),
                col("period_start"),
                col("origin"),
                col("dropped_period"),
                col("forecast"),
                col("lo80"),
                col("hi80"),
                col("lo95"),
                col("hi95")));
  }

  private static List<Judged> judged(PublishedDay day) {
    return Records.read(
        Judged.class,
        totals(day.visible(FORECAST_ACCURACY))
            .select(
                Of.columns(),
                col(Table.LOGICAL_DATE),
                col("period_start"),
                col("horizon"),
                col("forecast"),
                col("actual"),
                col("absolute_error"),
                col("mase"),
                col("bounded"),
                col("inside80"),
                col("inside95")));
  }

  private static Dataset<Row> totals(Dataset<Row> forecasts) {
    return forecasts
        .where(
            col("level").equalTo("total").and(col("measure").isin("net_revenue", "gross_revenue")))
        .orderBy("origin", "horizon");
  }
}
