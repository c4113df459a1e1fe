package crm.engine.pipeline;

import crm.engine.schedule.TaskState;
import java.util.Locale;

/** What a backfill does with dates that have run before, by Airflow's names. */
public enum Reprocess {
  /** Only dates that never ran. */
  NONE,
  /** Also those that failed. */
  FAILED,
  /** All of them. */
  COMPLETED;

  boolean takes(TaskState run) {
    return switch (this) {
      case NONE -> false;
      case FAILED -> run == TaskState.FAILED;
      case COMPLETED -> run == TaskState.FAILED || run == TaskState.SUCCESS;
    };
  }

  /** As Airflow writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
