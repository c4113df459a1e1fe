package crm.report.sales;

import crm.report.figures.Period;
import crm.report.figures.RevenueForecast;
import crm.report.figures.RevenueForecast.Expected;
import crm.report.figures.RevenueForecast.Judged;
import crm.report.page.DataTable;
import crm.report.page.FanChart;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Forecast revenue, after actual revenue. */
final class ForecastSection {
  private static final String ID = "forecast";
  private static final String TITLE = "Revenue forecast";
  private static final int MIN_HISTORY = 24;

  private ForecastSection() {}

  static Section section(Optional<RevenueForecast> forecast, Numbers numbers) {
    return forecast
        .map(of -> fan(of, numbers))
        .orElse(
            Section.empty(
                ID,
                TITLE,
                "No revenue is forecast: no period is over yet, or sales-forecast.measures names no revenue. See: crm models sales_forecast"));
  }

  private static Section fan(RevenueForecast forecast, Numbers numbers) {
    Period period = forecast.of().period();
    Map<LocalDate, BigDecimal> earlier = saidBefore(forecast);
    List<FanChart.Actual> actual = new ArrayList<>();
    List<FanChart.Expected> expected = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    int shown = Math.max(MIN_HISTORY, 2 * forecast.expected().size());
    forecast.actual().entrySet().stream()
        .skip(Math.max(0, forecast.actual().size() - shown))
        .forEach(
            of -> {
              LocalDate start = of.getKey();
              actual.add(
                  new FanChart.Actual(period.shortLabel(start), of.getValue().doubleValue()));
              String said = earlier.containsKey(start) ? numbers.amount(earlier.get(start)) : "";
              rows.add(
                  List.of(
                      period.label(start), numbers.amount(of.getValue()), said, "", "", "", ""));
            });
    for (Expected next : forecast.expected()) {
      LocalDate start = next.start();
      expected.add(
          new FanChart.Expected(
              period.shortLabel(start), next.amount().doubleValue(), bounds(next)));
      List<String> cells = new ArrayList<>(List.of(period.label(start), ""));
      cells.add(numbers.amount(next.amount()));
      Stream.of(next.lo80(), next.hi80(), next.lo95(), next.hi95())
          .forEach(bound -> cells.add(bound.map(numbers::amount).orElse("-")));
      rows.add(cells);
    }
    return new Section(
        ID,
        TITLE,
        lead(forecast, numbers),
        FanChart.of(
            "A line of revenue up to %s, and bands around the forecast up to %s."
                .formatted(
                    period.label(forecast.actual().lastKey()), rows.get(rows.size() - 1).get(0)),
            actual,
            expected,
            numbers),
        new DataTable(
            List.of("Period"),
            List.of("Actual", "Forecast", "80 % from", "80 % to", "95 % from", "95 % to"),
            rows));
  }

  private static String lead(RevenueForecast forecast, Numbers numbers) {
    Expected first = forecast.expected().get(0);
    BigDecimal sum =
        forecast.expected().stream().map(Expected::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    Period period = forecast.of().period();
    List<String> lead = new ArrayList<>();
    lead.add(
        "%s, %s%s: %s is expected of the next %s."
            .formatted(
                numbers.currency(),
                period.inWords(),
                forecast.of().isNet() ? ", net of returns" : ", before returns",
                numbers.whole(sum),
                period.many(forecast.expected().size())));
    lead.add(
        bounds(first).isPresent()
            ? "The bands are the 80 %% and 95 %% prediction intervals of each %s."
                .formatted(period.name().toLowerCase(Locale.ROOT))
            : "There are no prediction intervals, as the history is too short for them.");
    first
        .begun()
        .ifPresent(
            begun -> lead.add("%s is left out, as it is not over.".formatted(period.label(begun))));
    if (forecast.sources() > 1) {
      lead.add(
          "This is %s, which sold most; curated.sales_forecast has all %d sources."
              .formatted(forecast.of().source(), forecast.sources()));
    }
    return String.join(" ", lead);
  }

  private static Optional<FanChart.Bounds> bounds(Expected next) {
    return next.lo95().isEmpty() || next.lo80().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FanChart.Bounds(
                next.lo95().get().doubleValue(),
                next.lo80().get().doubleValue(),
                next.hi80().get().doubleValue(),
                next.hi95().get().doubleValue()));
  }

  /** Finds the last forecast of each period that is over. */
  private static Map<LocalDate, BigDecimal> saidBefore(RevenueForecast forecast) {
    Map<LocalDate, BigDecimal> said = new HashMap<>();
    forecast.judged().stream()
        .sorted(Comparator.comparing(Judged::horizon).reversed())
        .forEach(judged -> said.put(judged.start(), judged.amount()));
    return said;
  }
}
