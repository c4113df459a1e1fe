package crm.bench;

import java.util.Map;

/** How cost grows with size. */
final class Growth {
  private Growth() {}

  /**
   * The slope of the line through the logarithms of size and cost, by least squares.
   *
   * @param costs by size, at least two
   */
  static double exponent(Map<Double, Double> costs) {
    double n = costs.size();
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (Map.Entry<Double, Double> cost : costs.entrySet()) {
      double x = Math.log(cost.getKey());
      double y = Math.log(cost.getValue());
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }
}
