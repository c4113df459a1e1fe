package crm.engine.pipeline;

import crm.engine.schedule.PipelineSettings;
import crm.engine.schedule.TaskState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;

/**
 * Drives runs to their end, as Airflow's scheduler does: oldest first, so many at once, tasks
 * within the slots of their pools, a sequential task only after it succeeded in the run before.
 */
public final class Scheduler {
  private final PipelineSettings settings;
  private final InstantSource clock;
  private final Consumer<Instant> sleepUntil;
  private final Executor workers;
  private final ToIntBiFunction<PipelineRun, Task> work;
  private final List<Started> running = new ArrayList<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  private record Started(PipelineRun run, Task task) {}

  private record Ended(Started started, int exitCode) {}

  /**
   * @param sleepUntil returns at the moment it is given
   * @param workers what runs the tasks
   * @param work runs a task and returns its exit code
   */
  public Scheduler(
      PipelineSettings settings,
      InstantSource clock,
      Consumer<Instant> sleepUntil,
      Executor workers,
      ToIntBiFunction<PipelineRun, Task> work) {
    this.settings = settings;
    this.clock = clock;
    this.sleepUntil = sleepUntil;
    this.workers = workers;
    this.work = work;
  }

  /**
   * Returns when no task of the runs can start any more. A run whose sequential tasks wait for a
   * run that failed stays unfinished.
   *
   * @param past runs that sequential tasks may have to look back at
   * @param runs in ascending intervals
   * @param atOnce how many runs may be active
   */
  public void run(List<PipelineRun> past, List<PipelineRun> runs, int atOnce) {
    NavigableMap<Instant, PipelineRun> known = new TreeMap<>();
    past.forEach(run -> known.put(run.interval().start(), run));
    runs.forEach(run -> known.put(run.interval().start(), run));
    while (true) {
      Instant now = clock.instant();
      startReady(known, runs, atOnce, now);
      Optional<Instant> nextTry =
          active(runs, atOnce).stream()
              .flatMap(run -> run.nextTry(now).stream())
              .min(Instant::compareTo);
      if (!running.isEmpty()) {
        await(nextTry);
      } else if (nextTry.isPresent()) {
        sleepUntil.accept(nextTry.get());
      } else {
        return;
      }
    }
  }

  private static List<PipelineRun> active(List<PipelineRun> runs, int atOnce) {
    return runs.stream().filter(run -> !run.isOver()).limit(atOnce).toList();
  }

  private void startReady(
      NavigableMap<Instant, PipelineRun> known, List<PipelineRun> runs, int atOnce, Instant now) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (PipelineRun run : active(runs, atOnce)) {
        Map.Entry<Instant, PipelineRun> previous = known.lowerEntry(run.interval().start());
        for (Task task : run.ready(now)) {
          boolean inTurn =
              !task.sequential() || previous == null || previous.getValue().state(task).isGood();
          if (inTurn && hasSlot(task)) {
            start(run, task);
          }
        }
        // What ended in the eyes of its tasks may let another run become active.
        changed |= run.isOver();
      }
    }
  }

  private boolean hasSlot(Task task) {
    PipelineSettings.Pool pool = settings.pools().get(task.stage());
    long taken =
        running.stream()
            .filter(
                started ->
                    pool != null && pool.equals(settings.pools().get(started.task().stage())))
            .count();
    return running.size() < settings.maxActiveTasks() && (pool == null || taken < pool.slots());
  }

  private void start(PipelineRun run, Task task) {
    run.started(task);
    Started started = new Started(run, task);
    running.add(started);
    workers.execute(() -> ended.add(new Ended(started, work.applyAsInt(run, task))));
  }

  /** Waits for a task to end, or for the moment at which another may be tried again. */
  private void await(Optional<Instant> nextTry) {
    try {
      long max =
          nextTry
              .map(moment -> Math.max(1, moment.toEpochMilli() - clock.millis()))
              .orElse(Long.MAX_VALUE);
      Ended first = ended.poll(max, TimeUnit.MILLISECONDS);
      for (Ended next = first; next != null; next = ended.poll()) {
        running.remove(next.started());
        next.started().run().ended(next.started().task(), next.exitCode(), clock.instant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while tasks run", e);
    }
  }

  /** Returns whether every run ended well. */
  public static boolean allSucceeded(List<PipelineRun> runs) {
    return runs.stream().allMatch(run -> run.state() == TaskState.SUCCESS);
  }
}
