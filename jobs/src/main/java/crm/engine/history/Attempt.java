package crm.engine.history;

import crm.engine.history.JobRun.DatedPart;
import crm.engine.history.JobRun.Part;
import crm.engine.history.JobRun.Status;
import crm.engine.store.ContentHash;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.StateJob;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;

/** One job in one run, from its start: what becomes of it for each date goes into the history. */
public final class Attempt {
  private final RunHistory history;
  private final String runId;
  private final Optional<String> pipelineRun;
  private final String commit;
  private final Job job;
  private final Instant start = Instant.now();
  private final Set<LocalDate> done = new HashSet<>();
  private String mode = "load";

  public Attempt(
      RunHistory history, String runId, Optional<String> pipelineRun, String commit, Job job) {
    this.history = history;
    this.runId = runId;
    this.pipelineRun = pipelineRun;
    this.commit = commit;
    this.job = job;
  }

  public Duration elapsed() {
    return Duration.between(start, Instant.now());
  }

  /**
   * Saves the model behind the rows, too.
   *
   * @param mode run or advance
   * @param writes the content of each table that was filled
   * @param model used or refused
   * @param pipeline the same as MLlib's
   */
  public void computed(
      LocalDate date,
      String mode,
      Map<Table, ContentHash> writes,
      Optional<ModelRun> model,
      Optional<PipelineModel> pipeline) {
    this.mode = mode;
    model.ifPresent(
        made ->
            history
                .models()
                .add(
                    made,
                    pipeline,
                    runId,
                    commit,
                    job.settingsText(),
                    history.reads(job, date),
                    Instant.now()));
    Map<DatedPart, ContentHash> parts = new HashMap<>();
    writes.forEach(
        (table, content) ->
            parts.put(new DatedPart(new Part(table.qualifiedName(), "*"), date), content));
    Optional<String> refusal = model.flatMap(ModelRun::refusal);
    record(date, Status.SUCCEEDED, ExitCode.OK, parts, 0, refusal.map(w -> "model refused: " + w));
  }

  public void loaded(LocalDate date, Map<DatedPart, ContentHash> writes, long rejected) {
    record(date, Status.SUCCEEDED, ExitCode.OK, writes, rejected, Optional.empty());
  }

  /** There was nothing for the date; whatever it held before is gone. */
  public void empty(LocalDate date, Map<DatedPart, ContentHash> writes) {
    record(date, Status.EMPTY, ExitCode.OK, writes, 0, Optional.of("no files"));
  }

  public void skipped(LocalDate date, UserError why) {
    record(date, Status.SKIPPED, why.exitCode(), Map.of(), 0, Optional.of(why.getMessage()));
  }

  /** Records that a person lets readers go on without what a load should have brought. */
  public void acceptedGap(LocalDate date) {
    record(date, Status.GAP_ACCEPTED, ExitCode.OK, Map.of(), 0, Optional.of("by --accept-gap"));
  }

  /**
   * Takes note of a failure for all dates of the range that were not done before it, and says what
   * went wrong without the values in Spark's messages.
   */
  public UserError failed(LocalDate from, LocalDate to, Exception problem) {
    UserError error = problem instanceof UserError known ? known : understood(problem);
    from.datesUntil(to.plusDays(1))
        .filter(date -> !done.contains(date))
        .forEach(
            date ->
                record(
                    date,
                    Status.FAILED,
                    error.exitCode(),
                    Map.of(),
                    0,
                    Optional.of(error.getMessage())));
    return error;
  }

  private UserError understood(Exception problem) {
    if (System.getenv("CRM_TRACE") != null) {
      problem.printStackTrace();
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeltaConcurrentModificationException) {
        return new UserError(
            ExitCode.LOST_TO_ANOTHER_WRITER,
            "another run wrote to a table of %s at the same time and won. Run again when it is done."
                .formatted(job.name()));
      }
    }
    return UserError.retryable(
        "%s stopped with %s. Set CRM_TRACE=1 to see where; its output may hold record values.",
        job.name(), UserError.condition(problem));
  }

  private void record(
      LocalDate date,
      Status status,
      ExitCode exitCode,
      Map<DatedPart, ContentHash> writes,
      long rejected,
      Optional<String> message) {
    done.add(date);
    history.add(
        new JobRun(
            runId,
            pipelineRun,
            job.name(),
            date,
            status,
            Optional.of(exitCode.value()),
            Optional.of(mode),
            job instanceof StateJob state ? Optional.of(state.version()) : Optional.empty(),
            settingsHash(job),
            commit,
            start,
            elapsed().toMillis() / 1000.0,
            writes.values().stream().mapToLong(ContentHash::rows).sum(),
            rejected,
            status == Status.SUCCEEDED ? history.reads(job, date) : Map.of(),
            writes,
            message));
  }

  /** Hashes what decides what a job computes: its settings. */
  public static String settingsHash(Job job) {
    return DigestUtils.sha256Hex(job.settingsText()).substring(0, 16);
  }
}
