package crm.warehouse;

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

  public ExitCode exitCode() {
    return exitCode;
  }
}
