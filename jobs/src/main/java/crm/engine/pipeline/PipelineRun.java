package crm.engine.pipeline;

import crm.engine.schedule.DataInterval;
import crm.engine.schedule.Retries;
import crm.engine.schedule.TaskState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a pipeline for one data interval: where each task stands and which may start. It knows
 * no clock; who drives it tells the time.
 */
public final class PipelineRun {
  private final Pipeline pipeline;
  private final String id;
  private final DataInterval interval;
  private final Map<String, Progress> tasks = new LinkedHashMap<>();

  /**
   * @param tries that failed
   * @param again when it may be tried again
   */
  private record Progress(TaskState state, int tries, Instant again) {
    static final Progress NONE = new Progress(TaskState.NONE, 0, Instant.MIN);

    Progress becoming(TaskState next) {
      return new Progress(next, tries, again);
    }
  }

  /**
   * @param id as Airflow builds it: what asked for the run, two underscores, when the interval ends
   */
  public PipelineRun(Pipeline pipeline, String id, DataInterval interval) {
    this.pipeline = pipeline;
    this.id = id;
    this.interval = interval;
    pipeline.tasks().forEach(task -> tasks.put(task.id(), Progress.NONE));
  }

  public String id() {
    return id;
  }

  public DataInterval interval() {
    return interval;
  }

  public LocalDate logicalDate() {
    return interval.logicalDate(pipeline.settings().timetable().zone());
  }

  public TaskState state(Task task) {
    return tasks.get(task.id()).state();
  }

  /** Takes up what is known of a task from before. */
  void resume(Task task, TaskState state, int failedTries) {
    tasks.put(task.id(), new Progress(state, failedTries, Instant.MIN));
  }

  /** Forgets what became of a task and of all that wait for it, so that they run again. */
  public void clear(Task task) {
    pipeline.withDownstream(task).forEach(cleared -> tasks.put(cleared.id(), Progress.NONE));
  }

  /** Clears what failed. */
  public void clearFailed() {
    for (Task task : pipeline.tasks()) {
      if (state(task) == TaskState.FAILED) {
        clear(task);
      }
    }
  }

  /** Forgets everything. */
  public void clear() {
    pipeline.tasks().forEach(task -> tasks.put(task.id(), Progress.NONE));
  }

  /** The tasks that may start now; those that never will are marked on the way. */
  List<Task> ready(Instant now) {
    List<Task> ready = new ArrayList<>();
    for (Task task : pipeline.tasks()) {
      Progress progress = tasks.get(task.id());
      if (progress.state() == TaskState.UP_FOR_RETRY) {
        if (!progress.again().isAfter(now)) {
          ready.add(task);
        }
      } else if (progress.state() == TaskState.NONE) {
        Optional<TaskState> next =
            task.rule().decide(task.upstream().stream().map(t -> tasks.get(t).state()).toList());
        if (next.equals(Optional.of(TaskState.RUNNING))) {
          ready.add(task);
        } else {
          next.ifPresent(never -> tasks.put(task.id(), progress.becoming(never)));
        }
      }
    }
    return ready;
  }

  void started(Task task) {
    tasks.computeIfPresent(task.id(), (key, before) -> before.becoming(TaskState.RUNNING));
  }

  void ended(Task task, int exitCode, Instant now) {
    Progress before = tasks.get(task.id());
    Retries retries = pipeline.settings().retries();
    int tries = before.tries() + 1;
    Progress after;
    if (exitCode == 0) {
      after = before.becoming(TaskState.SUCCESS);
    } else if (retries.again(exitCode, tries)) {
      after = new Progress(TaskState.UP_FOR_RETRY, tries, now.plus(retries.waitAfter(tries)));
    } else {
      after = new Progress(TaskState.FAILED, tries, Instant.MIN);
    }
    tasks.put(task.id(), after);
  }

  /** When the next task may be tried again, where one waits for that and not for a slot. */
  Optional<Instant> nextTry(Instant now) {
    return tasks.values().stream()
        .filter(progress -> progress.state() == TaskState.UP_FOR_RETRY)
        .map(Progress::again)
        .filter(again -> again.isAfter(now))
        .min(Comparator.naturalOrder());
  }

  public boolean isOver() {
    return tasks.values().stream().allMatch(progress -> progress.state().isFinished());
  }

  /** Of the run: success or failed by its last tasks, running while any task may still start. */
  public TaskState state() {
    if (!isOver()) {
      return TaskState.RUNNING;
    }
    return pipeline.leaves().stream().allMatch(leaf -> state(leaf).isGood())
        ? TaskState.SUCCESS
        : TaskState.FAILED;
  }
}
