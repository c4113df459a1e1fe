package crm.learning.forecasting;

import crm.learning.forecasting.series.History;
import crm.learning.forecasting.series.Series;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Errors of the methods at the rolling origins of a level. All is counted in whole numbers, so that
 * the counts of parts of the series add up to the same, bit for bit, in any order.
 */
public final class Backtest implements Serializable {
  private static final long serialVersionUID = 1;

  /** Errors in units of the scale, and their squares, are counted in this unit. */
  private static final double UNIT = 0x1p-20;

  /** Greater ones are counted as that. */
  private static final double MAX_SCALED_ERROR = 1000;

  /** Values are counted in this unit. */
  private static final double VALUE_UNIT = 0x1p-10;

  private final int horizon;
  private final EnumMap<Method, Errors> byMethod = new EnumMap<>(Method.class);

  /** Of one method, by horizon. */
  private static final class Errors implements Serializable {
    private static final long serialVersionUID = 1;
    private final long[] counts;
    private final long[] scaled;
    private final long[] squares;
    private final long[] errors;
    private final long[] sizes;
    private final Residuals[] residuals;

    Errors(int horizon) {
      counts = new long[horizon];
      scaled = new long[horizon];
      squares = new long[horizon];
      errors = new long[horizon];
      sizes = new long[horizon];
      residuals = new Residuals[horizon];
      Arrays.setAll(residuals, h -> new Residuals());
    }

    void add(int h, double error, double size, double scale, double spread) {
      double inScale = Math.min(MAX_SCALED_ERROR, error / scale);
      double inSpread = Math.min(MAX_SCALED_ERROR, error / spread);
      counts[h]++;
      scaled[h] += Math.round(inScale / UNIT);
      squares[h] += Math.round(inSpread * inSpread / UNIT);
      errors[h] = Math.addExact(errors[h], Math.round(error / VALUE_UNIT));
      sizes[h] = Math.addExact(sizes[h], Math.round(size / VALUE_UNIT));
      residuals[h].add(inSpread);
    }

    void add(Errors other) {
      for (int h = 0; h < counts.length; h++) {
        counts[h] += other.counts[h];
        scaled[h] += other.scaled[h];
        squares[h] += other.squares[h];
        errors[h] = Math.addExact(errors[h], other.errors[h]);
        sizes[h] = Math.addExact(sizes[h], other.sizes[h]);
        residuals[h].add(other.residuals[h]);
      }
    }

    double mase() {
      return Arrays.stream(scaled).sum() * UNIT / Arrays.stream(counts).sum();
    }
  }

  public Backtest(ForecastPlan plan) {
    this(plan.horizon());
  }

  private Backtest(int horizon) {
    this.horizon = horizon;
  }

  /**
   * Counts the errors of a candidate for one series at one origin.
   *
   * @param originOffset how many values of the series were not known
   * @param points per period after the origin; empty ones count nothing
   */
  public void add(Series series, int originOffset, Method candidate, double[] points) {
    add(new History(series), series.size() - 1 - originOffset, candidate, points);
  }

  void add(History history, int origin, Method candidate, double[] points) {
    double scale = history.scale(origin);
    double spread = history.spread(origin);
    Errors errors = byMethod.computeIfAbsent(candidate, method -> new Errors(horizon));
    for (int h = 0; h < points.length; h++) {
      int t = origin + 1 + h;
      double actual = t < history.size() ? history.value(t) : Double.NaN;
      if (!Double.isNaN(actual)) {
        errors.add(h, Math.abs(actual - points[h]), Math.abs(actual), scale, spread);
      }
    }
  }

  /**
   * Counts the errors of points that are known without their series, as reconciled ones.
   *
   * @param scale of the series at the origin, as {@link ForecastPlan#scale} gives it
   * @param spread as {@link ForecastPlan#spread} gives it
   * @param actual per period after the origin; NaN where it is not known
   */
  public void add(Method candidate, double scale, double spread, double[] actual, double[] points) {
    Errors errors = byMethod.computeIfAbsent(candidate, method -> new Errors(horizon));
    for (int h = 0; h < points.length; h++) {
      if (!Double.isNaN(actual[h])) {
        errors.add(h, Math.abs(actual[h] - points[h]), Math.abs(actual[h]), scale, spread);
      }
    }
  }

  /** Adds what the other has counted; in any order the sums are the same, bit for bit. */
  public Backtest merge(Backtest other) {
    Backtest sum = new Backtest(horizon);
    for (Backtest part : new Backtest[] {this, other}) {
      part.byMethod.forEach(
          (method, errors) ->
              sum.byMethod.computeIfAbsent(method, any -> new Errors(horizon)).add(errors));
    }
    return sum;
  }

  /** Candidates that were counted. */
  public Set<Method> candidates() {
    return byMethod.keySet();
  }

  /** Returns how many values were forecast by a candidate at one horizon, counted from 1. */
  public long count(Method candidate, int ahead) {
    return byMethod.get(candidate).counts[ahead - 1];
  }

  /** Mean scaled error of a candidate over series, origins and horizons. */
  public double mase(Method candidate) {
    return byMethod.get(candidate).mase();
  }

  /** Mean scaled error of a candidate at one horizon, counted from 1. */
  public double mase(Method candidate, int ahead) {
    Errors errors = byMethod.get(candidate);
    return errors.scaled[ahead - 1] * UNIT / errors.counts[ahead - 1];
  }

  /** Sum of errors of a candidate by sum of values. */
  public double wape(Method candidate) {
    Errors errors = byMethod.get(candidate);
    return (double) Arrays.stream(errors.errors).sum() / Arrays.stream(errors.sizes).sum();
  }

  /** Sum of errors by sum of values at one horizon, counted from 1. */
  public double wape(Method candidate, int ahead) {
    Errors errors = byMethod.get(candidate);
    return (double) errors.errors[ahead - 1] / errors.sizes[ahead - 1];
  }

  /**
   * The candidate with the least mean scaled error, with its intervals; of equal ones the simplest.
   * All are to have been counted for the same series and origins. Where nothing could be counted,
   * the seasonal naive forecast without intervals.
   */
  public Choice choose() {
    Method best = Method.SEASONAL_NAIVE;
    double min = Double.POSITIVE_INFINITY;
    for (Map.Entry<Method, Errors> candidate : byMethod.entrySet()) {
      double mase = candidate.getValue().mase();
      if (mase < min) {
        min = mase;
        best = candidate.getKey();
      }
    }
    return intervalsOf(best);
  }

  /** A candidate that was chosen before, with the intervals that these errors give. */
  public Choice intervalsOf(Method candidate) {
    Errors errors = byMethod.getOrDefault(candidate, new Errors(horizon));
    double[] half80 = new double[horizon];
    double[] half95 = new double[horizon];
    long min = Arrays.stream(errors.counts).min().orElse(0);
    IntervalMethod method = IntervalMethod.of(min);
    for (int h = 0; h < horizon; h++) {
      double deviation = Math.sqrt(errors.squares[h] * UNIT / errors.counts[h]);
      half80[h] = method.half(errors.residuals[h], deviation, 0.80);
      half95[h] = Math.max(half80[h], method.half(errors.residuals[h], deviation, 0.95));
    }
    return new Choice(candidate, half80, half95, method);
  }
}
