package crm.run;

import crm.ingest.LoadTable;
import crm.run.JobRun.DatedPart;
import crm.run.JobRun.Part;
import crm.store.ContentHash;
import crm.store.Published;
import crm.store.Warehouse;
import crm.warehouse.ExitCode;
import crm.warehouse.Job;
import crm.warehouse.ModelRun;
import crm.warehouse.StateJob;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs jobs for dates: read, run, check, write, record, then publish. The only owner of the clock.
 */
public final class JobRunner {
  private final Warehouse warehouse;
  private final JobGraph graph;
  private final Progress progress;
  private final String runId;
  private final String commit;
  private final RunHistory history;
  private final Landing files;
  private final Loads loads;
  private final SideBySide sideBySide;
  private final Map<Job, UserError> errors = new ConcurrentHashMap<>();
  private Optional<String> pipelineRun = Optional.empty();

  /**
   * @param landing folder of the delivered files
   * @param commit what the program was built from
   * @param acceptChanged whether files that changed since they were loaded are read
   * @param jobsAtOnce how many jobs may run side by side
   */
  public JobRunner(
      Warehouse warehouse,
      JobGraph graph,
      String landing,
      Progress progress,
      String commit,
      boolean acceptChanged,
      int jobsAtOnce) {
    this.warehouse = warehouse;
    this.graph = graph;
    this.progress = progress;
    this.commit = commit;
    this.runId = "run-" + Instant.now().toString().replaceAll("[^0-9T]", "");
    this.history = new RunHistory(warehouse);
    this.files = new Landing(warehouse, landing, runId, acceptChanged);
    this.loads = new Loads(warehouse, files, history, runId);
    this.sideBySide = new SideBySide(graph, jobsAtOnce);
  }

  /** Makes what follows part of a pipeline's run, whose last task publishes it. */
  public JobRunner within(String pipelineRun) {
    this.pipelineRun = Optional.of(pipelineRun);
    return this;
  }

  /**
   * Runs the jobs in order: ingestions for every date of the range, computations for its last date.
   * A job whose producers failed is skipped; the others go on, but readers see none of it, so that
   * no new table stands beside an old one.
   *
   * @param jobs in the order of the graph
   * @return OK, or the exit code of the first of them that failed
   */
  public ExitCode run(List<Job> jobs, LocalDate from, LocalDate to) {
    progress.expect(jobs.size());
    return recorded(jobs, () -> sideBySide.run(jobs, job -> runOne(job, from, to)));
  }

  private ExitCode recorded(List<Job> jobs, Runnable work) {
    try {
      work.run();
    } finally {
      loads.save();
      history.save();
    }
    if (errors.isEmpty() && pipelineRun.isEmpty()) {
      publish();
    }
    return jobs.stream()
        .filter(errors::containsKey)
        .findFirst()
        .map(job -> errors.get(job).exitCode())
        .orElse(ExitCode.OK);
  }

  /** What {@link #run} would do, one line per job; writes nothing. */
  public List<String> plan(List<Job> jobs, LocalDate from, LocalDate to) {
    List<String> plan = new ArrayList<>();
    for (Job job : jobs) {
      String what;
      if (job instanceof LoadTable load) {
        what = loads.planned(load, from, to);
      } else if (job instanceof StateJob state) {
        what =
            usableState(state, to)
                .map(date -> "advance from " + date + " to " + to)
                .orElse("run for " + to);
      } else {
        what = "run for " + to;
      }
      plan.add("%-36s %s".formatted(job.name(), what));
    }
    return plan;
  }

