package crm.engine.run;

import crm.engine.history.DateRange;
import crm.engine.history.JobRun;
import crm.engine.history.JobRun.Status;
import crm.engine.history.RunHistory;
import crm.engine.load.Gaps;
import crm.ingest.LoadTable;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a job's inputs are there for a date, and whether its result is still true of them. */
final class Obstacles {
  private final JobGraph graph;
  private final RunHistory history;
  private final Gaps gaps;

  Obstacles(JobGraph graph, RunHistory history, Gaps gaps) {
    this.graph = graph;
    this.history = history;
    this.gaps = gaps;
  }

  /**
   * Finds why a job cannot run for the date, if it cannot: a job it waits for has not done its
   * work, or a day before is broken, which would leave a hole in what it computes.
   */
  Optional<UserError> find(Job job, LocalDate date) {
    return find(job, date, Set.of());
  }

  /**
   * As {@link #find(Job, LocalDate)}.
   *
   * @param done jobs that are to be taken for done
   */
  private Optional<UserError> find(Job job, LocalDate date, Set<Job> done) {
    List<Job> producers =
        graph.producersOf(job).stream().filter(producer -> !done.contains(producer)).toList();
    for (Job producer : producers) {
      JobRun run = history.runs(producer.name()).get(date);
      if (run == null || !run.status().isEnough()) {
        return Optional.of(
            UserError.retryable(
                "%s %s for %s. Run first: crm run %s %s%s",
                producer.name(),
                run == null ? "has not run" : "did not succeed",
                date,
                producer.name(),
                toRun(producer, date).options(),
                run != null && producer instanceof LoadTable
                    ? "; or go on without it: crm run %s --accept-gap %s"
                        .formatted(producer.name(), date)
                    : ""));
      }
      if (producer instanceof StateJob && isStale(producer, date)) {
        return Optional.of(
            UserError.retryable(
                "the state of %s for %s is stale: %s changed since. Run first: crm run --stale",
                producer.name(), date, history.staleReads(producer, run)));
      }
    }
    List<String> broken =
        graph.producersOf(job).stream()
            .filter(LoadTable.class::isInstance)
            .flatMap(load -> gaps.failedBefore((LoadTable) load, date).stream())
            .toList();
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            UserError.gate(
                "An earlier day is missing: %s. Then run this again, or: crm run --stale",
                String.join(". ", broken)));
  }

  /**
   * Finds the dates to run of a job for a date: of a load also the days since the last settled one.
   */
  private DateRange toRun(Job producer, LocalDate date) {
    boolean loadsPastDays = producer instanceof LoadTable load && load.feed().origin().isEmpty();
    return Optional.ofNullable(history.settled(producer.name()).lower(date))
        .filter(last -> loadsPastDays)
        .map(last -> new DateRange(last.plusDays(1), date))
        .orElse(new DateRange(date, date));
  }

  /** Returns whether what a job read for a date is other now. */
  boolean isStale(Job job, LocalDate date) {
    return Optional.ofNullable(history.goodRuns(job.name()).get(date))
        .filter(run -> !history.staleReads(job, run).isEmpty())
        .isPresent();
  }

  /** Returns whether a job was skipped for a date and could run now. */
  boolean isWaiting(Job job, LocalDate date) {
    return isWaiting(job, date, Set.of());
  }

  private boolean isWaiting(Job job, LocalDate date, Set<Job> done) {
    return Optional.ofNullable(history.runs(job.name()).get(date))
        .filter(run -> run.status() == Status.SKIPPED)
        .filter(run -> find(job, date, done).isEmpty())
        .isPresent();
  }

  /** Returns the jobs skipped for a date that could run now, if what is stale ran first. */
  Set<Job> waiting(LocalDate date) {
    Set<Job> waiting = new HashSet<>();
    Set<Job> done = new HashSet<>();
    for (Job job : graph.ordered()) {
      if (isWaiting(job, date, done)) {
        waiting.add(job);
        done.add(job);
      } else if (isStale(job, date)) {
        done.add(job);
      }
    }
    return waiting;
  }
}
