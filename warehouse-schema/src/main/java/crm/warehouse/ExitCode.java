package crm.warehouse;

/** What a scheduler may conclude from how a command ended. */
public enum ExitCode {
  OK(0),
  /** Trying again later may succeed: a source has not delivered yet, storage did not answer. */
  RETRYABLE(1),
  /** A wrong command or setting; trying again will fail again. */
  USAGE(2),
  /** The data broke a rule somebody set; a person has to look. */
  QUALITY_GATE(3),
  /** Another writer committed first. */
  LOST_TO_ANOTHER_WRITER(4);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  public int value() {
    return value;
  }
}
