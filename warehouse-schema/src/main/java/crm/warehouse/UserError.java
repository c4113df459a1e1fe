package crm.warehouse;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.SparkThrowable;

/**
 * A problem a user can solve: in data, configuration or the order of runs. The message names the
 * problem, why it matters and what to do, and never holds a record's values.
 */
public final class UserError extends RuntimeException {
  private final ExitCode exitCode;

  public UserError(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A wrong command or setting. */
  public static UserError usage(String format, Object... values) {
    return new UserError(ExitCode.USAGE, format.formatted(values));
  }

  /** Data that broke a rule somebody set. */
  public static UserError gate(String format, Object... values) {
    return new UserError(ExitCode.QUALITY_GATE, format.formatted(values));
  }

  /** Something that may be there when tried again. */
  public static UserError retryable(String format, Object... values) {
    return new UserError(ExitCode.RETRYABLE, format.formatted(values));
  }

  /** The first line of another program's message that says something. */
  public static String firstLine(Exception problem) {
    return String.valueOf(problem.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(problem.getClass().getSimpleName());
  }

  /** Returns Spark's name for the problem that stopped it; its message may hold record values. */
  public static String condition(Throwable problem) {
    String what = problem.getClass().getSimpleName();
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        what = spark.getCondition();
      }
    }
    return what;
  }

  /**
   * Returns whether Spark stopped at what a person has to change: an expression, a name, a type, a
   * value. By the class of its SQLSTATE, which all its problems have.
   */
  public static boolean isOfSetting(Throwable problem) {
    return Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
        .filter(SparkThrowable.class::isInstance)
        .map(cause -> String.valueOf(((SparkThrowable) cause).getSqlState()))
        .anyMatch(state -> state.matches("(0A|21|22|23|42|P0).*"));
  }

  /** " (did you mean 'x'?)" where a known word is like the wrong one, else nothing. */
  public static String suggestion(String wrong, Collection<String> known) {
    int maxChanges = Math.max(1, wrong.length() / 3);
    LevenshteinDistance changes = new LevenshteinDistance(maxChanges);
    return known.stream()
        .filter(word -> changes.apply(wrong, word) >= 0)
        .min(Comparator.comparingInt((String word) -> changes.apply(wrong, word)))
        .map(" (did you mean '%s'?)"::formatted)
        .orElse("");
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
