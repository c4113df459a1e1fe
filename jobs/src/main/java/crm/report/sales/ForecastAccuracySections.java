package crm.report.sales;

import crm.report.figures.LastModel;
import crm.report.figures.RevenueForecast;
import crm.report.figures.RevenueForecast.Judged;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.job.ModelRun.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Draws how far off forecasts of revenue were, by how far ahead they looked. */
final class ForecastAccuracySections {
  private static final String TESTED = "Accuracy of the revenue forecast";
  private static final String JUDGED = "What became of earlier forecasts";
  private static final int MAX_HORIZONS = 12;

  private ForecastAccuracySections() {}

  /** Errors of the method at earlier dates, beside those of the seasonal naive forecast. */
  private record Tested(String ahead, Metric wape, Optional<Metric> mase) {}

  /** Draws the metrics of the model, of all horizons together and of each. */
  static Section tested(Optional<RevenueForecast> forecast, LastModel model, Numbers numbers) {
    List<Tested> tests = forecast.map(of -> tests(of, model)).orElse(List.of());
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
            tests,
            test ->
                new BarChart.Row(
                    test.ahead(),
                    "%s · naive %s"
                        .formatted(
                            numbers.percent(test.wape().value()),
                            numbers.percent(test.wape().baseline().getAsDouble())),
                    List.of(
                        new BarChart.Amount(test.wape().value(), Tone.MAIN),
                        new BarChart.Amount(test.wape().baseline().getAsDouble(), Tone.SECOND)))),
        DataTable.of(
            List.of("Ahead"),
            List.of("WAPE", "Seasonal naive", "MASE", "Seasonal naive"),
            tests,
            test -> cells(test, numbers)));
  }

  private static List<Tested> tests(RevenueForecast forecast, LastModel model) {
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
  private record Horizon(String ahead, List<Judged> forecasts) {
    BigDecimal sum(Function<Judged, BigDecimal> amount) {
      return forecasts.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal error() {
      return sum(Judged::absoluteError);
    }

    /** The absolute actual revenue. */
    BigDecimal size() {
      return sum(of -> of.actual().abs());
    }

    String wape(Numbers numbers) {
      return numbers.percent(error(), size());
    }

    String mase(Numbers numbers) {
      OptionalDouble mean =
          forecasts.stream()
              .flatMap(judged -> judged.mase().stream())
              .mapToDouble(Double::doubleValue)
              .average();
      return mean.isPresent() ? numbers.precise(mean.getAsDouble()) : "-";
    }

    String inside(ToLongFunction<Judged> inside) {
      return forecasts.stream().mapToLong(inside).sum()
          + " of "
          + forecasts.stream().mapToLong(Judged::bounded).sum();
    }

    BarChart.Row bar(Numbers numbers) {
      double size = size().doubleValue();
      return new BarChart.Row(
          ahead,
          "%s in %d forecast%s"
              .formatted(wape(numbers), forecasts.size(), forecasts.size() == 1 ? "" : "s"),
          size == 0 ? 0 : error().doubleValue() / size);
    }

    List<String> cells(Numbers numbers) {
      return List.of(
          ahead,
          numbers.count(forecasts.size()),
          numbers.amount(sum(Judged::amount)),
          numbers.amount(sum(Judged::actual)),
          wape(numbers),
          mase(numbers),
          inside(Judged::inside80),
          inside(Judged::inside95));
    }
  }

  static Section judged(Optional<RevenueForecast> forecast, Numbers numbers) {
    List<Judged> judged = forecast.map(RevenueForecast::judged).orElse(List.of());
    if (judged.isEmpty()) {
      return Section.empty(
          "forecast-judged",
          JUDGED,
          "No forecast period is over yet. Once one is, the next run compares its forecast with its actual revenue.");
    }
    List<Horizon> horizons = byHorizon(forecast.orElseThrow());
    return new Section(
        "forecast-judged",
        JUDGED,
        "Forecasts of earlier runs whose period is over: their errors as a share of the actual revenue, by horizon. Actual revenue was inside the 80 %% interval in %s cases. It is as known on %s, with late and amended orders."
            .formatted(new Horizon("", judged).inside(Judged::inside80), judged.get(0).judgedOn()),
        BarChart.compared(
            "A bar per distance: the error of earlier forecasts.",
            List.of(),
            horizons,
            of -> of.bar(numbers)),
        DataTable.of(
            List.of("Ahead"),
            List.of(
                "Forecasts",
                "Forecast, " + numbers.currency(),
                "Actual, " + numbers.currency(),
                "WAPE",
                "MASE",
                "Inside 80 %",
                "Inside 95 %"),
            horizons,
            of -> of.cells(numbers)));
  }

  private static List<Horizon> byHorizon(RevenueForecast forecast) {
    Map<Integer, List<Judged>> byHorizon =
        forecast.judged().stream()
            .collect(Collectors.groupingBy(Judged::horizon, TreeMap::new, Collectors.toList()));
    Predicate<Integer> isShown = shown(byHorizon.size());
    return byHorizon.entrySet().stream()
        .filter(of -> isShown.test(of.getKey()))
        .map(of -> new Horizon(ahead(forecast, of.getKey()), of.getValue()))
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
