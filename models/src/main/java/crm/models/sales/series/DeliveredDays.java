package crm.models.sales.series;

import crm.learning.forecasting.series.Frequency;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The days whose sales a source has delivered: from its first record to its last. Days in between
 * without any record are delivered with nothing sold, as when shops are closed; but so many running
 * that no shop is closed so long were not delivered.
 *
 * @param missing days between the first and the last that were not delivered
 */
public record DeliveredDays(LocalDate first, LocalDate last, NavigableSet<LocalDate> missing)
    implements Serializable {

  /**
   * @param recorded days of any order, cancelled ones too, or return; at least one
   * @param longestClosedDays most days running without a record that count as delivered
   */
  static DeliveredDays of(NavigableSet<LocalDate> recorded, int longestClosedDays) {
    NavigableSet<LocalDate> missing = new TreeSet<>();
    LocalDate before = recorded.first();
    for (LocalDate day : recorded) {
      if (ChronoUnit.DAYS.between(before, day) - 1 > longestClosedDays) {
        before.plusDays(1).datesUntil(day).forEach(missing::add);
      }
      before = day;
    }
    return new DeliveredDays(recorded.first(), recorded.last(), missing);
  }

  /** The first period all days of which lie after the source's first record. */
  public LocalDate firstPeriod(Frequency frequency) {
    LocalDate period = frequency.periodOf(first);
    return period.equals(first) ? period : frequency.plus(period, 1);
  }

  /** The last complete period; before the first if there is none. */
  public LocalDate lastPeriod(Frequency frequency) {
    LocalDate period = frequency.periodOf(last);
    return frequency.lastDayOf(period).equals(last) ? period : frequency.plus(period, -1);
  }

  /** The period that has begun and is not complete. */
  public Optional<LocalDate> droppedPeriod(Frequency frequency) {
    LocalDate next = frequency.plus(lastPeriod(frequency), 1);
    return next.isAfter(last) ? Optional.empty() : Optional.of(next);
  }

  /** Returns whether all days of the period were delivered. */
  public boolean isWhole(LocalDate period, Frequency frequency) {
    return missing.subSet(period, true, frequency.plus(period, 1), false).isEmpty();
  }
}
