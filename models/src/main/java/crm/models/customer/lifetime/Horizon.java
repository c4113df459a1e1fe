package crm.models.customer.lifetime;

import java.util.stream.IntStream;

/**
 * The time predictions are for, in steps at whose ends purchases are discounted.
 *
 * @param times ends of the steps, in days from now
 * @param factors what one purchase of each step is worth now
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Horizon(double[] times, double[] factors) {
  /** A month, everywhere in the lifetime value. */
  static final double DAYS_PER_MONTH = 365.25 / 12;

  /**
   * @param yearlyRate of discount; a month's rate is (1 + yearly)^(1/12) - 1
   */
  static Horizon ofMonths(int months, double yearlyRate) {
    return new Horizon(
        IntStream.rangeClosed(1, months).mapToDouble(k -> k * DAYS_PER_MONTH).toArray(),
        IntStream.rangeClosed(1, months)
            .mapToDouble(k -> Math.pow(1 + yearlyRate, -k / 12.0))
            .toArray());
  }

  static Horizon ofDays(int days) {
    return new Horizon(new double[] {days}, new double[] {1});
  }

  double end() {
    return times[times.length - 1];
  }
}
