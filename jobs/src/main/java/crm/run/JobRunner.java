package crm.run;

import crm.ingest.LoadTable;
import crm.run.JobRun.DatedPart;
import crm.run.JobRun.Part;
import crm.run.JobRun.Status;
import crm.store.ContentHash;
import crm.store.Published;
import crm.store.Warehouse;
import crm.warehouse.ExitCode;
import crm.warehouse.Job;
import crm.warehouse.StateJob;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import crm.warehouse.tables.OpsTables;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;

/**
 * Runs jobs for dates: read, run, check, write, record, then publish. The only owner of the clock.
 */
public final class JobRunner {
  private final Warehouse warehouse;
  private final JobGraph graph;
  private final String landing;
  private final Progress progress;
  private final String runId;
  private final String commit;
  private final RunHistory history;
  private final Landing files;
  private final List<Row> fileLoads = new ArrayList<>();
  private Optional<UserError> firstError = Optional.empty();

  /**
   * @param landing folder of the delivered files
   * @param commit what the program was built from
   * @param acceptChanged whether files that changed since they were loaded are read
   */
  public JobRunner(
      Warehouse warehouse,
      JobGraph graph,
      String landing,
      Progress progress,
      String commit,
      boolean acceptChanged) {
    this.warehouse = warehouse;
    this.graph = graph;
    this.landing = landing;
    this.progress = progress;
    this.commit = commit;
    this.runId = "run-" + Instant.now().toString().replaceAll("[^0-9T]", "");
    this.history = new RunHistory(warehouse);
    this.files = new Landing(warehouse, landing, runId, acceptChanged);
  }

  /**
   * Runs the jobs in order: ingestions for every date of the range, computations for its last date.
   * A job whose producers failed is skipped; the others go on.
   *
   * @return OK, or the exit code of the first job that failed
   */
  public ExitCode run(List<Job> jobs, LocalDate from, LocalDate to) {
    progress.expect(jobs.size());
    return recorded(() -> jobs.forEach(job -> runOne(job, from, to)));
  }

  private ExitCode recorded(Runnable work) {
    try {
      work.run();
    } finally {
      files.save();
      warehouse.append(OpsTables.FILE_LOADS, fileLoads);
      fileLoads.clear();
      history.save();
      publish();
    }
    return firstError.map(UserError::exitCode).orElse(ExitCode.OK);
  }

