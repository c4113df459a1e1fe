package crm.report.figures;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A division of a history, so that it is neither two columns nor a hundred. */
public enum Period {
  DAY(45),
  /** From Monday. */
  WEEK(26 * 7),
  MONTH(Integer.MAX_VALUE);

  private static final DateTimeFormatter MONTH_OF_YEAR =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ROOT);
  private static final DateTimeFormatter DAY_OF_MONTH =
      DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);

  private final int maxDays;

  Period(int maxDays) {
    this.maxDays = maxDays;
  }

  /** The finest division that suits a history. */
  public static Period of(LocalDate first, LocalDate last) {
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    return days <= DAY.maxDays ? DAY : days <= WEEK.maxDays ? WEEK : MONTH;
  }

  /** As tables name it: daily, weekly or monthly. */
  public static Period of(String frequency) {
    return switch (frequency) {
      case "daily" -> DAY;
      case "weekly" -> WEEK;
      default -> MONTH;
    };
  }

  public LocalDate startOf(LocalDate date) {
    return switch (this) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
    };
  }

  public LocalDate next(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
    };
  }

  public String label(LocalDate start) {
    return this == MONTH ? YearMonth.from(start).toString() : start.toString();
  }

  /** As {@link #label}, in few letters. */
  public String shortLabel(LocalDate start) {
    return (this == MONTH ? MONTH_OF_YEAR : DAY_OF_MONTH).format(start);
  }

  /** As in 1 week or 12 weeks. */
  public String many(int periods) {
    return "%d %s%s".formatted(periods, name().toLowerCase(Locale.ROOT), periods == 1 ? "" : "s");
  }

  /** As in "by week, named by its Monday". */
  public String inWords() {
    return switch (this) {
      case DAY -> "by day";
      case WEEK -> "by week, named by its Monday";
      case MONTH -> "by month";
    };
  }
}
