package crm.models.sales.forecast;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.functions.col;

import crm.models.forecasting.Backtest;
import crm.models.forecasting.Choice;
import crm.models.forecasting.ForecastPlan;
import crm.models.forecasting.Frequency;
import crm.models.forecasting.Method;
import crm.models.sales.forecast.Gathered.Coverage;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses the method of each level by the errors at rolling origins, after levels were made to add
 * up: each method as if it were that of all levels. The winners then add up with each other; where
 * they are worse together than the season before, on average over the levels, that is published.
 *
 * @param levels what was chosen, per level
 * @param forecasts of the winners at the end and at the rolling origins; rows of {@link
 *     CoherentForecasts}
 */
record Competition(Map<LevelKey, Winner> levels, Dataset<Row> forecasts) {

  /**
   * What was chosen for a level and how good it is, beside the season before.
   *
   * @param choice the method, and the bounds that its errors give
   * @param mase mean scaled error over series, origins and horizons; NaN without errors
   * @param coverage of the newest origin by bounds from the older ones
   */
  record Winner(
      Choice choice,
      double mase,
      double naiveMase,
      double wape,
      double naiveWape,
      Coverage coverage) {
    Method method() {
      return choice.method();
    }

    /** Error by that of the season before; 1 where there are none. */
    double relativeError() {
      return mase == naiveMase || !(naiveMase > 0) ? 1 : mase / naiveMase;
    }
  }

  /**
   * @param base rows of {@link BaseForecasts}
   * @param levels all there are
   * @param once computes rows that are used twice one time
   */
  static Competition of(
      Dataset<Row> base,
      Set<LevelKey> levels,
      Gathered gathered,
      UnaryOperator<Dataset<Row>> once) {
    Map<LevelKey, Backtest> each =
        gathered.errors(CoherentForecasts.ofEach(base.where(col("back").gt(0))));
    Map<LevelKey, Method> winners = new TreeMap<>();
    for (LevelKey level : levels) {
      winners.put(level, each.computeIfAbsent(level, gathered::noErrors).choose().method());
    }
    Competition chosen = together(base, winners, each, gathered, once);
    Map<String, Double> relativeErrors =
        chosen.levels.entrySet().stream()
            .collect(
                groupingBy(
                    level -> level.getKey().forest(),
                    averagingDouble(level -> level.getValue().relativeError())));
    Map<LevelKey, Method> published = new TreeMap<>(winners);
    published.replaceAll(
        (level, method) -> relativeErrors.get(level.forest()) > 1 ? Method.SEASONAL_NAIVE : method);
    return published.equals(winners) ? chosen : together(base, published, each, gathered, once);
  }

  private static Competition together(
      Dataset<Row> base,
      Map<LevelKey, Method> winners,
      Map<LevelKey, Backtest> each,
      Gathered gathered,
      UnaryOperator<Dataset<Row>> once) {
    Dataset<Row> forecasts = once.apply(CoherentForecasts.ofWinners(base, winners));
    Map<Frequency, ForecastPlan> plans = gathered.plans();
    FilterFunction<Row> isNewest =
        row ->
            row.<Integer>getAs("back")
                .equals(plans.get(LevelKey.of(row).frequency()).backs().get(0));
    FilterFunction<Row> isOlder = row -> !isNewest.call(row);
    Map<LevelKey, Choice> older =
        choices(gathered.errors(forecasts.filter(isOlder)), winners, gathered);
    Map<LevelKey, Coverage> coverage = gathered.coverage(forecasts.filter(isNewest), older);
    Map<LevelKey, Backtest> errors = gathered.errors(forecasts);
    Map<LevelKey, Choice> choices = choices(errors, winners, gathered);
    Map<LevelKey, Winner> levels = new TreeMap<>();
    choices.forEach(
        (level, choice) ->
            levels.put(
                level,
                winner(
                    choice,
                    errors.get(level),
                    each.get(level),
                    coverage.getOrDefault(level, Coverage.NONE))));
    return new Competition(levels, forecasts);
  }

  private static Winner winner(Choice choice, Backtest errors, Backtest each, Coverage coverage) {
    Method naive = Method.SEASONAL_NAIVE;
    return errors.candidates().isEmpty()
        ? new Winner(choice, Double.NaN, Double.NaN, Double.NaN, Double.NaN, coverage)
        : new Winner(
            choice,
            errors.mase(choice.method()),
            each.mase(naive),
            errors.wape(choice.method()),
            each.wape(naive),
            coverage);
  }

  private static Map<LevelKey, Choice> choices(
      Map<LevelKey, Backtest> errors, Map<LevelKey, Method> winners, Gathered gathered) {
    Map<LevelKey, Choice> choices = new TreeMap<>();
    winners.forEach(
        (level, method) ->
            choices.put(
                level, errors.computeIfAbsent(level, gathered::noErrors).intervalsOf(method)));
    return choices;
  }
}
