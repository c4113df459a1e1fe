package crm.engine.pipeline;

import crm.engine.schedule.DataInterval;
import crm.engine.schedule.PipelineSettings;
import crm.engine.schedule.Retries;
import crm.engine.schedule.Stage;
import crm.engine.schedule.TaskState;
import crm.engine.schedule.Timetable;
import crm.engine.store.Warehouse;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runs of the pipeline so far, one per data interval, as {@code ops.job_runs} records them:
 * nothing else is kept, so that a run may stop anywhere. A job that succeeded before one it waits
 * for was tried again, or is to be, counts as not run.
 */
public final class PastRuns {
  private static final Pattern RUN_ID = Pattern.compile("(scheduled|backfill|manual)__(.+)");

  private final Pipeline pipeline;
  private final Timetable timetable;
  private final Map<Instant, PipelineRun> byStart = new TreeMap<>();
  private final Set<Instant> beforeTheEnd = new HashSet<>();

  /**
   * A job that ended, in a run of a pipeline.
   *
   * @param job or {@link Pipeline#PUBLISH}
   */
  record Ended(String run, String job, int exitCode, Instant startedAt) {}

  PastRuns(Pipeline pipeline, List<Ended> jobs) {
    this.pipeline = pipeline;
    this.timetable = pipeline.settings().timetable();
    Map<String, Map<String, List<Ended>>> runs = new TreeMap<>();
    jobs.stream()
        .sorted(Comparator.comparing(Ended::startedAt))
        .forEach(
            ended ->
                runs.computeIfAbsent(ended.run(), run -> new HashMap<>())
                    .computeIfAbsent(ended.job(), job -> new ArrayList<>())
                    .add(ended));
    runs.forEach(
        (id, tries) ->
            interval(id)
                .ifPresent(
                    interval -> {
                      byStart.put(interval.start(), recall(id, interval, tries));
                      if (id.startsWith("manual") && lastStart(tries).isBefore(interval.end())) {
                        beforeTheEnd.add(interval.start());
                      }
                    }));
  }

  private static Instant lastStart(Map<String, List<Ended>> tries) {
    return tries.values().stream()
        .flatMap(List::stream)
        .map(Ended::startedAt)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns whether publishing ended it, after everything else. */
  private static boolean isPublished(Map<String, List<Ended>> tries) {
    return tries.getOrDefault(Pipeline.PUBLISH, List.of()).stream()
        .anyMatch(last -> last.exitCode() == 0 && last.startedAt().equals(lastStart(tries)));
  }

  public static PastRuns of(Pipeline pipeline, Warehouse warehouse) {
    return new PastRuns(
        pipeline,
        warehouse
            .stored(OpsTables.JOB_RUNS)
            .where("pipeline_run is not null")
            .select("pipeline_run", "job", "exit_code", "started_at")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Ended(
                        row.getString(0),
                        row.getString(1),
                        row.getInt(2),
                        row.<Timestamp>getAs(3).toInstant()))
            .toList());
  }

