package crm.learning.forecasting;

import java.util.Arrays;

/**
 * The Theta method (Assimakopoulos and Nikolopoulos 2000) as Hyndman and Billah (2003) put it, and
 * as M3 and M4 used it: of the seasonally adjusted series, simple exponential smoothing with half
 * the slope of its line as drift.
 *
 * <p>The smoothing is found by golden section here, since Hipparchus's optimizers come with its
 * geometry, for one parameter between bounds.
 */
final class Theta {
  /** Below it, there is no line to be drawn. */
  static final int MIN_VALUES = 3;

  /** Two-sided, at 90 %. */
  private static final double SEASONAL_IF = 1.645;

  private static final double MIN_FACTOR = 0.01;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int NARROWINGS = 25;

  private Theta() {}

  static double[] forecast(double[] values, int season, int horizon) {
    int size = values.length;
    boolean isSeasonal = isSeasonal(values, season);
    double[] factors = isSeasonal ? factors(values, season, true) : new double[0];
    boolean isMultiplied = isSeasonal && areFactors(values, factors);
    if (isSeasonal && !isMultiplied) {
      factors = factors(values, season, false);
    }
    double[] adjusted = values.clone();
    for (int t = 0; t < size && isSeasonal; t++) {
      double factor = factors[t % season];
      adjusted[t] = isMultiplied ? values[t] / factor : values[t] - factor;
    }
    double smoothing = smoothing(adjusted);
    double level = smoothed(adjusted, smoothing, null);
    double drift = slope(adjusted) / 2;
    double behind = (1 - Math.pow(1 - smoothing, size)) / smoothing;
    double[] points = new double[horizon];
    for (int h = 1; h <= horizon; h++) {
      double point = level + drift * (h - 1 + behind);
      if (isSeasonal) {
        double factor = factors[(size + h - 1) % season];
        point = isMultiplied ? point * factor : point + factor;
      }
      points[h - 1] = point;
    }
    return points;
  }

  /** Returns whether the series can be divided by its seasons; else they are taken from it. */
  private static boolean areFactors(double[] values, double[] factors) {
    return Arrays.stream(values).allMatch(value -> value >= 0)
        && Arrays.stream(factors).allMatch(factor -> factor >= MIN_FACTOR);
  }

  /** Returns whether the autocorrelation at the season is beyond Bartlett's limits. */
  static boolean isSeasonal(double[] values, int season) {
    int size = values.length;
    if (size < 3 * season) {
      return false;
    }
    double mean = 0;
    for (double value : values) {
      mean += value / size;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean);
    }
    if (!(variance > 0)) {
      return false;
    }
    double limit = 1;
    double correlation = 0;
    for (int lag = 1; lag <= season; lag++) {
      limit += lag > 1 ? 2 * correlation * correlation : 0;
      correlation = 0;
      for (int t = lag; t < size; t++) {
        correlation += (values[t] - mean) * (values[t - lag] - mean) / variance;
      }
    }
    return Math.abs(correlation) > SEASONAL_IF * Math.sqrt(limit / size);
  }

  /**
   * Classical decomposition by centred moving averages; the factor of the value at t is at t modulo
   * season. Factors have mean 1, or summands mean 0.
   */
  private static double[] factors(double[] values, int season, boolean isMultiplied) {
    int size = values.length;
    int half = season / 2;
    boolean isEven = season % 2 == 0;
    double[] sums = new double[season];
    int[] counts = new int[season];
    for (int t = half; t < size - half; t++) {
      double trend = 0;
      for (int u = t - half; u <= t + half; u++) {
        boolean isEdge = isEven && (u == t - half || u == t + half);
        trend += isEdge ? values[u] / 2 : values[u];
      }
      trend /= season;
      sums[t % season] += isMultiplied ? values[t] / trend : values[t] - trend;
      counts[t % season]++;
    }
    double mean = 0;
    for (int s = 0; s < season; s++) {
      sums[s] /= counts[s];
      mean += sums[s] / season;
    }
    for (int s = 0; s < season; s++) {
      sums[s] = isMultiplied ? sums[s] / mean : sums[s] - mean;
    }
    return sums;
  }

  /** Slope of the least squares line over time. */
  private static double slope(double[] values) {
    double middle = (values.length - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int t = 0; t < values.length; t++) {
      products += (t - middle) * values[t];
      squares += (t - middle) * (t - middle);
    }
    return products / squares;
  }

  /** With the least squared errors one ahead, by golden section. */
  private static double smoothing(double[] values) {
    double low = 1e-4;
    double high = 1 - 1e-4;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double[] atLeft = new double[1];
    double[] atRight = new double[1];
    smoothed(values, left, atLeft);
    smoothed(values, right, atRight);
    for (int i = 0; i < NARROWINGS; i++) {
      if (atLeft[0] < atRight[0]) {
        high = right;
        right = left;
        atRight[0] = atLeft[0];
        left = high - GOLDEN * (high - low);
        smoothed(values, left, atLeft);
      } else {
        low = left;
        left = right;
        atLeft[0] = atRight[0];
        right = low + GOLDEN * (high - low);
        smoothed(values, right, atRight);
      }
    }
    return (low + high) / 2;
  }

  /** The last level; and the sum of squared errors on the way, if asked. */
  private static double smoothed(double[] values, double smoothing, double[] squaredErrors) {
    double level = values[0];
    double sum = 0;
    for (int t = 1; t < values.length; t++) {
      double error = values[t] - level;
      sum += error * error;
      level += smoothing * error;
    }
    if (squaredErrors != null) {
      squaredErrors[0] = sum;
    }
    return level;
  }
}
