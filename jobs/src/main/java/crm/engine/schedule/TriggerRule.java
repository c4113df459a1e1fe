package crm.engine.schedule;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** When a task starts, given how the tasks before it ended: Airflow's rules, by its names. */
public enum TriggerRule {
  ALL_SUCCESS,
  ALL_DONE,
  NONE_FAILED,
  NONE_FAILED_MIN_ONE_SUCCESS,
  ONE_FAILED,
  ALWAYS;

  /**
   * Decides what becomes of a task: {@link TaskState#RUNNING} where it may start, {@link
   * TaskState#UPSTREAM_FAILED} or {@link TaskState#SKIPPED} where it never will, empty where that
   * is not known yet.
   */
  public Optional<TaskState> decide(Collection<TaskState> upstream) {
    boolean done = upstream.stream().allMatch(TaskState::isFinished);
    boolean failed =
        upstream.contains(TaskState.FAILED) || upstream.contains(TaskState.UPSTREAM_FAILED);
    boolean skipped = upstream.contains(TaskState.SKIPPED);
    boolean onlySkipped =
        skipped && upstream.stream().allMatch(state -> state == TaskState.SKIPPED);
    TaskState becomes =
        switch (this) {
          case ALWAYS -> TaskState.RUNNING;
          case ALL_DONE -> done ? TaskState.RUNNING : null;
          case ALL_SUCCESS ->
              failed
                  ? TaskState.UPSTREAM_FAILED
                  : skipped ? TaskState.SKIPPED : done ? TaskState.RUNNING : null;
          case NONE_FAILED -> failed ? TaskState.UPSTREAM_FAILED : done ? TaskState.RUNNING : null;
          case NONE_FAILED_MIN_ONE_SUCCESS ->
              failed
                  ? TaskState.UPSTREAM_FAILED
                  : onlySkipped ? TaskState.SKIPPED : done ? TaskState.RUNNING : null;
          case ONE_FAILED -> failed ? TaskState.RUNNING : done ? TaskState.SKIPPED : null;
        };
    return Optional.ofNullable(becomes);
  }

  /** As Airflow and the settings write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
