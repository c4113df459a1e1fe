package crm.engine.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The time from one firing of a cron to the next; its run is due when it ends. */
public record DataInterval(Instant start, Instant end) {
  private static final DateTimeFormatter ISO_WITH_OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

  /** The logical date that jobs run for: the day on which the interval starts. */
  public LocalDate logicalDate(ZoneId zone) {
    return start.atZone(zone).toLocalDate();
  }

  /** The end, which is when its run may start, as Airflow 3 writes it into the id of a run. */
  public String id() {
    return ISO_WITH_OFFSET.format(end);
  }

  /** Returns whether its run may start. */
  public boolean isOver(Instant now) {
    return !end.isAfter(now);
  }
}