  /** Runs again what is stale, in ascending dates, each date in the order of the jobs. */
  public ExitCode runStale(List<Job> jobs) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    jobs.forEach(job -> dates.addAll(history.goodRuns(job.name()).keySet()));
    return recorded(
        jobs,
        () -> {
          for (LocalDate date : dates) {
            // A job comes after those it reads: what it makes anew, they have read already.
            for (Job job : jobs) {
              if (isStale(job, date) && errors.isEmpty()) {
                progress.expect(1);
                runOne(job, date, date);
              }
            }
          }
        });
  }

  private boolean isStale(Job job, LocalDate date) {
    return Optional.ofNullable(history.goodRuns(job.name()).get(date))
        .filter(run -> !history.staleReads(job, run).isEmpty())
        .isPresent();
  }

  /** What is stale: job and date, and the tables that changed. */
  public Map<String, List<String>> stale() {
    Map<String, List<String>> stale = new TreeMap<>();
    for (Job job : graph.ordered()) {
      history
          .goodRuns(job.name())
          .forEach(
              (date, run) -> {
                List<String> changed = history.staleReads(job, run);
                if (!changed.isEmpty()) {
                  stale.put(job.name() + " " + date, changed);
                }
              });
    }
    return stale;
  }

  /** Files in landing that no run has loaded, with the date in their name. */
  public Map<String, Optional<LocalDate>> unseenFiles() {
    Map<String, Optional<LocalDate>> unseen = new TreeMap<>();
    ingestions().forEach(load -> unseen.putAll(files.unseen(load.feed())));
    return unseen;
  }

  /** Files in landing whose bytes are no longer those that were loaded. */
  public Set<String> changedFiles() {
    Set<String> changed = new TreeSet<>();
    ingestions().forEach(load -> changed.addAll(files.changed(load.feed())));
    return changed;
  }

  private List<LoadTable> ingestions() {
    return graph.ordered().stream()
        .filter(LoadTable.class::isInstance)
        .map(LoadTable.class::cast)
        .toList();
  }

  private void runOne(Job job, LocalDate from, LocalDate to) {
    progress.started(job.name());
    Attempt attempt = new Attempt(history, runId, pipelineRun, commit, job);
    try {
      Optional<String> obstacle = obstacle(job, to);
      if (obstacle.isPresent()) {
        attempt.skipped(to, obstacle.get());
        progress.finished(job.name(), "skipped: " + obstacle.get(), attempt.time());
        errors.put(job, new UserError(ExitCode.RETRYABLE, obstacle.get()));
        return;
      }
      String what =
          job instanceof LoadTable load
              ? loads.load(load, from, to, attempt)
              : compute(job, to, attempt);
      progress.finished(job.name(), what, attempt.time());
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      UserError error = attempt.failed(to, e);
      progress.finished(job.name(), "failed: " + error.getMessage(), attempt.time());
      errors.put(job, error);
    }
  }

  /** Why a job cannot run for the date, if it cannot. */
  private Optional<String> obstacle(Job job, LocalDate date) {
    for (Job producer : graph.producersOf(job)) {
      JobRun run = history.runs(producer.name()).get(date);
      if (run == null || !run.status().isGood()) {
        return Optional.of(
            "%s %s for %s. Run first: crm run %s --date %s"
                .formatted(
                    producer.name(),
                    run == null ? "has not run" : "did not succeed",
                    date,
                    producer.name(),
                    date));
      }
      if (producer instanceof StateJob && isStale(producer, date)) {
        return Optional.of(
            "the state of %s for %s is stale: %s changed since. Run first: crm run --stale"
                .formatted(producer.name(), date, history.staleReads(producer, run)));
      }
    }
    return Optional.empty();
  }

  private String compute(Job job, LocalDate date, Attempt attempt) {
    Computation computation = new Computation(warehouse, history, job, date);
    Optional<LocalDate> state =
        job instanceof StateJob stateJob ? usableState(stateJob, date) : Optional.empty();
    Map<Table, ContentHash> contents =
        state.isPresent() ? computation.advance(state.get()) : computation.run();
    Map<DatedPart, ContentHash> writes = new HashMap<>();
    contents.forEach(
        (table, content) ->
            writes.put(new DatedPart(new Part(table.qualifiedName(), "*"), date), content));
    String mode = state.isPresent() ? "advance" : "run";
    Optional<String> refusal = computation.model().flatMap(ModelRun::refusal);
    computation
        .model()
        .ifPresent(
            model ->
                history
                    .models()
                    .add(
                        model,
                        runId,
                        commit,
                        job.toString(),
                        history.reads(job, date),
                        Instant.now()));
    attempt.computed(date, mode, writes, refusal);
    long rows = contents.values().stream().mapToLong(ContentHash::rows).sum();
    return "%,d rows%s%s"
        .formatted(
            rows,
            job instanceof StateJob ? ", " + mode : "",
            refusal.map(why -> "; model refused: " + why).orElse(""));
  }

  /** The date of a stored state that the day's step can start from. */
  private Optional<LocalDate> usableState(StateJob job, LocalDate date) {
    return history
        .lastGoodBefore(job.name(), date)
        .filter(run -> run.version().equals(Optional.of(job.version())))
        .filter(run -> run.settingsHash().equals(Attempt.settingsHash(job)))
        .filter(run -> history.staleReads(job, run).isEmpty())
        .map(JobRun::logicalDate);
  }

  /** Publishes, lets effects follow, and records both as a task of that name. */
  public void publish(String task, LocalDate date, Runnable effects) {
    Instant start = Instant.now();
    ExitCode exitCode = ExitCode.RETRYABLE;
    try {
      publish();
      effects.run();
      exitCode = ExitCode.OK;
    } catch (UserError e) {
      exitCode = e.exitCode();
      throw e;
    } finally {
      history.add(
          new JobRun(
              runId,
              pipelineRun,
              task,
              date,
              exitCode == ExitCode.OK ? JobRun.Status.SUCCEEDED : JobRun.Status.FAILED,
              Optional.of(exitCode.value()),
              Optional.of("publish"),
              Optional.empty(),
              "",
              commit,
              start,
              Duration.between(start, Instant.now()).toMillis() / 1000.0,
              0,
              0,
              Map.of(),
              Map.of(),
              Optional.empty()));
      history.save();
    }
  }

  /** Points readers to the newest version of every table. */
  public void publish() {
    Map<String, Long> versions = new TreeMap<>();
    for (Table table : AllTables.ALL) {
      warehouse.version(table).ifPresent(version -> versions.put(table.qualifiedName(), version));
    }
    new Published(runId, versions)
        .write(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
  }
}