  /** Runs that Airflow started by hand at any moment are none of ours. */
  private Optional<DataInterval> interval(String id) {
    Matcher parts = RUN_ID.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      DataInterval interval = timetable.endingAt(OffsetDateTime.parse(parts.group(2)).toInstant());
      return timetable.has(interval) || !parts.group(1).equals("manual")
          ? Optional.of(interval)
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private PipelineRun recall(String id, DataInterval interval, Map<String, List<Ended>> tries) {
    PipelineRun run = new PipelineRun(pipeline, id, interval);
    Map<String, Instant> lastTry = new HashMap<>();
    // Jobs that came to the pipeline afterwards are no part of it.
    boolean published = isPublished(tries);
    for (Task task : pipeline.tasks()) {
      List<String> jobs = task.stage() == Stage.PUBLISH ? List.of(Pipeline.PUBLISH) : task.jobs();
      List<List<Ended>> ofTask = jobs.stream().filter(tries::containsKey).map(tries::get).toList();
      List<Ended> last = ofTask.stream().map(job -> job.get(job.size() - 1)).toList();
      last.stream()
          .map(Ended::startedAt)
          .max(Instant::compareTo)
          .ifPresent(started -> lastTry.put(task.id(), started));
      Optional<Ended> failure = last.stream().filter(job -> job.exitCode() != 0).findFirst();
      if (failure.isPresent()) {
        int failedTries = ofTask.stream().mapToInt(PastRuns::failedTries).max().orElse(0);
        Retries retries = pipeline.settings().retries();
        boolean again = retries.again(failure.get().exitCode(), failedTries);
        run.resume(task, again ? TaskState.UP_FOR_RETRY : TaskState.FAILED, failedTries);
      } else if (last.isEmpty() && published) {
        run.resume(task, TaskState.SKIPPED, 0);
      } else if (last.size() == jobs.size() || published) {
        Instant first = last.stream().map(Ended::startedAt).min(Instant::compareTo).orElseThrow();
        boolean overtaken =
            task.upstream().stream()
                .anyMatch(
                    before ->
                        !run.state(pipeline.task(before)).isFinished()
                            || lastTry.getOrDefault(before, Instant.MIN).isAfter(first));
        if (!overtaken) {
          run.resume(task, TaskState.SUCCESS, 0);
        }
      }
    }
    // So that what waits for a failure says so.
    run.ready(Instant.MIN);
    return run;
  }

  /** Since it last succeeded. */
  private static int failedTries(List<Ended> tries) {
    int failed = 0;
    for (Ended each : tries) {
      failed = each.exitCode() == 0 ? 0 : failed + 1;
    }
    return failed;
  }

  /** All of them, oldest interval first. */
  public List<PipelineRun> all() {
    return List.copyOf(byStart.values());
  }

  /**
   * Lists what is to run now: interrupted runs, and the intervals that are over since the last one,
   * all or only the newest as the settings have it. A run by hand before its interval was over does
   * not stand for the scheduled one.
   */
  public List<PipelineRun> due(Instant now) {
    PipelineSettings settings = pipeline.settings();
    DataInterval first = timetable.firstFrom(settings.start());
    Optional<DataInterval> next =
        all().stream()
            .filter(run -> !run.id().startsWith("manual"))
            .reduce((earlier, later) -> later)
            .map(last -> timetable.after(last.interval()));
    DataInterval from =
        next.filter(interval -> interval.start().isAfter(first.start())).orElse(first);
    if (!settings.catchUp()) {
      DataInterval latest = timetable.latest(settings.start(), now);
      from = latest.start().isAfter(from.start()) ? latest : from;
    }
    Map<Instant, PipelineRun> due = new TreeMap<>();
    all().stream()
        .filter(run -> run.state() == TaskState.RUNNING)
        .forEach(run -> due.put(run.interval().start(), run));
    timetable.over(from, now).stream()
        .filter(
            interval ->
                !byStart.containsKey(interval.start()) || beforeTheEnd.contains(interval.start()))
        .forEach(interval -> due.put(interval.start(), created("scheduled", interval)));
    return List.copyOf(due.values());
  }

  /**
   * The run of the last interval of a date: begun, to begin, or to begin again where it is over.
   */
  public PipelineRun run(LocalDate date) {
    DataInterval last = intervals(date, date).reduce((earlier, later) -> later).orElseThrow();
    PipelineRun run =
        Optional.ofNullable(byStart.get(last.start())).orElse(created("manual", last));
    if (run.isOver()) {
      run.clear();
    }
    return run;
  }

  /**
   * The runs for a range of dates, oldest first.
   *
   * @param now intervals that are not over are left out
   */
  public List<PipelineRun> backfill(
      LocalDate from, LocalDate to, Reprocess reprocess, Instant now) {
    List<PipelineRun> runs = new ArrayList<>();
    for (DataInterval interval : intervals(from, to).filter(each -> each.isOver(now)).toList()) {
      PipelineRun run = byStart.get(interval.start());
      if (run == null) {
        runs.add(created("backfill", interval));
      } else if (run.isOver() && reprocess.takes(run.state())) {
        run.clear();
        runs.add(run);
      } else if (!run.isOver()) {
        runs.add(run);
      }
    }
    return runs;
  }

  /** A run by its id, or the last of a date. */
  public PipelineRun named(String name) {
    return all().stream()
        .filter(run -> run.id().equals(name) || run.logicalDate().toString().equals(name))
        .reduce((earlier, later) -> later)
        .orElseThrow(
            () ->
                UserError.usage("There is no run '%s'. List them with: crm pipeline status", name));
  }

  private Stream<DataInterval> intervals(LocalDate from, LocalDate to) {
    Instant end = pipeline.settings().startOf(to.plusDays(1));
    List<DataInterval> intervals =
        Stream.iterate(
                timetable.firstFrom(pipeline.settings().startOf(from)),
                interval -> interval.start().isBefore(end),
                timetable::after)
            .toList();
    if (intervals.isEmpty()) {
      throw UserError.usage(
          "The schedule '%s' has no run for %s to %s. Choose dates on which it fires.",
          pipeline.settings().cron(), from, to);
    }
    return intervals.stream();
  }

  private PipelineRun created(String why, DataInterval interval) {
    return new PipelineRun(pipeline, why + "__" + interval.id(), interval);
  }
}
