package crm.ingest.source;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.DateFormatter;
import org.apache.spark.sql.catalyst.util.TimestampFormatter;

/**
 * How moments, days and numbers are written in text, where not as ISO 8601 and with a point.
 *
 * @param timestampFormat a pattern of Spark's, as {@code dd.MM.yyyy HH:mm}; empty for ISO 8601
 * @param dateFormat the same for days; empty for ISO 8601
 * @param decimalComma whether a comma is before the decimals, and points or blanks are between
 *     thousands
 */
public record ValueFormat(String timestampFormat, String dateFormat, boolean decimalComma)
    implements Serializable {
  public static final ValueFormat ISO = new ValueFormat("", "", false);

  /** All parts differ, so that a letter that stands for another part is found. */
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2026, 11, 23, 17, 48, 39);

  /** Finds the problem of a pattern of moments, which has to read what it writes. */
  static Optional<String> timestampProblem(String pattern) {
    try {
      TimestampFormatter formatter = TimestampFormatter.apply(pattern, ZoneOffset.UTC, true);
      formatter.validatePatternString(false);
      LocalDateTime read =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(
                  formatter.parse(formatter.format(SAMPLE.toInstant(ZoneOffset.UTC))), 1_000_000L),
              0,
              ZoneOffset.UTC);
      return Stream.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)
              .anyMatch(unit -> SAMPLE.truncatedTo(unit).equals(read))
          ? Optional.empty()
          : Optional.of("it does not read back the moment that it writes");
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      return Optional.of("Spark has no such pattern");
    }
  }

  /** Finds the problem of a pattern of days, which has to read what it writes. */
  static Optional<String> dateProblem(String pattern) {
    try {
      DateFormatter formatter = DateFormatter.apply(pattern, true);
      formatter.validatePatternString();
      return formatter.parse(formatter.format(SAMPLE.toLocalDate()))
              == SAMPLE.toLocalDate().toEpochDay()
          ? Optional.empty()
          : Optional.of("it does not read back the day that it writes");
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      return Optional.of("Spark has no such pattern");
    }
  }
}
