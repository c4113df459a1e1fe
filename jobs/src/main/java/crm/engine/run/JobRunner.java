package crm.engine.run;

import static java.util.stream.Collectors.joining;

import crm.engine.history.Attempt;
import crm.engine.history.DateRange;
import crm.engine.history.JobRun;
import crm.engine.history.RunHistory;
import crm.engine.load.Gaps;
import crm.engine.load.Landing;
import crm.engine.load.LoadRunner;
import crm.engine.load.StrayFiles;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Runs jobs for dates: read, run, check, write, record, then publish. */
public final class JobRunner {
  private static final int MAX_NOTES = 5;

  private final Warehouse warehouse;
  private final JobGraph graph;
  private final Progress progress;
  private final String runId;
  private final String commit;
  private final RunHistory history;
  private final Landing files;
  private final LoadRunner loads;
  private final Gaps gaps;
  private final Obstacles obstacles;
  private final StrayFiles strays;
  private final SideBySide sideBySide;
  private final JobExecution execution;
  private final Map<Job, UserError> errors = new ConcurrentHashMap<>();
  private Optional<String> pipelineRun = Optional.empty();

  /**
   * @param landing folder of the delivered files
   * @param commit what the program was built from
   * @param acceptChanged whether files that changed since they were loaded are read
   * @param jobsAtOnce how many jobs may run side by side
   * @param stepsFromRows how many rows a state job must read for the day's step to pay
   */
  public JobRunner(
      Warehouse warehouse,
      JobGraph graph,
      String landing,
      Progress progress,
      String commit,
      boolean acceptChanged,
      int jobsAtOnce,
      long stepsFromRows) {
    this.warehouse = warehouse;
    this.graph = graph;
    this.progress = progress;
    this.commit = commit;
    this.runId = "run-" + Instant.now().toString().replaceAll("[^0-9T]", "");
    this.history = new RunHistory(warehouse);
    this.files = new Landing(warehouse, landing, runId, acceptChanged);
    this.gaps = new Gaps(warehouse, history);
    this.obstacles = new Obstacles(graph, history, gaps);
    this.strays =
        new StrayFiles(
            landing,
            warehouse.spark().sparkContext().hadoopConfiguration(),
            graph.loads().stream().map(LoadTable::feed).distinct().toList());
    this.loads = new LoadRunner(graph.loads(), warehouse, files, strays, history, runId);
    this.execution = new JobExecution(warehouse, history, loads, obstacles, stepsFromRows);
    this.sideBySide = new SideBySide(graph, jobsAtOnce);
  }

  /** Makes what follows part of a pipeline's run, whose last task publishes it. */
  public JobRunner within(String pipelineRun) {
    this.pipelineRun = Optional.of(pipelineRun);
    return this;
  }

  /** Returns what in the workspace wants a look. */
  public WorkspaceStatus status() {
    return new WorkspaceStatus(graph, history, gaps, obstacles, files, strays);
  }

  /** Returns what readers see of the runs, from now on. */
  public Publication publication() {
    return new Publication(warehouse, history, runId, pipelineRun, commit);
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
      warehouse.small().close();
      loads.save();
      history.save();
    }
    showNotes(gaps.held(JobGraph.loads(jobs)));
    if (errors.isEmpty() && pipelineRun.isEmpty()) {
      publication().publish();
    }
    return jobs.stream()
        .filter(errors::containsKey)
        .findFirst()
        .map(job -> errors.get(job).exitCode())
        .orElse(ExitCode.OK);
  }

  private void showNotes(List<String> notes) {
    notes.stream().limit(MAX_NOTES).forEach(progress::note);
    if (notes.size() > MAX_NOTES) {
      progress.note("and %d more; see: crm status".formatted(notes.size() - MAX_NOTES));
    }
  }

  /** Describes what {@link #run} would do, one line per job; writes nothing. */
  public List<String> plan(List<Job> jobs, LocalDate from, LocalDate to) {
    return jobs.stream()
        .map(job -> "%-36s %s".formatted(job.name(), planned(job, from, to)))
        .toList();
  }

  private String planned(Job job, LocalDate from, LocalDate to) {
    if (job instanceof LoadTable load) {
      return loads.planned(load, from, to);
    }
    return execution
        .stateToAdvance(job, to)
        .map(date -> "advance from " + date + " to " + to)
        .orElse("run for " + to);
  }

  /**
   * Runs again what is stale, and what was skipped and could run now, in ascending dates, each date
   * in the order of the jobs.
   */
  public ExitCode runStale(List<Job> jobs) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    jobs.forEach(job -> dates.addAll(history.runs(job.name()).keySet()));
    return recorded(
        jobs,
        () -> {
          for (LocalDate date : dates) {
            // A job comes after those it reads, so they have already read what it recomputes.
            for (Job job : jobs) {
              if (errors.isEmpty()
                  && (obstacles.isStale(job, date) || obstacles.isWaiting(job, date))) {
                progress.expect(1);
                runOne(job, date, date);
              }
            }
          }
        });
  }

  /**
   * Lets readers go on without days that loads should have brought.
   *
   * @param jobs those loads, or jobs that wait for them
   * @param dryRun whether only to say what would be accepted
   * @return what was accepted, per load
   * @throws UserError if none of the loads has such a day
   */
  public List<String> acceptGaps(List<Job> jobs, List<DateRange> ranges, boolean dryRun) {
    List<String> names = jobs.stream().map(Job::name).toList();
    List<String> lines = new ArrayList<>();
    for (LoadTable load : graph.leadingTo(names).loads()) {
      for (LocalDate date : gaps.open(load, ranges)) {
        Optional<String> failedIn =
            Optional.ofNullable(history.runs(load.name()).get(date)).flatMap(JobRun::pipelineRun);
        new Attempt(history, runId, failedIn, commit, load).acceptedGap(date);
      }
      gaps.accepted(load, ranges).map("Goes on without: "::concat).ifPresent(lines::add);
    }
    if (lines.isEmpty()) {
      throw UserError.usage(
          "There is no gap to accept: of the loads of these jobs none failed for %s, and no file"
              + " holds such a day that was not loaded. See what is missing: crm status",
          ranges.stream().map(DateRange::words).collect(joining(", ")));
    }
    if (!dryRun) {
      history.save();
    }
    return lines;
  }

  private void runOne(Job job, LocalDate from, LocalDate to) {
    progress.started(job.name());
    JobExecution.Result result =
        execution.run(new Attempt(history, runId, pipelineRun, commit, job), job, from, to);
    progress.finished(job.name(), result.summary(), result.elapsed());
    result.error().ifPresent(error -> errors.put(job, error));
  }
}
