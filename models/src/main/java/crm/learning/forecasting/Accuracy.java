package crm.learning.forecasting;

/** Measures of how far points were from what came; values not delivered are left out. */
public final class Accuracy {
  private Accuracy() {}

  /** Mean absolute percentage error, in percent; values of 0 are left out. NaN if none is left. */
  public static double mape(double[] actual, double[] points) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < actual.length; i++) {
      if (!Double.isNaN(actual[i]) && actual[i] != 0) {
        sum += Math.abs((actual[i] - points[i]) / actual[i]);
        count++;
      }
    }
    return 100 * sum / count;
  }

  /**
   * Mean absolute error in units of the series' seasonal differences (Hyndman and Koehler 2006).
   *
   * @param scale mean absolute seasonal difference of the known values
   */
  public static double mase(double[] actual, double[] points, double scale) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < actual.length; i++) {
      if (!Double.isNaN(actual[i])) {
        sum += Math.abs(actual[i] - points[i]);
        count++;
      }
    }
    return sum / count / scale;
  }

  /** Sum of absolute errors by the sum of absolute values. */
  public static double wape(double[] actual, double[] points) {
    double errors = 0;
    double sizes = 0;
    for (int i = 0; i < actual.length; i++) {
      if (!Double.isNaN(actual[i])) {
        errors += Math.abs(actual[i] - points[i]);
        sizes += Math.abs(actual[i]);
      }
    }
    return errors / sizes;
  }

  /**
   * Root of the mean squared error in units of that of the naive forecast one ahead (M5, 2020).
   *
   * @param known values before the origin
   */
  public static double rmsse(double[] actual, double[] points, double[] known) {
    double[] steps = new double[Math.max(0, known.length - 1)];
    for (int t = 0; t < steps.length; t++) {
      steps[t] = known[t + 1] - known[t];
    }
    double[] errors = new double[actual.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = actual[i] - points[i];
    }
    return Math.sqrt(meanSquare(errors) / meanSquare(steps));
  }

  private static double meanSquare(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += value * value;
        count++;
      }
    }
    return sum / count;
  }
}
