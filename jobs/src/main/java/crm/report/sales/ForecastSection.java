package crm.report.sales;

import crm.report.figures.Period;
import crm.report.figures.RevenueForecast;
import crm.report.page.DataTable;
import crm.report.page.FanChart;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Forecast revenue, after actual revenue. */
public final class ForecastSection {
  private static final String ID = "forecast";
  private static final String TITLE = "Revenue forecast";
  private static final int MIN_HISTORY = 24;

  private ForecastSection() {}

  public static Section section(Optional<RevenueForecast> forecast, Numbers numbers) {
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
    for (Row row : forecast.expected()) {
      LocalDate start = row.<Date>getAs("period_start").toLocalDate();
      BigDecimal amount = row.getAs("forecast");
      expected.add(
          new FanChart.Expected(period.shortLabel(start), amount.doubleValue(), bounds(row)));
      List<String> cells = new ArrayList<>(List.of(period.label(start), ""));
      cells.add(numbers.amount(amount));
      for (String bound : List.of("lo80", "hi80", "lo95", "hi95")) {
        cells.add(row.getAs(bound) == null ? "-" : numbers.amount(row.getAs(bound)));
      }
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
    Row first = forecast.expected().get(0);
    BigDecimal sum =
        forecast.expected().stream()
            .map(row -> row.<BigDecimal>getAs("forecast"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
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
    Date dropped = first.getAs("dropped_period");
    if (dropped != null) {
      lead.add("%s is left out, as it is not over.".formatted(period.label(dropped.toLocalDate())));
    }
    if (forecast.sources() > 1) {
      lead.add(
          "This is %s, which sold most; curated.sales_forecast has all %d sources."
              .formatted(forecast.of().source(), forecast.sources()));
    }
    return String.join(" ", lead);
  }

  private static Optional<FanChart.Bounds> bounds(Row row) {
    return row.getAs("lo95") == null || row.getAs("lo80") == null
        ? Optional.empty()
        : Optional.of(
            new FanChart.Bounds(
                row.<BigDecimal>getAs("lo95").doubleValue(),
                row.<BigDecimal>getAs("lo80").doubleValue(),
                row.<BigDecimal>getAs("hi80").doubleValue(),
                row.<BigDecimal>getAs("hi95").doubleValue()));
  }

  /** Finds the last forecast of each period that is over. */
  private static Map<LocalDate, BigDecimal> saidBefore(RevenueForecast forecast) {
    Map<LocalDate, BigDecimal> said = new HashMap<>();
    forecast.judged().stream()
        .sorted(Comparator.comparing(row -> -row.<Integer>getAs("horizon")))
        .forEach(
            row -> said.put(row.<Date>getAs("period_start").toLocalDate(), row.getAs("forecast")));
    return said;
  }
}
