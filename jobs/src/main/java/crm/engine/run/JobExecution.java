package crm.engine.run;

import crm.engine.history.Attempt;
import crm.engine.history.JobRun;
import crm.engine.history.RunHistory;
import crm.engine.load.LoadResult;
import crm.engine.load.LoadRunner;
import crm.engine.store.ContentHash;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** Runs one job, unless something stands in its way, and records what became of it. */
final class JobExecution {
  private final Warehouse warehouse;
  private final RunHistory history;
  private final LoadRunner loads;
  private final Obstacles obstacles;
  private final long stepsFromRows;

  /**
   * @param stepsFromRows how many rows a state job must read for the day's step to pay
   */
  JobExecution(
      Warehouse warehouse,
      RunHistory history,
      LoadRunner loads,
      Obstacles obstacles,
      long stepsFromRows) {
    this.warehouse = warehouse;
    this.history = history;
    this.loads = loads;
    this.obstacles = obstacles;
    this.stepsFromRows = stepsFromRows;
  }

  /** What became of a job. */
  sealed interface Result {
    Duration elapsed();

    /** Says it in a line. */
    String summary();

    /** Returns why the job has no result, if it has none. */
    default Optional<UserError> error() {
      return Optional.empty();
    }
  }

  record Loaded(LoadResult load, Duration elapsed) implements Result {
    @Override
    public String summary() {
      return load.summary();
    }
  }

  /**
   * @param isState whether the job keeps a state, so that the mode is worth a word
   */
  record Filled(Computation.Computed computed, boolean isState, Duration elapsed)
      implements Result {
    @Override
    public String summary() {
      return "%,d rows%s%s"
          .formatted(
              computed.contents().values().stream().mapToLong(ContentHash::rows).sum(),
              isState ? ", " + computed.mode() : "",
              computed.refusal().map(why -> "; model refused: " + why).orElse(""));
    }
  }

  /**
   * A job without a result.
   *
   * @param how skipped or failed
   */
  record Stopped(String how, UserError why, Duration elapsed) implements Result {
    @Override
    public String summary() {
      return how + ": " + why.getMessage();
    }

    @Override
    public Optional<UserError> error() {
      return Optional.of(why);
    }
  }

  /** Runs a load for every date of the range, and any other job for its last date. */
  Result run(Attempt attempt, Job job, LocalDate from, LocalDate to) {
    try {
      Optional<UserError> obstacle = obstacles.find(job, to);
      if (obstacle.isPresent()) {
        attempt.skipped(to, obstacle.get());
        return new Stopped("skipped", obstacle.get(), attempt.elapsed());
      }
      if (job instanceof LoadTable load) {
        return new Loaded(loads.load(load, from, to, attempt), attempt.elapsed());
      }
      Computation.Computed computed = compute(job, to);
      attempt.computed(
          to, computed.mode(), computed.contents(), computed.model(), computed.pipeline());
      return new Filled(computed, job instanceof StateJob, attempt.elapsed());
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      UserError error = attempt.failed(job instanceof LoadTable ? from : to, to, e);
      return new Stopped("failed", error, attempt.elapsed());
    }
  }

  private Computation.Computed compute(Job job, LocalDate date) {
    Computation computation = new Computation(warehouse, history, job, date);
    Optional<LocalDate> state = usableState(job, date);
    return state
        .filter(from -> stepPays(job, date))
        .map(computation::advance)
        .orElseGet(() -> computation.run(state));
  }

  /** Returns the date of the stored state that the day's step starts from, if a step it is. */
  Optional<LocalDate> stateToAdvance(Job job, LocalDate date) {
    return usableState(job, date).filter(state -> stepPays(job, date));
  }

  private boolean stepPays(Job job, LocalDate date) {
    return history.rowsRead(job, date) >= stepsFromRows;
  }

  /** Returns the date of a stored state that a step could start from. */
  private Optional<LocalDate> usableState(Job job, LocalDate date) {
    if (!(job instanceof StateJob state)) {
      return Optional.empty();
    }
    return history
        .lastGoodBefore(job.name(), date)
        .filter(run -> run.version().equals(Optional.of(state.version())))
        .filter(run -> run.settingsHash().equals(Attempt.settingsHash(job)))
        .filter(run -> history.staleReads(job, run).isEmpty())
        .map(JobRun::logicalDate);
  }
}
