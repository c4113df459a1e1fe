package crm.engine.schedule;

/** Where a task of a run stands, by Airflow's names. */
public enum TaskState {
  NONE,
  RUNNING,
  UP_FOR_RETRY,
  SUCCESS,
  FAILED,
  UPSTREAM_FAILED,
  SKIPPED;

  public boolean isFinished() {
    return this == FAILED || this == UPSTREAM_FAILED || isGood();
  }

  /** Returns whether what waits for it, in this run or the next, may go on. */
  public boolean isGood() {
    return this == SUCCESS || this == SKIPPED;
  }
}
