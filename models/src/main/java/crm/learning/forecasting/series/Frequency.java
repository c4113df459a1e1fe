package crm.learning.forecasting.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long a period is. A period is named by its first day; weeks are those of ISO 8601. */
public enum Frequency {
  DAILY(7),
  WEEKLY(52),
  MONTHLY(12),
  QUARTERLY(4);

  private final int season;

  Frequency(int season) {
    this.season = season;
  }

  /** Periods after which sales are like before: a week of days, else a year. */
  public int season() {
    return season;
  }

  /** First day of the period in which the day is. */
  public LocalDate periodOf(LocalDate day) {
    return switch (this) {
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> day.withDayOfMonth(1);
      case QUARTERLY -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
    };
  }

  /** The period that is so many after the given one. */
  public LocalDate plus(LocalDate period, long periods) {
    return switch (this) {
      case DAILY -> period.plusDays(periods);
      case WEEKLY -> period.plusWeeks(periods);
      case MONTHLY -> period.plusMonths(periods);
      case QUARTERLY -> period.plusMonths(3 * periods);
    };
  }

  /** Last day of the period; it is complete when that day was delivered. */
  public LocalDate lastDayOf(LocalDate period) {
    return plus(period, 1).minusDays(1);
  }

  /** Returns how many periods the second is after the first. */
  public int between(LocalDate first, LocalDate second) {
    return Math.toIntExact(
        switch (this) {
          case DAILY -> ChronoUnit.DAYS.between(first, second);
          case WEEKLY -> ChronoUnit.WEEKS.between(first, second);
          case MONTHLY -> ChronoUnit.MONTHS.between(first, second);
          case QUARTERLY -> ChronoUnit.MONTHS.between(first, second) / 3;
        });
  }
}
