package crm.models.sales.series;

import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Makes a series of periods out of what was sold on days. */
final class SalesSeries {
  private SalesSeries() {}

  /**
   * The periods from the first in which the product, country or whatever was known to the last that
   * is complete; empty if it was known in none of these.
   *
   * @param units per day with any record of it, in parts of one
   */
  static Optional<Series> series(
      String id,
      Frequency frequency,
      NavigableMap<LocalDate, Long> units,
      long unitsPerOne,
      DeliveredDays delivered) {
    LocalDate end = frequency.plus(delivered.lastPeriod(frequency), 1);
    LocalDate start = delivered.firstPeriod(frequency);
    if (!start.isBefore(end)) {
      return Optional.empty();
    }
    NavigableMap<LocalDate, Long> complete = units.subMap(start, true, end, false);
    if (complete.isEmpty()) {
      return Optional.empty();
    }
    LocalDate first = frequency.periodOf(complete.firstKey());
    long[] sums = new long[frequency.between(first, end)];
    for (Map.Entry<LocalDate, Long> day : complete.entrySet()) {
      int period = frequency.between(first, frequency.periodOf(day.getKey()));
      sums[period] = Math.addExact(sums[period], day.getValue());
    }
    double[] values = new double[sums.length];
    for (int period = 0; period < sums.length; period++) {
      values[period] =
          delivered.isWhole(frequency.plus(first, period), frequency)
              ? (double) sums[period] / unitsPerOne
              : Double.NaN;
    }
    return Optional.of(new Series(id, frequency, first, values));
  }
}
