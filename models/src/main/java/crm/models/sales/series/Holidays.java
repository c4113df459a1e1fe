package crm.models.sales.series;

import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.warehouse.UserError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holidays by day of the year, or once: the share of a period's days that are one.
 *
 * @param everyYear in every year
 * @param once on that day alone, as movable holidays are given
 */
record Holidays(Frequency frequency, Set<MonthDay> everyYear, Set<LocalDate> once)
    implements Calendar {

  /**
   * @param days {@code MM-dd} for every year, {@code yyyy-MM-dd} for once
   */
  static Calendar calendar(List<String> days, Frequency frequency) {
    Set<MonthDay> everyYear = new TreeSet<>();
    Set<LocalDate> once = new TreeSet<>();
    for (String day : days) {
      try {
        if (day.length() == "MM-dd".length()) {
          everyYear.add(MonthDay.parse("--" + day));
        } else {
          once.add(LocalDate.parse(day));
        }
      } catch (DateTimeException e) {
        throw UserError.usage(
            "sales-forecast.holidays names '%s', which is no day; write 12-25 for every year, or"
                + " 2026-04-06 for once.",
            day);
      }
    }
    return days.isEmpty() ? Calendar.unknown() : new Holidays(frequency, everyYear, once);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public double[] features(LocalDate period) {
    LocalDate next = frequency.plus(period, 1);
    long days = next.toEpochDay() - period.toEpochDay();
    return new double[] {(double) period.datesUntil(next).filter(this::isHoliday).count() / days};
  }

  private boolean isHoliday(LocalDate day) {
    return once.contains(day) || everyYear.contains(MonthDay.from(day));
  }
}
