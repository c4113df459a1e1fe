package crm.report;

import static crm.warehouse.tables.ForecastTables.SALES_FORECAST;

import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.figures.RevenueForecast;
import crm.report.page.Bars;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.ModelRun.Metric;
import crm.warehouse.Table;
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
final class ForecastAccuracySections {
  private static final String TESTED = "How well revenue is foretold";
  private static final String JUDGED = "What became of earlier forecasts";
  private static final int MOST_HORIZONS = 12;

  private ForecastAccuracySections() {}

  /** Errors of the method at earlier dates, beside those of what came a season before. */
  private record Tested(String ahead, Metric wape, Optional<Metric> mase) {}

  /** By the metrics of the model, which tell of all horizons and of each. */
  static Section tested(Optional<RevenueForecast> forecast, PublishedDay day, Numbers numbers) {
    List<Tested> tests = forecast.map(of -> tests(of, day)).orElse(List.of());
    if (tests.isEmpty()) {
      return Section.empty(
          "forecast-tested",
          TESTED,
          "There are too few periods yet to hold some back and foretell them. See: crm models sales_forecast");
    }
    return new Section(
        "forecast-tested",
        TESTED,
        "The method was asked at earlier dates for what is known by now. How far it was off, in all and by how far ahead it looked, as a share of the revenue, beside saying what came a season before.",
        Bars.compared(
            "Two bars per distance: the error of the method and of the season before.",
            List.of(new Key(Tone.MAIN, "error"), new Key(Tone.SECOND, "as the season before")),
            tests.stream()
                .map(
                    test ->
                        new Bars.Row(
                            test.ahead(),
                            "%s · before %s"
                                .formatted(
                                    numbers.percent(test.wape().value()),
                                    numbers.percent(test.wape().baseline().getAsDouble())),
                            List.of(
                                new Bars.Amount(test.wape().value(), Tone.MAIN),
                                new Bars.Amount(
                                    test.wape().baseline().getAsDouble(), Tone.SECOND))))
                .toList()),
        new DataTable(
            List.of("Ahead"),
            List.of("WAPE", "Season before", "MASE", "Season before"),
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

    /** What came, whether or not it is below zero. */
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

    Bars.Row bar(Numbers numbers) {
      double size = size().doubleValue();
      return new Bars.Row(
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

  static Section judged(Optional<RevenueForecast> forecast, Numbers numbers) {
    List<Judged> judged = forecast.map(ForecastAccuracySections::byHorizon).orElse(List.of());
    if (judged.isEmpty()) {
      return Section.empty(
          "forecast-judged",
          JUDGED,
          "No period that was foretold is over yet. When one is, the next run sets what came beside what was foretold.");
    }
    return new Section(
        "forecast-judged",
        JUDGED,
        "Forecasts of earlier runs whose period is over: how far off they were, as a share of what came, by how far ahead they looked. What came was inside the bounds of 80 %% in %s cases. It is told as known on %s, with orders that came late or were amended."
            .formatted(
                new Judged("", forecast.orElseThrow().judged()).inside("inside80"),
                forecast.orElseThrow().judged().get(0).<Date>getAs(Table.LOGICAL_DATE)),
        Bars.compared(
            "A bar per distance: the error of earlier forecasts.",
            List.of(),
            judged.stream().map(of -> of.bar(numbers)).toList()),
        new DataTable(
            List.of("Ahead"),
            List.of(
                "Forecasts",
                "Foretold, " + numbers.currency(),
                "Came, " + numbers.currency(),
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
    return horizon -> horizons <= MOST_HORIZONS || horizon == 1 || horizon % (horizons / 4) == 0;
  }

  private static String ahead(RevenueForecast forecast, int horizon) {
    return forecast.of().period().many(horizon) + " ahead";
  }
}