  /** What {@link #run} would do, one line per job; writes nothing. */
  public List<String> plan(List<Job> jobs, LocalDate from, LocalDate to) {
    List<String> plan = new ArrayList<>();
    for (Job job : jobs) {
      String what;
      if (job instanceof LoadTable load) {
        List<String> paths = files.planned(load.feed(), from, to, datesRan(load));
        what =
            "load %d files%s"
                .formatted(paths.size(), paths.isEmpty() ? "" : ", the first " + paths.get(0));
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
        () -> {
          for (LocalDate date : dates) {
            // A job comes after those it reads: what it makes anew, they have read already.
            for (Job job : jobs) {
              if (isStale(job, date) && firstError.isEmpty()) {
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
    loads().forEach(load -> unseen.putAll(files.unseen(load.feed())));
    return unseen;
  }

  /** Files in landing whose bytes are no longer those that were loaded. */
  public Set<String> changedFiles() {
    Set<String> changed = new TreeSet<>();
    loads().forEach(load -> changed.addAll(files.changed(load.feed())));
    return changed;
  }

  private List<LoadTable> loads() {
    return graph.ordered().stream()
        .filter(LoadTable.class::isInstance)
        .map(LoadTable.class::cast)
        .toList();
  }

  private void runOne(Job job, LocalDate from, LocalDate to) {
    Instant start = Instant.now();
    progress.started(job.name());
    Attempt attempt = new Attempt(job, start);
    try {
      Optional<String> obstacle = obstacle(job, to);
      if (obstacle.isPresent()) {
        attempt.record(to, Status.SKIPPED, Map.of(), 0, obstacle);
        progress.finished(job.name(), "skipped: " + obstacle.get(), since(start));
        firstError =
            firstError.or(() -> Optional.of(new UserError(ExitCode.RETRYABLE, obstacle.get())));
        return;
      }
      String what =
          job instanceof LoadTable load ? load(load, from, to, attempt) : compute(job, to, attempt);
      progress.finished(job.name(), what, since(start));
    } catch (RuntimeException e) {
      UserError error = understood(job, e);
      attempt.record(to, Status.FAILED, Map.of(), 0, Optional.of(error.getMessage()));
      progress.finished(job.name(), "failed: " + error.getMessage(), since(start));
      firstError = firstError.or(() -> Optional.of(error));
    }
  }

  private Set<LocalDate> datesRan(LoadTable load) {
    return history.goodRuns(load.name()).keySet();
  }

  private static Duration since(Instant start) {
    return Duration.between(start, Instant.now());
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

  private String load(LoadTable load, LocalDate from, LocalDate to, Attempt attempt) {
    List<LandingFile> all = files.files(load.feed(), from, to, datesRan(load));
    Set<LocalDate> missing = new TreeSet<>(from.datesUntil(to.plusDays(1)).toList());
    all.forEach(file -> missing.remove(file.logicalDate()));
    boolean manyDaysInAFile = load.feed().logicalDate().isPresent() && !all.isEmpty();
    if (load.failsOnMissing() && !missing.isEmpty() && !manyDaysInAFile) {
      throw UserError.retryable(
          "%d of the dates have no file of %s in %s, the first is %s. Wait for the source and run"
              + " again; if such days are normal, set on-missing = empty for the source.",
          missing.size(), load.feed().files(), landing, missing.iterator().next());
    }
    if (load.isKeyedByFile()) {
      all = all.stream().filter(file -> !file.isDuplicate()).toList();
    }
    List<LandingFile> read = all;
    Ingestion ingestion = new Ingestion(warehouse, load, runId);
    long rows = 0;
    long rejected = 0;
    try {
      List<LocalDate[]> ranges =
          load.runsDayByDay()
              ? from.datesUntil(to.plusDays(1)).map(d -> new LocalDate[] {d, d}).toList()
              : List.<LocalDate[]>of(new LocalDate[] {from, to});
      for (LocalDate[] range : ranges) {
        List<LandingFile> delivered =
            manyDaysInAFile
                ? read
                : read.stream()
                    .filter(file -> !file.logicalDate().isBefore(range[0]))
                    .filter(file -> !file.logicalDate().isAfter(range[1]))
                    .toList();
        Ingestion.Loaded loaded = loaded(load, ingestion, delivered, range, attempt);
        rows += loaded.contents().values().stream().mapToLong(ContentHash::rows).sum();
        rejected += loaded.rejected().values().stream().mapToLong(n -> n).sum();
      }
    } finally {
      fileLoads.addAll(ingestion.fileLoads());
    }
    return "%,d rows, %,d rejected".formatted(rows, rejected);
  }

  private Ingestion.Loaded loaded(
      LoadTable load,
      Ingestion ingestion,
      List<LandingFile> delivered,
      LocalDate[] range,
      Attempt attempt) {
    Part part = new Part(load.target().qualifiedName(), load.source());
    if (delivered.isEmpty()) {
      range[0]
          .datesUntil(range[1].plusDays(1))
          .forEach(
              date -> attempt.record(date, Status.EMPTY, Map.of(), 0, Optional.of("no files")));
      return new Ingestion.Loaded(Map.of(), Map.of(), 0);
    }
    JobInputs inputs = new JobInputs(warehouse, load, range[0], Optional.empty(), delivered);
    Ingestion.Loaded loaded = ingestion.load(inputs, delivered, range[0], range[1]);
    if (load.runsDayByDay() && loaded.recordsIn() == 0 && load.failsOnMissing()) {
      throw UserError.retryable(
          "The full dump %s is empty, which counts as missing: no key was deleted. Wait for the"
              + " source and run again; if such days are normal, set on-missing = empty.",
          delivered.get(0).path());
    }
    Set<LocalDate> withFiles = new TreeSet<>();
    delivered.forEach(file -> withFiles.add(file.logicalDate()));
    new TreeMap<>(loaded.contents())
        .forEach(
            (date, content) ->
                attempt.record(
                    date,
                    withFiles.contains(date) || content.rows() > 0
                        ? Status.SUCCEEDED
                        : Status.EMPTY,
                    Map.of(new DatedPart(part, date), content),
                    loaded.rejected().getOrDefault(date, 0L),
                    Optional.empty()));
    return loaded;
  }

  private String compute(Job job, LocalDate date, Attempt attempt) {
    Computation computation = new Computation(warehouse, job, date);
    Optional<LocalDate> state =
        job instanceof StateJob stateJob ? usableState(stateJob, date) : Optional.empty();
    Map<Table, ContentHash> contents =
        state.isPresent() ? computation.advance(state.get()) : computation.run();
    Map<DatedPart, ContentHash> writes = new HashMap<>();
    contents.forEach(
        (table, content) ->
            writes.put(new DatedPart(new Part(table.qualifiedName(), "*"), date), content));
    attempt.mode = state.isPresent() ? "advance" : "run";
    attempt.record(date, Status.SUCCEEDED, writes, 0, Optional.empty());
    long rows = contents.values().stream().mapToLong(ContentHash::rows).sum();
    return "%,d rows%s".formatted(rows, job instanceof StateJob ? ", " + attempt.mode : "");
  }

  /** The date of a stored state that the day's step can start from. */
  private Optional<LocalDate> usableState(StateJob job, LocalDate date) {
    return history
        .lastGoodBefore(job.name(), date)
        .filter(run -> run.version().equals(Optional.of(job.version())))
        .filter(run -> run.settingsHash().equals(settingsHash(job)))
        .filter(run -> history.staleReads(job, run).isEmpty())
        .map(JobRun::logicalDate);
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

  /** Says what went wrong without the values Spark puts into its messages. */
  private static UserError understood(Job job, RuntimeException e) {
    if (e instanceof UserError error) {
      return error;
    }
    if (System.getenv("CRM_TRACE") != null) {
      e.printStackTrace();
    }
    boolean lost = false;
    String what = e.getClass().getSimpleName();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      lost |= cause instanceof DeltaConcurrentModificationException;
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        what = spark.getCondition();
      }
    }
    return lost
        ? new UserError(
            ExitCode.LOST_TO_ANOTHER_WRITER,
            "another run wrote to a table of %s at the same time and won. Run again when it is done."
                .formatted(job.name()))
        : new UserError(
            ExitCode.RETRYABLE,
            "%s stopped with %s. Set CRM_TRACE=1 to see where; its output may hold record values."
                .formatted(job.name(), what));
  }

  private static String settingsHash(Job job) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(job.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is common to the records of one job in this run. */
  private final class Attempt {
    private final Job job;
    private final Instant start;
    private String mode = "load";

    Attempt(Job job, Instant start) {
      this.job = job;
      this.start = start;
    }

    void record(
        LocalDate date,
        Status status,
        Map<DatedPart, ContentHash> writes,
        long rejected,
        Optional<String> message) {
      history.add(
          new JobRun(
              runId,
              job.name(),
              date,
              status,
              Optional.of(mode),
              job instanceof StateJob state ? Optional.of(state.version()) : Optional.empty(),
              settingsHash(job),
              commit,
              start,
              since(start).toMillis() / 1000.0,
              writes.values().stream().mapToLong(ContentHash::rows).sum(),
              rejected,
              status == Status.SUCCEEDED ? history.reads(job, date) : Map.of(),
              writes,
              message));
    }
  }
}
