package crm.engine.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import crm.warehouse.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The data intervals of a cron in a time zone, equal to those of Airflow's {@code
 * CronDataIntervalTimetable}. The cron counts on the clock on the wall. Where that is put back,
 * what fires at fixed hours fires at the second passing of the hour, and what fires every hour
 * fires at both; where it is put forward, what fell into the gap fires as much later. Cron-utils,
 * which finds when a cron fires, does neither as Airflow does.
 */
public final class Timetable {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime times;
  private final boolean firesEveryHour;
  private final ZoneId zone;

  /**
   * @param cron five fields: minute, hour, day of month, month, day of week
   * @throws UserError if it is no cron, or never fires
   */
  public Timetable(String cron, ZoneId zone) {
    this.zone = zone;
    try {
      Cron parsed = PARSER.parse(cron);
      times = ExecutionTime.forCron(parsed);
      String hours = cron.trim().split("\\s+")[1];
      ExecutionTime atHours = ExecutionTime.forCron(PARSER.parse("0 " + hours + " * * *"));
      firesEveryHour =
          IntStream.range(0, 24)
              .mapToObj(hour -> LocalDateTime.of(2000, 1, 1, hour, 0).atZone(ZoneOffset.UTC))
              .allMatch(atHours::isMatch);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(
          "'%s' is no cron: %s. Give five fields, as in 0 3 * * * for three in the morning.",
          cron, e.getMessage());
    }
    if (times.nextExecution(LocalDateTime.of(2000, 1, 1, 0, 0).atZone(ZoneOffset.UTC)).isEmpty()) {
      throw UserError.usage("The cron '%s' never fires. Choose days that there are.", cron);
    }
  }

  public ZoneId zone() {
    return zone;
  }

  /** The intervals from one on that are over, oldest first. */
  public List<DataInterval> over(DataInterval first, Instant now) {
    List<DataInterval> intervals = new ArrayList<>();
    DataInterval interval = first;
    while (interval.isOver(now)) {
      intervals.add(interval);
      interval = after(interval);
    }
    return intervals;
  }

  /** The first interval that starts at or after the moment. */
  public DataInterval firstFrom(Instant earliest) {
    return from(alignedToNext(earliest));
  }

  /** The interval that follows. */
  public DataInterval after(DataInterval interval) {
    Instant start = alignedToPrevious(interval.end());
    return from(start.isAfter(interval.start()) ? start : next(start));
  }

  /**
   * The interval whose run would be started now, without catching up on earlier ones; it is not
   * over yet where the first one from {@code earliest} is not.
   */
  public DataInterval latest(Instant earliest, Instant now) {
    Instant lastStart = previous(now);
    Instant newest = next(lastStart).equals(now) ? lastStart : previous(lastStart);
    Instant first = alignedToNext(earliest);
    return from(newest.isBefore(first) ? first : newest);
  }

  /** The interval that ends at a moment; cut short where the cron does not fire then. */
  public DataInterval endingAt(Instant end) {
    // What fell into a gap fires later than the moment it is looked back from.
    Instant before = end;
    DataInterval interval;
    do {
      before = before.minus(Duration.ofHours(1));
      interval = from(previous(before));
    } while (!interval.start().isBefore(end));
    while (interval.end().isBefore(end)) {
      interval = after(interval);
    }
    return new DataInterval(interval.start(), end);
  }

  /** Returns whether an interval is one of these. */
  public boolean has(DataInterval interval) {
    return next(interval.start()).equals(interval.end());
  }

  private DataInterval from(Instant start) {
    return new DataInterval(start, next(start));
  }

  private Instant alignedToNext(Instant moment) {
    Instant next = next(moment);
    return previous(next).equals(moment) ? moment : next;
  }

  private Instant alignedToPrevious(Instant moment) {
    Instant previous = previous(moment);
    return next(previous).equals(moment) ? moment : previous;
  }

  private Instant next(Instant moment) {
    return fired(moment, times.nextExecution(onTheWall(moment)));
  }

  private Instant previous(Instant moment) {
    return fired(moment, times.lastExecution(onTheWall(moment)));
  }

  private ZonedDateTime onTheWall(Instant moment) {
    return LocalDateTime.ofInstant(moment, zone).atZone(ZoneOffset.UTC);
  }

  private Instant fired(Instant moment, Optional<ZonedDateTime> onTheWall) {
    LocalDateTime fired = onTheWall.orElseThrow().toLocalDateTime();
    return firesEveryHour
        ? moment.plus(Duration.between(LocalDateTime.ofInstant(moment, zone), fired))
        : fired.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }
}
