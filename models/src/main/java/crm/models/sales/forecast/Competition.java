package crm.models.sales.forecast;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.functions.col;

import crm.learning.forecasting.Backtest;
import crm.learning.forecasting.Choice;
import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.Method;
import crm.learning.forecasting.series.Frequency;
import crm.models.sales.forecast.DriverAggregates.Coverage;
import crm.models.sales.series.LevelKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses the method of each level by the errors at rolling origins, after levels were made to add
 * up: each method as if it were that of all levels. The winners then add up with each other; where
 * one method of all levels is better than they are together, on average over the levels, that is
 * published. So it is where the errors of many small series are one-sided and add up in their sums.
 *
 * @param levels what was chosen, per level
 * @param forecasts of the winners at the end and at the rolling origins; rows of {@link
 *     CoherentForecasts}
 */
record Competition(Map<LevelKey, Winner> levels, Dataset<Row> forecasts) {

  /**
   * What was chosen for a level and how good it is, beside the seasonal naive forecast.
   *
   * @param choice the method, and the bounds that its errors give
   * @param mase mean scaled error over series, origins and horizons; NaN without errors
   * @param coverage of the newest origin by bounds from the older ones
   * @param ahead the same errors by horizon, from 1
   */
  record Winner(
      Choice choice,
      double mase,
      double naiveMase,
      double wape,
      double naiveWape,
      Coverage coverage,
      List<Ahead> ahead) {

    /** Error as a share of the values, at one horizon. */
    record Ahead(double wape, double naiveWape) {}

    Method method() {
      return choice.method();
    }

    /** Error relative to the seasonal naive forecast's; 1 where there are none. */
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
      DriverAggregates gathered,
      UnaryOperator<Dataset<Row>> once) {
    Map<LevelKey, Backtest> each =
        gathered.errors(CoherentForecasts.ofEach(base.where(col("origin_offset").gt(0))));
    Map<LevelKey, Method> winners = new TreeMap<>();
    for (LevelKey level : levels) {
      winners.put(level, each.computeIfAbsent(level, gathered::noErrors).choose().method());
    }
    Competition chosen = together(base, winners, each, gathered, once);
    Map<LevelKey, Method> published = new TreeMap<>();
    levels.stream()
        .collect(groupingBy(LevelKey::forest))
        .forEach(
            (forest, trees) -> {
              Method alone = bestOfAll(trees, each);
              double together = mean(trees, level -> chosen.levels.get(level).relativeError());
              boolean isBetter =
                  mean(trees, level -> relativeError(each.get(level), alone)) < together;
              trees.forEach(level -> published.put(level, isBetter ? alone : winners.get(level)));
            });
    return published.equals(winners) ? chosen : together(base, published, each, gathered, once);
  }

  /** The method that does best if it is that of all levels; of equal ones the simplest. */
  private static Method bestOfAll(List<LevelKey> levels, Map<LevelKey, Backtest> each) {
    return Arrays.stream(Method.values())
        .filter(
            method ->
                levels.stream()
                    .map(level -> each.get(level).candidates())
                    .allMatch(known -> known.isEmpty() || known.contains(method)))
        .min(
            comparingDouble(
                method -> mean(levels, level -> relativeError(each.get(level), method))))
        .orElse(Method.SEASONAL_NAIVE);
  }

  /** Error relative to the seasonal naive forecast's; 1 where there are none. */
  private static double relativeError(Backtest errors, Method method) {
    if (errors.candidates().isEmpty()) {
      return 1;
    }
    double naive = errors.mase(Method.SEASONAL_NAIVE);
    return naive > 0 ? errors.mase(method) / naive : 1;
  }

  private static double mean(List<LevelKey> levels, ToDoubleFunction<LevelKey> of) {
    return levels.stream().mapToDouble(of).average().orElse(1);
  }

  private static Competition together(
      Dataset<Row> base,
      Map<LevelKey, Method> winners,
      Map<LevelKey, Backtest> each,
      DriverAggregates gathered,
      UnaryOperator<Dataset<Row>> once) {
    Dataset<Row> forecasts = once.apply(CoherentForecasts.ofWinners(base, winners));
    Map<Frequency, ForecastPlan> plans = gathered.plans();
    FilterFunction<Row> isNewest =
        row ->
            row.<Integer>getAs("origin_offset")
                .equals(plans.get(LevelKey.of(row).frequency()).originOffsets().get(0));
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
        ? new Winner(choice, Double.NaN, Double.NaN, Double.NaN, Double.NaN, coverage, List.of())
        : new Winner(
            choice,
            errors.mase(choice.method()),
            each.mase(naive),
            errors.wape(choice.method()),
            each.wape(naive),
            coverage,
            IntStream.rangeClosed(1, choice.half80().length)
                .mapToObj(
                    ahead ->
                        new Winner.Ahead(
                            errors.wape(choice.method(), ahead), each.wape(naive, ahead)))
                .toList());
  }

  private static Map<LevelKey, Choice> choices(
      Map<LevelKey, Backtest> errors, Map<LevelKey, Method> winners, DriverAggregates gathered) {
    Map<LevelKey, Choice> choices = new TreeMap<>();
    winners.forEach(
        (level, method) ->
            choices.put(
                level, errors.computeIfAbsent(level, gathered::noErrors).intervalsOf(method)));
    return choices;
  }
}
