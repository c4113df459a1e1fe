package crm.models.sales.forecast;

import crm.learning.forecasting.Method;
import crm.learning.forecasting.series.Frequency;
import crm.models.sales.forecast.Competition.Winner;
import crm.models.sales.series.DeliveredDays;
import crm.models.sales.series.Level;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SalesForecastSettings;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The chosen methods and their quality, as they are saved. The naive answer is the seasonal naive
 * forecast; it is among the candidates, so a forecast is never refused, at worst it is that.
 *
 * @param levels the winner of each level
 * @param ends last complete period, by source and frequency
 * @param dropped the period that had begun and was left out, by source and frequency
 */
record ForecastModel(
    Map<String, Chosen> levels, Map<String, String> ends, Map<String, String> dropped) {

  /** Bounds are half widths per horizon, in units of the naive error of a series. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Chosen(String method, String intervals, double[] half80, double[] half95) {}

  static ForecastModel of(
      Competition competition,
      Map<String, DeliveredDays> delivered,
      SalesForecastSettings settings) {
    Map<String, Chosen> levels = new TreeMap<>();
    competition
        .levels()
        .forEach(
            (level, winner) ->
                levels.put(
                    level.toString(),
                    new Chosen(
                        winner.method().label(),
                        winner.choice().intervals().label(),
                        winner.choice().half80(),
                        winner.choice().half95())));
    Map<String, String> ends = new TreeMap<>();
    Map<String, String> dropped = new TreeMap<>();
    delivered.forEach(
        (source, days) ->
            settings
                .periods()
                .forEach(
                    periods -> {
                      Frequency frequency = periods.frequency();
                      String of = source + " " + LevelKey.label(frequency);
                      ends.put(of, days.lastPeriod(frequency).toString());
                      days.droppedPeriod(frequency)
                          .ifPresent(period -> dropped.put(of, period.toString()));
                    }));
    return new ForecastModel(levels, ends, dropped);
  }

  FittedModel fitted(LocalDate date, SalesForecastSettings settings, Competition competition) {
    return new FittedModel(
            this,
            "best of baselines, regression and trees by rolling origins, reconciled",
            date,
            grade(competition))
        .parameters(parameters(settings))
        .metrics(metrics(competition));
  }

  private Map<String, String> parameters(SalesForecastSettings settings) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("origins", String.valueOf(settings.origins()));
    parameters.put("history_days", String.valueOf(settings.historyDays()));
    parameters.put("holidays", String.join(", ", settings.holidays()));
    levels.forEach(
        (level, chosen) ->
            parameters.put(
                "method_of_" + level, chosen.method() + ", intervals " + chosen.intervals()));
    ends.forEach((of, period) -> parameters.put("last_period_of_" + of.replace(' ', '_'), period));
    dropped.forEach(
        (of, period) ->
            parameters.put("dropped_period_of_" + of.replace(' ', '_'), period + ", not complete"));
    return parameters;
  }

  private static List<Metric> metrics(Competition competition) {
    List<Metric> metrics = new ArrayList<>();
    competition
        .levels()
        .forEach(
            (level, winner) -> {
              add(
                  metrics,
                  "mase_of_" + level,
                  winner.mase(),
                  Direction.MINIMIZE,
                  winner.naiveMase());
              add(
                  metrics,
                  "wape_of_" + level,
                  winner.wape(),
                  Direction.MINIMIZE,
                  winner.naiveWape());
              add(
                  metrics,
                  "coverage80_of_" + level,
                  winner.coverage().share80(),
                  Direction.TARGET,
                  0.80);
              add(
                  metrics,
                  "coverage95_of_" + level,
                  winner.coverage().share95(),
                  Direction.TARGET,
                  0.95);
              if (level.level() == Level.TOTAL) {
                addByHorizon(metrics, level, winner);
              }
            });
    return metrics;
  }

  /** As in {@code wape_of_shop_net_revenue_monthly_total_ahead_03}. */
  private static void addByHorizon(List<Metric> metrics, LevelKey level, Winner winner) {
    for (int horizon = 1; horizon <= winner.ahead().size(); horizon++) {
      Winner.Ahead error = winner.ahead().get(horizon - 1);
      add(
          metrics,
          "wape_of_%s_ahead_%02d".formatted(level, horizon),
          error.wape(),
          Direction.MINIMIZE,
          error.naiveWape());
    }
  }

  private static void add(
      List<Metric> metrics, String name, double value, Direction direction, double baseline) {
    if (Double.isFinite(value) && Double.isFinite(baseline)) {
      metrics.add(Metric.of(name, value, direction, baseline));
    }
  }

  /** By the error relative to the seasonal naive forecast's, on average over the levels. */
  private static Grade grade(Competition competition) {
    double relative =
        competition.levels().values().stream()
            .mapToDouble(Winner::relativeError)
            .average()
            .orElse(1);
    boolean naive =
        competition.levels().values().stream()
            .allMatch(winner -> winner.method() == Method.SEASONAL_NAIVE);
    return naive || relative >= 1
        ? Grade.D
        : relative < 0.75 ? Grade.A : relative < 0.9 ? Grade.B : Grade.C;
  }
}
