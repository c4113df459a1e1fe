package crm.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.pipeline.PastRuns.Ended;
import crm.engine.schedule.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Days of a company pass in a clock of our own: every task takes a second. */
class SchedulerTest {
  private static final LocalDate D1 = LocalDate.of(2026, 11, 1);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);

  private Pipeline pipeline = SmallPipeline.with();
  private Instant now = Instant.parse("2026-11-04T03:00:00Z");
  private final List<Ended> log = new ArrayList<>();

  /** What ran, as in "ledger 2", the day of the month behind it. */
  private final List<String> ran = new ArrayList<>();

  /** How the next tries of a task end; with 0 where nothing is said. */
  private final Map<String, Deque<Integer>> exitCodes = new HashMap<>();

  @Test
  void everyMissedDayIsCaughtUpOldestFirst() {
    runWhatIsDue();
    assertThat(ran)
        .containsExactly(
            "ledger 1",
            "mood 1",
            "report 1",
            "summary 1",
            "publish 1",
            "ledger 2",
            "mood 2",
            "report 2",
            "summary 2",
            "publish 2",
            "ledger 3",
            "mood 3",
            "report 3",
            "summary 3",
            "publish 3");
    assertThat(past().all())
        .extracting(PipelineRun::id)
        .containsExactly(
            "scheduled__2026-11-02T03:00:00+00:00",
            "scheduled__2026-11-03T03:00:00+00:00",
            "scheduled__2026-11-04T03:00:00+00:00");
  }

  @Test
  void withoutCatchUpOnlyTheNewestDayRuns() {
    pipeline = SmallPipeline.with("catchup = false");
    runWhatIsDue();
    assertThat(ran).contains("publish 3").doesNotContain("ledger 1", "ledger 2");
  }

  @Test
  void nothingIsDueTwice() {
    runWhatIsDue();
    ran.clear();
    runWhatIsDue();
    assertThat(ran).isEmpty();
    now = Instant.parse("2026-11-05T02:59:59Z");
    assertThat(past().due(now)).isEmpty();
    now = Instant.parse("2026-11-05T03:00:00Z");
    assertThat(past().due(now)).hasSize(1);
  }

  @Test
  void aDayThatWasRunByHandIsNotDueAnyMore() {
    run(List.of(past().run(D1)));
    ran.clear();
    runWhatIsDue();
    assertThat(ran).startsWith("ledger 2").doesNotContain("ledger 1");
  }

  /** At two in the afternoon the day is not over, and what comes later is loaded by its own run. */
  @Test
  void aDayThatWasRunByHandBeforeItWasOverIsStillDue() {
    now = Instant.parse("2026-11-01T14:00:00Z");
    run(List.of(past().run(D1)));
    ran.clear();
    now = Instant.parse("2026-11-02T03:00:00Z");
    runWhatIsDue();
    assertThat(ran).startsWith("ledger 1").endsWith("publish 1").hasSize(5);
    assertThat(past().due(now)).isEmpty();
  }

  @Test
  void jobsThatCameLaterAreNoPartOfRunsThatAreOver() {
    pipeline = SmallPipeline.with("jobs = [report]");
    runWhatIsDue();
    assertThat(ran).contains("report 3").doesNotContain("mood 3");
    pipeline = SmallPipeline.with();
    ran.clear();
    runWhatIsDue();
    assertThat(ran).isEmpty();
    now = Instant.parse("2026-11-05T03:00:00Z");
    runWhatIsDue();
    assertThat(ran).containsExactly("ledger 4", "mood 4", "report 4", "summary 4", "publish 4");
  }

  @Test
  void aRetryThatIsDueWaitsForASlotAndNotForTheClock() {
    log.add(new Ended("scheduled__2026-11-02T03:00:00+00:00", "mood", 1, now.minusSeconds(3600)));
    now = Instant.parse("2026-11-02T04:00:00Z");
    runWhatIsDue();
    assertThat(ran).containsExactly("ledger 1", "mood 1", "report 1", "summary 1", "publish 1");
  }

  @Test
  void whatMaySucceedLaterIsTriedAgainAfterGrowingWaits() {
    ends("ledger 1", 1, 4, 0);
    Instant before = now;
    run(List.of(past().run(D1)));
    assertThat(ran).startsWith("ledger 1", "mood 1", "ledger 1", "ledger 1", "report 1");
    // Two waits of 60 and 120 s; seven tasks of a second, of which mood ran during the first wait.
    assertThat(Duration.between(before, now)).hasSeconds(60 + 120 + 7 - 1);
    assertThat(stateOf(D1)).isEqualTo(TaskState.SUCCESS);
  }

  @Test
  void whatWouldEndTheSameIsNotTriedAgain() {
    ends("ledger 1", 3);
    run(List.of(past().run(D1)));
    assertThat(ran).containsExactly("ledger 1", "mood 1");
    assertThat(stateOf(D1)).isEqualTo(TaskState.FAILED);
    PipelineRun run = past().named("2026-11-01");
    assertThat(run.state(pipeline.task("report"))).isEqualTo(TaskState.UPSTREAM_FAILED);
    assertThat(run.state(pipeline.task("publish"))).isEqualTo(TaskState.UPSTREAM_FAILED);
  }

  @Test
  void triesEnd() {
    ends("report 1", 1, 1, 1, 1);
    run(List.of(past().run(D1)));
    assertThat(ran.stream().filter("report 1"::equals)).hasSize(3);
    assertThat(stateOf(D1)).isEqualTo(TaskState.FAILED);
  }

  /** The ledger of the 2nd must not be kept on top of a 1st that is missing. */
  @Test
  void aJobThatReadsItsOwnTableWaitsForTheDayBefore() {
    ends("ledger 1", 3);
    runWhatIsDue();
    assertThat(ran).contains("mood 2").doesNotContain("ledger 2", "ledger 3");
    ends("ledger 1", 0);
    PastRuns past = past();
    PipelineRun failed = past.named("2026-11-01");
    failed.clearFailed();
    ran.clear();
    run(past, List.of(failed));
    runWhatIsDue();
    assertThat(ran.stream().filter(task -> task.startsWith("ledger")))
        .containsExactly("ledger 1", "ledger 2", "ledger 3");
    assertThat(ran).doesNotContain("mood 1", "mood 2");
    assertThat(past().all()).extracting(PipelineRun::state).containsOnly(TaskState.SUCCESS);
  }

  @Test
  void severalDaysAtOnceStillKeepTheLedgerInOrder() {
    pipeline = SmallPipeline.with("max-active-tasks = 8");
    assertThat(maxAtOnce(3)).isGreaterThan(1);
    assertThat(ran).hasSize(15);
    assertThat(ran.stream().filter(task -> task.startsWith("ledger")))
        .containsExactly("ledger 1", "ledger 2", "ledger 3");
  }

  @Test
  void aPoolLimitsItsTasks() {
    pipeline =
        SmallPipeline.with("max-active-tasks = 8", "pools.compute { name = few, slots = 1 }");
    assertThat(maxAtOnce(1)).isEqualTo(1);
    assertThat(ran).hasSize(15);
  }

  /** The process is killed while report runs: what was recorded counts, the rest runs. */
  @Test
  void aRunThatStoppedHalfwayGoesOnWhereItWas() {
    List<Ended> killed = new ArrayList<>();
    runWhatIsDue();
    log.stream().filter(ended -> ended.run().contains("-02T")).limit(1).forEach(killed::add);
    log.clear();
    log.addAll(killed);
    ran.clear();
    now = Instant.parse("2026-11-02T04:00:00Z");
    runWhatIsDue();
    assertThat(ran).containsExactly("mood 1", "report 1", "summary 1", "publish 1");
  }

  @Test
  void clearingAJobRunsAgainWhatWaitsForIt() {
    run(List.of(past().run(D1)));
    ran.clear();
    PastRuns past = past();
    PipelineRun run = past.named("manual__2026-11-02T03:00:00+00:00");
    run.clear(pipeline.task("report"));
    run(past, List.of(run));
    assertThat(ran).containsExactly("report 1", "summary 1", "publish 1");
  }

  /** Killed after report ran again: summary is of the old report, and must run again too. */
  @Test
  void aClearedRunThatStoppedHalfwayGoesOnToo() {
    run(List.of(past().run(D1)));
    now = now.plusSeconds(60);
    log.add(new Ended("manual__2026-11-02T03:00:00+00:00", "report", 0, now));
    ran.clear();
    runWhatIsDue();
    assertThat(ran).startsWith("summary 1", "publish 1", "ledger 2");
  }

  @Test
  void aBackfillTakesWhatItIsTold() {
    ends("mood 2", 2);
    run(past().backfill(D1, D3, Reprocess.NONE, now));
    assertThat(stateOf(D2)).isEqualTo(TaskState.FAILED);
    assertThat(dates(Reprocess.NONE)).isEmpty();
    assertThat(dates(Reprocess.FAILED)).containsExactly(D2);
    assertThat(dates(Reprocess.COMPLETED)).containsExactly(D1, D2, D3);
    assertThat(past().all().get(0).id()).isEqualTo("backfill__2026-11-02T03:00:00+00:00");
  }

  @Test
  void aDayIsNotBackfilledBeforeItIsOver() {
    assertThat(past().backfill(D1, D1.plusDays(30), Reprocess.NONE, now)).hasSize(3);
  }

  private List<LocalDate> dates(Reprocess reprocess) {
    return past().backfill(D1, D3, reprocess, now).stream().map(PipelineRun::logicalDate).toList();
  }

  private TaskState stateOf(LocalDate date) {
    return past().named(date.toString()).state();
  }

  private PastRuns past() {
    return new PastRuns(pipeline, log);
  }

  private void runWhatIsDue() {
    PastRuns past = past();
    run(past, past.due(now));
  }

  private void run(List<PipelineRun> runs) {
    run(past(), runs);
  }

  private void run(PastRuns past, List<PipelineRun> runs) {
    scheduler(Runnable::run).run(past.all(), runs, 1);
  }

  private void ends(String task, Integer... codes) {
    exitCodes.put(task, new ArrayDeque<>(List.of(codes)));
  }

  private Scheduler scheduler(Executor workers) {
    return new Scheduler(
        pipeline.settings(), () -> now, moment -> now = moment, workers, this::work);
  }

  /** Runs what is due in threads that dawdle. */
  private int maxAtOnce(int runsAtOnce) {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger max = new AtomicInteger();
    ExecutorService workers = Executors.newCachedThreadPool();
    scheduler(
            task ->
                workers.execute(
                    () -> {
                      max.accumulateAndGet(running.incrementAndGet(), Math::max);
                      LockSupport.parkNanos(20_000_000);
                      running.decrementAndGet();
                      task.run();
                    }))
        .run(List.of(), past().due(now), runsAtOnce);
    workers.shutdown();
    return max.get();
  }

  private synchronized int work(PipelineRun run, Task task) {
    String name = task.id() + " " + run.logicalDate().getDayOfMonth();
    ran.add(name);
    Integer code = exitCodes.getOrDefault(name, new ArrayDeque<>()).poll();
    int exitCode = code == null ? 0 : code;
    log.add(new Ended(run.id(), task.id(), exitCode, now));
    now = now.plusSeconds(1);
    return exitCode;
  }
}
