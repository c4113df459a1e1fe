package crm.learning.forecasting;

import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.regression.Features;
import crm.learning.forecasting.regression.Features.TargetTransform;
import crm.learning.forecasting.regression.NormalEquations;
import crm.learning.forecasting.regression.NormalEquations.Layout;
import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.History;
import crm.learning.forecasting.series.Series;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the series of one level are forecast: {@link #gather} over parts of the series, merge, {@link
 * #solve}; {@link #backtest} over parts, merge, {@link Backtest#choose}; then {@link #forecast} per
 * series. Each step over the series may run anywhere; what lies between is small.
 *
 * <p>Who reconciles asks for {@link #candidates} at each of {@link #originOffsets}, and adds to a
 * {@link Backtest} what reconciling made of them.
 *
 * @param horizon periods ahead, 1 to horizon
 * @param origins how many rolling origins; each has its whole horizon within the known values
 * @param calendar what is known of periods in advance
 */
public record ForecastPlan(Frequency frequency, int horizon, int origins, Calendar calendar)
    implements Serializable {
  public ForecastPlan {
    if (horizon < 1 || origins < 0) {
      throw new IllegalArgumentException(
          "A forecast needs a horizon of 1 or more, not %s, and 0 or more origins, not %s."
              .formatted(horizon, origins));
    }
  }

  /** Of each rolling origin, how many values of a series were not known at it; newest first. */
  public List<Integer> originOffsets() {
    int step = frequency == Frequency.DAILY ? 7 : 1;
    return IntStream.range(0, origins).mapToObj(origin -> horizon + origin * step).toList();
  }

  public Features featuresOfPlan() {
    return new Features(frequency, calendar);
  }

  /** The end is the first of its origins. */
  Layout layout() {
    Features features = featuresOfPlan();
    int[] withEnd =
        IntStream.concat(IntStream.of(0), originOffsets().stream().mapToInt(Integer::intValue))
            .toArray();
    return new Layout(features.originFeatures(), features.targetFeatures(), horizon, withEnd);
  }

  /** The sums over some of the series. */
  public NormalEquations gather(Iterable<Series> series) {
    NormalEquationsAccumulator gathering = new NormalEquationsAccumulator(this);
    series.forEach(gathering::add);
    return gathering.sums();
  }

  /** The regressions at every origin, from the sums over all series. */
  public Coefficients solve(NormalEquations all) {
    return Coefficients.solve(all);
  }

  /**
   * Forecasts by each candidate at an origin, from the values known then.
   *
   * @param originOffset 0 for the end, or one of {@link #originOffsets}
   */
  public Map<Method, Points> candidates(
      Series series, int originOffset, Coefficients coefficients) {
    return new Candidates(this, coefficients).forecast(series, new History(series), originOffset);
  }

  /** The errors of all candidates at all rolling origins, over some of the series. */
  public Backtest backtest(Iterable<Series> series, Coefficients coefficients) {
    Backtest backtest = new Backtest(this);
    Candidates candidates = new Candidates(this, coefficients);
    for (Series one : series) {
      History history = new History(one);
      for (int originOffset : originOffsets()) {
        int origin = one.size() - 1 - originOffset;
        if (history.known(origin) > 0) {
          candidates
              .forecast(one, history, originOffset)
              .forEach((method, points) -> backtest.add(history, origin, method, points.values()));
        }
      }
    }
    return backtest;
  }

  /** Forecasts the values after the end of a series by the winner of its level. */
  public Forecast forecast(Series series, Coefficients coefficients, Choice choice) {
    return around(series, candidates(series, 0, coefficients).get(choice.method()), choice);
  }

  /**
   * Intervals around points that were made elsewhere (reconciled, or by another model). Of a series
   * that never was negative, no bound is.
   */
  public Forecast around(Series series, Points points, Choice choice) {
    int size = points.values().length;
    History history = new History(series);
    int last = series.size() - 1;
    double spread = history.spread(last);
    double min = history.hasNegative(last) ? Double.NEGATIVE_INFINITY : 0;
    double[][] bounds = new double[4][size];
    for (int h = 0; h < size; h++) {
      double point = points.values()[h];
      double half80 = spread * choice.half80()[h];
      double half95 = spread * choice.half95()[h];
      bounds[0][h] = Math.min(point, Math.max(min, point - half80));
      bounds[1][h] = point + half80;
      bounds[2][h] = Math.min(point, Math.max(min, point - half95));
      bounds[3][h] = point + half95;
    }
    return new Forecast(
        points.method(),
        points.values(),
        bounds[0],
        bounds[1],
        bounds[2],
        bounds[3],
        choice.intervals());
  }

  /**
   * The unit of a series' errors: the mean absolute difference to one season earlier (Hyndman and
   * Koehler 2006), of the values known at the origin; never 0.
   */
  public double scale(Series series, int originOffset) {
    return new History(series).scale(series.size() - 1 - originOffset);
  }

  /** The unit of the bounds of a {@link Choice}: how much the series moved lately; never 0. */
  public double spread(Series series, int originOffset) {
    return originOffset < series.size()
        ? new History(series).spread(series.size() - 1 - originOffset)
        : 1;
  }

  /** Names of the features of a target, for a model that is fitted elsewhere. */
  public List<String> featureNames() {
    return featuresOfPlan().names();
  }

  /**
   * The features of the value {@code ahead} periods after the origin (an index into the values), as
   * known at the origin, for a model that is fitted elsewhere; empty where too little is known.
   */
  public double[] features(Series series, int origin, int ahead) {
    Features features = featuresOfPlan();
    History history = new History(series);
    if (!features.canSee(history, origin)) {
      return new double[0];
    }
    double[] originFeatures = new double[features.originFeatures()];
    double[] targetFeatures = new double[features.targetFeatures()];
    features.originFeatures(
        history, series.period(origin), origin, TargetTransform.RATIO, originFeatures);
    double[] ofCalendar = calendar.features(series.period(origin + ahead));
    features.targetFeatures(
        history, ofCalendar, origin, ahead, TargetTransform.RATIO, targetFeatures);
    double[] all = Arrays.copyOf(originFeatures, originFeatures.length + targetFeatures.length);
    System.arraycopy(targetFeatures, 0, all, originFeatures.length, targetFeatures.length);
    return all;
  }

  /** Computes the target of such a model: the value relative to the level at the origin. */
  public double target(Series series, int origin, int ahead) {
    double level = featuresOfPlan().level(new History(series), origin);
    return TargetTransform.RATIO.apply(series.values()[origin + ahead] / level);
  }

  /** The value of the series that a learnt target says. */
  public double value(Series series, int origin, double target) {
    double level = featuresOfPlan().level(new History(series), origin);
    return level * TargetTransform.RATIO.invert(target);
  }
}
