package crm.learning.forecasting.series;

import java.util.Arrays;

/**
 * A series with what its past says at any origin. Every answer for an index depends on the values
 * up to that index alone, so that one history serves all origins of a series.
 */
public final class History {
  /** A level is never taken for less than this share of the mean of all that is known. */
  private static final double MIN_LEVEL = 0.1;

  private final double[] values;
  private final double[] filled;
  private final int first;
  private final int season;

  /** Sums up to and without an index. */
  private final double[] sum;

  private final double[] sizes;
  private final double[] seasonalSteps;
  private final int[] seasonalPairs;
  private final double[] steps;
  private final int firstNegative;

  public History(Series series) {
    values = series.values();
    season = series.frequency().season();
    int size = values.length;
    filled = new double[size];
    sum = new double[size + 1];
    sizes = new double[size + 1];
    seasonalSteps = new double[size + 1];
    seasonalPairs = new int[size + 1];
    steps = new double[size + 1];
    int begun = size;
    int negative = size;
    for (int t = 0; t < size; t++) {
      boolean missing = Double.isNaN(values[t]);
      if (begun == size && !missing) {
        begun = t;
      }
      boolean hasStep = t > begun;
      boolean hasSeason = t - season >= begun;
      if (begun < size) {
        filled[t] = missing ? filled[hasSeason ? t - season : t - 1] : values[t];
      }
      if (filled[t] < 0) {
        negative = Math.min(negative, t);
      }
      boolean isPair = hasSeason && !missing && !Double.isNaN(values[t - season]);
      sum[t + 1] = sum[t] + filled[t];
      sizes[t + 1] = sizes[t] + Math.abs(filled[t]);
      steps[t + 1] = steps[t] + (hasStep ? Math.abs(filled[t] - filled[t - 1]) : 0);
      seasonalSteps[t + 1] =
          seasonalSteps[t] + (isPair ? Math.abs(values[t] - values[t - season]) : 0);
      seasonalPairs[t + 1] = seasonalPairs[t] + (isPair ? 1 : 0);
    }
    first = begun;
    firstNegative = negative;
  }

  /** The value as delivered; NaN if it was not. */
  public double value(int index) {
    return values[index];
  }

  /** The value, or where it is missing the one of a season earlier, or the last one. */
  public double filled(int index) {
    return filled[index];
  }

  /** Index of the first value that was delivered. */
  public int first() {
    return first;
  }

  /** Returns how many values there are from the first that was delivered up to the index. */
  public int known(int last) {
    return Math.max(0, last - first + 1);
  }

  public boolean hasNegative(int last) {
    return firstNegative <= last;
  }

  /** Mean of the last values up to the index, of as many as there are. */
  public double mean(int last, int window) {
    int from = Math.max(first, last - window + 1);
    return (sum[last + 1] - sum[from]) / (last - from + 1);
  }

  /** Mean size of the last values, by which series of all sizes become alike; 0 if all are 0. */
  public double level(int last, int window) {
    int from = Math.max(first, last - window + 1);
    double near = (sizes[last + 1] - sizes[from]) / (last - from + 1);
    return Math.max(near, MIN_LEVEL * sizes[last + 1] / known(last));
  }

  /**
   * Mean absolute difference to one season earlier (Hyndman and Koehler 2006); of series that have
   * none, to the value before, or their mean size, or 1.
   */
  public double scale(int last) {
    if (last >= first) {
      if (seasonalSteps[last + 1] > 0) {
        return seasonalSteps[last + 1] / seasonalPairs[last + 1];
      }
      if (steps[last + 1] > 0) {
        return steps[last + 1] / (known(last) - 1);
      }
      if (sizes[last + 1] > 0) {
        return sizes[last + 1] / known(last);
      }
    }
    return 1;
  }

  /**
   * The same of the last season, of days the last four weeks: how wide intervals are to be. At
   * rolling origins it kept the coverage steadier than the scale, which lags behind a series that
   * grows or calms.
   */
  public double spread(int last) {
    int from = Math.max(0, last + 1 - (season == 7 ? 4 : 1) * season);
    if (last < first || seasonalSteps[last + 1] == seasonalSteps[from]) {
      return scale(last);
    }
    double moved = seasonalSteps[last + 1] - seasonalSteps[from];
    return moved / (seasonalPairs[last + 1] - seasonalPairs[from]);
  }

  public int size() {
    return values.length;
  }

  /** Returns the known values up to the index, without gaps. */
  public double[] until(int last) {
    return Arrays.copyOfRange(filled, Math.min(first, last + 1), last + 1);
  }
}
