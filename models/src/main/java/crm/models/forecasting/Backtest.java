package crm.models.forecasting;

import java.io.Serializable;
import java.util.Set;

/** Errors of the methods at the rolling origins of a level; additive over series. */
public final class Backtest implements Serializable {
  public Backtest(ForecastPlan plan) {
    Unwritten.yet();
  }

  /**
   * Counts the errors of a candidate for one series at one origin.
   *
   * @param back how many values of the series were not known
   * @param points per period after the origin; empty ones count nothing
   */
  public void add(Series series, int back, Method candidate, double[] points) {
    Unwritten.yet();
  }

  /** Adds what the other has counted; in any order the sums are the same, bit for bit. */
  public Backtest merge(Backtest other) {
    return Unwritten.yet();
  }

  /** Candidates that were counted. */
  public Set<Method> candidates() {
    return Unwritten.yet();
  }

  /** Mean scaled error of a candidate over series, origins and horizons. */
  public double mase(Method candidate) {
    return Unwritten.yet();
  }

  /** Mean scaled error of a candidate at one horizon, counted from 1. */
  public double mase(Method candidate, int horizon) {
    return Unwritten.yet();
  }

  /** Sum of errors by sum of values. */
  public double wape(Method candidate) {
    return Unwritten.yet();
  }

  /** The candidate with the least mean scaled error, with its intervals. */
  public Choice choose() {
    return Unwritten.yet();
  }

  /** A candidate that was chosen before, with the intervals that these errors give. */
  public Choice intervalsOf(Method candidate) {
    return Unwritten.yet();
  }
}
