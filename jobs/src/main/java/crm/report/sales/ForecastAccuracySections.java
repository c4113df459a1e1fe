package crm.report.sales;

import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;

import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.figures.RevenueForecast;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.Table;
import crm.warehouse.job.ModelRun.Metric;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** How far off forecasts of revenue were, by how far ahead they looked. */
public final class ForecastAccuracySections {
  private static final String TESTED = "Accuracy of the revenue forecast";
  private static final String JUDGED = "What became of earlier forecasts";
  private static final int MAX_HORIZONS = 12;

  private ForecastAccuracySections() {}

  /** Errors of the method at earlier dates, beside those of the seasonal naive forecast. */
  private record Tested(String ahead, Metric wape, Optional<Metric> mase) {}

  /** Draws the metrics of the model, of all horizons together and of each. */
  public static Section tested(
      Optional<RevenueForecast> forecast, PublishedDay day, Numbers numbers) {
    List<Tested> tests = forecast.map(of -> tests(of, day)).orElse(List.of());
    if (tests.isEmpty()) {
      return Section.empty(
          "forecast-tested",
          TESTED,
          "There are too few periods yet to hold some back and forecast them. See: crm models sales_forecast");
    }
    return new Section(
        "forecast-tested",
        TESTED,
        "The method forecast from earlier dates what is known by now. Its errors as a share of the revenue, in all and by horizon, beside those of the seasonal naive forecast, which repeats the value of one season ago.",
        BarChart.compared(
            "Two bars per distance: the error of the method and of the seasonal naive forecast.",
            List.of(new Key(Tone.MAIN, "error"), new Key(Tone.SECOND, "seasonal naive")),
            tests.stream()
                .map(
                    test ->
                        new BarChart.Row(
                            test.ahead(),
                            "%s · naive %s"
                                .formatted(
                                    numbers.percent(test.wape().value()),
                                    numbers.percent(test.wape().baseline().getAsDouble())),
                            List.of(
                                new BarChart.Amount(test.wape().value(), Tone.MAIN),
                                new BarChart.Amount(
                                    test.wape().baseline().getAsDouble(), Tone.SECOND))))
                .toList()),
        new DataTable(
            List.of("Ahead"),
            List.of("WAPE", "Seasonal naive", "MASE", "Seasonal naive"),
            tests.stream().map(test -> cells(test, numbers)).toList()));
  }

  private static List<Tested> tests(RevenueForecast forecast, PublishedDay day) {
    LastModel model = LastModel.of(day, SALES_FORECAST);
    String wape = "wape_of_" + forecast.of().inMetrics();
    String mase = "mase_of_" + forecast.of().inMetrics();
    String ahead = "_ahead_";
    List<Tested> tests = new ArrayList<>();
    model
        .metric(wape)
        .ifPresent(metric -> tests.add(new Tested("all together", metric, model.metric(mase))));
    List<Metric> byHorizon = model.metricsOf(wape + ahead);
    Predicate<Integer> isShown = shown(byHorizon.size());
    for (Metric metric : byHorizon) {
      String horizon = metric.name().substring((wape + ahead).length());
      if (isShown.test(Integer.valueOf(horizon))) {
        tests.add(
            new Tested(
                ahead(forecast, Integer.parseInt(horizon)),
                metric,
                model.metric(mase + ahead + horizon)));
      }
    }
    return tests;
  }

  private static List<String> cells(Tested test, Numbers numbers) {
    return List.of(
        test.ahead(),
        numbers.percent(test.wape().value()),
        numbers.percent(test.wape().baseline().getAsDouble()),
        test.mase().map(mase -> numbers.precise(mase.value())).orElse("-"),
        test.mase().map(mase -> numbers.precise(mase.baseline().getAsDouble())).orElse("-"));
  }

  /** Forecasts of one horizon whose periods are over. */
  private record Judged(String ahead, List<Row> forecasts) {
    BigDecimal amount(String column) {
      return forecasts.stream()
          .map(row -> row.<BigDecimal>getAs(column))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The absolute actual revenue. */
    BigDecimal size() {
      return forecasts.stream()
          .map(row -> row.<BigDecimal>getAs("actual").abs())
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    String error(Numbers numbers) {
      return numbers.percent(amount("absolute_error"), size());
    }

    OptionalDouble mase() {
      return forecasts.stream()
          .filter(row -> row.getAs("mase") != null)
          .mapToDouble(row -> row.<Double>getAs("mase"))
          .average();
    }

    String inside(String bounds) {
      return bounds(bounds) + " of " + bounds("bounded");
    }

    private long bounds(String column) {
      return forecasts.stream().mapToLong(row -> row.<Long>getAs(column)).sum();
    }

    BarChart.Row bar(Numbers numbers) {
      double size = size().doubleValue();
      return new BarChart.Row(
          ahead,
          "%s in %d forecast%s"
              .formatted(error(numbers), forecasts.size(), forecasts.size() == 1 ? "" : "s"),
          size == 0 ? 0 : amount("absolute_error").doubleValue() / size);
    }

    List<String> cells(Numbers numbers) {
      return List.of(
          ahead,
          numbers.count(forecasts.size()),
          numbers.amount(amount("forecast")),
          numbers.amount(amount("actual")),
          error(numbers),
          mase().isPresent() ? numbers.precise(mase().getAsDouble()) : "-",
          inside("inside80"),
          inside("inside95"));
    }
  }

  public static Section judged(Optional<RevenueForecast> forecast, Numbers numbers) {
    List<Judged> judged = forecast.map(ForecastAccuracySections::byHorizon).orElse(List.of());
    if (judged.isEmpty()) {
      return Section.empty(
          "forecast-judged",
          JUDGED,
          "No forecast period is over yet. Once one is, the next run compares its forecast with its actual revenue.");
    }
    return new Section(
        "forecast-judged",
        JUDGED,
        "Forecasts of earlier runs whose period is over: their errors as a share of the actual revenue, by horizon. Actual revenue was inside the 80 %% interval in %s cases. It is as known on %s, with late and amended orders."
            .formatted(
                new Judged("", forecast.orElseThrow().judged()).inside("inside80"),
                forecast.orElseThrow().judged().get(0).<Date>getAs(Table.LOGICAL_DATE)),
        BarChart.compared(
            "A bar per distance: the error of earlier forecasts.",
            List.of(),
            judged.stream().map(of -> of.bar(numbers)).toList()),
        new DataTable(
            List.of("Ahead"),
            List.of(
                "Forecasts",
                "Forecast, " + numbers.currency(),
                "Actual, " + numbers.currency(),
                "WAPE",
                "MASE",
                "Inside 80 %",
                "Inside 95 %"),
            judged.stream().map(of -> of.cells(numbers)).toList()));
  }

  private static List<Judged> byHorizon(RevenueForecast forecast) {
    Map<Integer, List<Row>> byHorizon =
        forecast.judged().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.<Integer>getAs("horizon"), TreeMap::new, Collectors.toList()));
    Predicate<Integer> isShown = shown(byHorizon.size());
    return byHorizon.entrySet().stream()
        .filter(of -> isShown.test(of.getKey()))
        .map(of -> new Judged(ahead(forecast, of.getKey()), of.getValue()))
        .toList();
  }

  /** Of many horizons the first and every quarter of the way. */
  private static Predicate<Integer> shown(int horizons) {
    return horizon -> horizons <= MAX_HORIZONS || horizon == 1 || horizon % (horizons / 4) == 0;
  }

  private static String ahead(RevenueForecast forecast, int horizon) {
    return forecast.of().period().many(horizon) + " ahead";
  }
}
