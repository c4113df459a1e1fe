package crm.engine.history;

import crm.warehouse.UserError;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;

/** Dates without one left out, as a command line names them. */
public record DateRange(LocalDate first, LocalDate last) {
  private static final String TO = "..";

  /**
   * Reads a date, or the first and the last of a range with two dots between.
   *
   * @throws UserError if it is neither
   */
  public static DateRange parse(String text) {
    int dots = text.indexOf(TO);
    try {
      DateRange range =
          dots < 0
              ? new DateRange(LocalDate.parse(text), LocalDate.parse(text))
              : new DateRange(
                  LocalDate.parse(text.substring(0, dots)),
                  LocalDate.parse(text.substring(dots + TO.length())));
      if (range.last.isBefore(range.first)) {
        throw UserError.usage("%s lies after %s; exchange them.", range.first, range.last);
      }
      return range;
    } catch (DateTimeParseException e) {
      throw UserError.usage(
          "'%s' is neither a date nor a range of dates. Write yyyy-MM-dd or yyyy-MM-dd..yyyy-MM-dd,"
              + " as in 2026-11-01..2026-11-03.",
          text);
    }
  }

  /**
   * The dates in as few ranges as may be.
   *
   * @param apart whether a date that is none of them keeps those before it and after it apart
   */
  public static List<DateRange> split(NavigableSet<LocalDate> dates, Predicate<LocalDate> apart) {
    List<DateRange> ranges = new ArrayList<>();
    for (LocalDate date : dates) {
      DateRange before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (before != null && before.last.plusDays(1).datesUntil(date).noneMatch(apart)) {
        ranges.set(ranges.size() - 1, new DateRange(before.first, date));
      } else {
        ranges.add(new DateRange(date, date));
      }
    }
    return ranges;
  }

  public boolean contains(LocalDate date) {
    return !date.isBefore(first) && !date.isAfter(last);
  }

  /** The options of {@code crm run} that run these dates. */
  public String options() {
    return first.equals(last) ? "--date " + first : "--from %s --to %s".formatted(first, last);
  }

  /** In a sentence. */
  public String words() {
    return first.equals(last) ? first.toString() : first + " to " + last;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + TO + last;
  }
}
