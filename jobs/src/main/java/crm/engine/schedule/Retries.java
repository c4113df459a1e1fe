package crm.engine.schedule;

import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.time.Duration;

/**
 * How often a task is tried again, and after how long.
 *
 * @param times tries after the first
 * @param delay before the second try
 * @param doubling whether each wait is twice the one before
 * @param longest no wait is longer
 */
public record Retries(int times, Duration delay, boolean doubling, Duration longest) {
  private static final int MAX_DOUBLINGS = 30;

  public Retries {
    if (times < 0 || times > 100) {
      throw UserError.usage("pipeline.retries = %d: choose 0 to 100", times);
    }
    if (delay.isNegative() || longest.compareTo(delay) < 0) {
      throw UserError.usage(
          "pipeline.retry-delay-seconds = %d: choose 0 to max-retry-delay-seconds, which is %d",
          delay.toSeconds(), longest.toSeconds());
    }
  }

  /** Returns whether a failure is worth another try. */
  public boolean again(int exitCode, int tries) {
    return isRetryable(exitCode) && tries <= times;
  }

  /**
   * Returns whether trying again may help: not after a wrong setting, and not after data broke a
   * rule.
   */
  public static boolean isRetryable(int exitCode) {
    return exitCode != ExitCode.USAGE.value() && exitCode != ExitCode.QUALITY_GATE.value();
  }

  /** The wait after so many failed tries; Airflow's, but for the jitter it adds. */
  public Duration waitAfter(int tries) {
    Duration wait = doubling ? delay.multipliedBy(1L << Math.min(tries - 1, MAX_DOUBLINGS)) : delay;
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
