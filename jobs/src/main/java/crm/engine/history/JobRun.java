package crm.engine.history;

import crm.engine.store.ContentHash;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * One job for one logical date in one run: a row of {@code ops.job_runs}.
 *
 * @param pipelineRun the scheduler's run it was part of
 * @param mode load, run or advance
 * @param reads what was read, as of the date
 * @param writes what was written, per date
 */
public record JobRun(
    String runId,
    Optional<String> pipelineRun,
    String job,
    LocalDate logicalDate,
    Status status,
    Optional<Integer> exitCode,
    Optional<String> mode,
    Optional<String> version,
    String settingsHash,
    String commit,
    Instant startedAt,
    double seconds,
    long rowsOut,
    long rejected,
    Map<Part, ContentHash> reads,
    Map<DatedPart, ContentHash> writes,
    Optional<String> message) {

  public enum Status {
    SUCCEEDED,
    /** There was nothing for the date, and that is allowed. */
    EMPTY,
    FAILED,
    /** A job it reads from did not succeed. */
    SKIPPED,
    /** A load brought nothing for the date, and a person lets its readers go on without. */
    GAP_ACCEPTED;

    /** Returns whether the job did its work. */
    boolean isGood() {
      return this == SUCCEEDED || this == EMPTY;
    }

    /** Returns whether readers of the job's tables may go on. */
    public boolean isEnough() {
      return isGood() || this == GAP_ACCEPTED;
    }
  }

  /**
   * The rows of a table that one source delivered.
   *
   * @param source {@code *} where a computation wrote the rows of all sources
   */
  public record Part(String table, String source) {}

  /** The rows of a part that one date holds. */
  public record DatedPart(Part part, LocalDate logicalDate) {}
}
