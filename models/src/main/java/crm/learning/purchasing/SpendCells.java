package crm.learning.purchasing;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Repeat buyers counted by their repeat purchases and, nearly, by what they spent on them. Of a
 * cell the mean and the variance of the spend are kept, so that little is lost by counting.
 *
 * @param purchases repeat purchases x, at least 1
 * @param customers how many are so
 * @param spend mean of what they spent on their repeat purchases in sum, S
 * @param variance of S within the cell
 * @param logMean mean of ln m, where m = S / x
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record SpendCells(
    double[] purchases, long[] customers, double[] spend, double[] variance, double[] logMean) {

  public long totalCustomers() {
    return Arrays.stream(customers).sum();
  }

  /** Mean over customers of the mean spend per purchase. */
  public double meanSpend() {
    return meanOf(1, 0);
  }

  /**
   * Correlation over customers of the number of purchases with the mean spend per purchase, which
   * Gamma-Gamma takes to be none; 0 where one of them does not differ.
   */
  public double correlation() {
    double meanPurchases = meanOf(0, 1);
    double covariance = meanOf(1, 1) - meanSpend() * meanPurchases;
    double product = varianceOfMeans() * (meanOf(0, 2) - meanPurchases * meanPurchases);
    return product > 0 ? covariance / Math.sqrt(product) : 0;
  }

  /** Variance over customers of the mean spend per purchase. */
  double varianceOfMeans() {
    double mean = meanSpend();
    return Math.max(0, meanOf(2, 0) - mean * mean);
  }

  /** The same customers, spending in another unit. */
  SpendCells times(double factor) {
    return new SpendCells(
        purchases,
        customers,
        Arrays.stream(spend).map(value -> value * factor).toArray(),
        Arrays.stream(variance).map(value -> value * factor * factor).toArray(),
        Arrays.stream(logMean).map(value -> value + Math.log(factor)).toArray());
  }

  /** Mean over customers of m^a x^b, for a up to 2. */
  private double meanOf(int a, int b) {
    return IntStream.range(0, purchases.length)
            .mapToDouble(
                i -> {
                  double m = spend[i] / purchases[i];
                  double power =
                      a == 2 ? m * m + variance[i] / (purchases[i] * purchases[i]) : Math.pow(m, a);
                  return customers[i] * power * Math.pow(purchases[i], b);
                })
            .sum()
        / totalCustomers();
  }
}
