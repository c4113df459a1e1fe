package crm.engine.schedule;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.warehouse.UserError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** The table is Airflow's; .ci/airflow_intervals.py makes it and .ci/airflow compares it. */
  @ParameterizedTest(name = "{0} in {1} from {2}")
  @CsvFileSource(resources = "intervals.txt", delimiter = '|')
  void intervalsAreAirflows(
      String cron, ZoneId zone, Instant start, String caughtUp, Instant now, String latest) {
    Timetable timetable = new Timetable(cron, zone);
    assertThat(
            Stream.iterate(timetable.firstFrom(start), timetable::after)
                .limit(5)
                .map(TimetableTest::told)
                .collect(joining(" ")))
        .isEqualTo(caughtUp);
    assertThat(told(timetable.latest(start, now))).isEqualTo(latest);
    DataInterval first = timetable.firstFrom(start);
    assertThat(timetable.endingAt(first.end())).isEqualTo(first);
  }

  private static String told(DataInterval interval) {
    return interval.start() + "/" + interval.end();
  }

  @Test
  void anIntervalIsDueWhenItEndsAndNoSooner() {
    Timetable timetable = new Timetable("0 3 * * *", BERLIN);
    DataInterval start = timetable.firstFrom(Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(timetable.over(start, Instant.parse("2026-11-02T01:59:59Z"))).isEmpty();
    assertThat(timetable.over(start, Instant.parse("2026-11-02T02:00:00Z"))).hasSize(1);
    assertThat(timetable.over(start, Instant.parse("2026-11-05T00:00:00Z"))).hasSize(3);
  }

  /** At 00:30 in Berlin it is still the day before by UTC. */
  @Test
  void theDateIsTheDayInTheTimetablesZone() {
    DataInterval interval =
        new Timetable("30 0 * * *", BERLIN).firstFrom(Instant.parse("2026-10-31T22:00:00Z"));
    assertThat(interval.id()).isEqualTo("2026-11-01T23:30:00+00:00");
    assertThat(interval.logicalDate(BERLIN)).isEqualTo(LocalDate.of(2026, 11, 1));
  }

  @Test
  void severalRunsOfOneDayAreForTheSameDate() {
    Timetable timetable = new Timetable("0 */6 * * *", BERLIN);
    assertThat(
            timetable.over(
                timetable.firstFrom(Instant.parse("2026-11-01T23:00:00Z")),
                Instant.parse("2026-11-02T23:00:00Z")))
        .hasSize(4)
        .extracting(interval -> interval.logicalDate(BERLIN))
        .containsOnly(LocalDate.of(2026, 11, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3 * * *", "@daily", "0 25 * * *", "0 0 30 2 *", "0 0 L * *"})
  void whatIsNoCronOrNeverFiresIsRefused(String cron) {
    assertThatThrownBy(() -> new Timetable(cron, BERLIN)).isInstanceOf(UserError.class);
  }
}
