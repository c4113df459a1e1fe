package crm.models.forecasting;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How the series of one level are forecast: {@link #gather} over parts of the series, merge, {@link
 * #solve}; {@link #backtest} over parts, merge, {@link Backtest#choose}; then {@link #forecast} per
 * series. Each step over the series may run anywhere; what lies between is small.
 *
 * <p>Who reconciles asks for {@link #candidates} at each of {@link #backs}, and adds to a {@link
 * Backtest} what reconciling made of them.
 *
 * @param horizon periods ahead, 1 to horizon
 * @param origins how many rolling origins; each has its whole horizon within the known values
 * @param calendar what is known of periods in advance
 */
public record ForecastPlan(Frequency frequency, int horizon, int origins, Calendar calendar)
    implements Serializable {

  /** Of each rolling origin, how many values of a series were not known at it; newest first. */
  public List<Integer> backs() {
    return Unwritten.yet();
  }

  /** The sums over some of the series. */
  public NormalEquations gather(Iterable<Series> series) {
    return Unwritten.yet();
  }

  /** The regressions at every origin, from the sums over all series. */
  public Coefficients solve(NormalEquations all) {
    return Unwritten.yet();
  }

  /**
   * What each candidate foretells at an origin, from what was known at it.
   *
   * @param back 0 for the end, or one of {@link #backs}
   */
  public Map<Method, Points> candidates(Series series, int back, Coefficients coefficients) {
    return Unwritten.yet();
  }

  /** The errors of all candidates at all rolling origins, over some of the series. */
  public Backtest backtest(Iterable<Series> series, Coefficients coefficients) {
    return Unwritten.yet();
  }

  /** What comes after the end of a series, by the winner of its level. */
  public Forecast forecast(Series series, Coefficients coefficients, Choice choice) {
    return Unwritten.yet();
  }

  /** Intervals around points that were made elsewhere (reconciled, or by another model). */
  public Forecast around(Series series, Points points, Choice choice) {
    return Unwritten.yet();
  }

  /**
   * In what a series' errors are told: the mean absolute difference to the season before (Hyndman
   * and Koehler 2006), of the values known at the origin; never 0.
   */
  public double scale(Series series, int back) {
    return Unwritten.yet();
  }

  /** Names of the features of a target, for a model that is fitted elsewhere. */
  public List<String> featureNames() {
    return Unwritten.yet();
  }

  /**
   * The features of the value at {@code anchor + ahead} as known at the anchor (an index into the
   * values), for a model that is fitted elsewhere; empty where too little is known.
   */
  public double[] features(Series series, int anchor, int ahead) {
    return Unwritten.yet();
  }

  /** The value that such a model is to learn for these features, or NaN if it is not known. */
  public double target(Series series, int anchor, int ahead) {
    return Unwritten.yet();
  }

  /** The value of the series that a learnt target says. */
  public double value(Series series, int anchor, double target) {
    return Unwritten.yet();
  }
}
