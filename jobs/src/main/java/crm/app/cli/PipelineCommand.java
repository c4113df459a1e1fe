package crm.app.cli;

import static java.util.stream.Collectors.joining;

import crm.app.settings.EffectCatalog;
import crm.engine.pipeline.PastRuns;
import crm.engine.pipeline.Pipeline;
import crm.engine.pipeline.PipelineRun;
import crm.engine.pipeline.Reprocess;
import crm.engine.pipeline.Scheduler;
import crm.engine.pipeline.Task;
import crm.engine.schedule.TaskState;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs all jobs by the schedule, here, as Airflow would. */
@Command(
    name = "pipeline",
    description = "Run all jobs by the schedule of conf/crm.conf, here, as Airflow would.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm pipeline run",
      "  crm pipeline backfill --from 2026-11-01 --to 2026-11-07 --reprocess failed",
      "  crm pipeline retry 2026-11-03 --clear customer_rfm",
      "  crm pipeline status"
    })
final class PipelineCommand {
  private static final InstantSource CLOCK = InstantSource.system();

  @Command(
      name = "run",
      description = {
        "Run what is due or was interrupted, then end; call it from cron.",
        "With --date run that date, whether or not it is due."
      },
      mixinStandardHelpOptions = true)
  int run(
      @Mixin Workspace workspace,
      @Option(names = "--date", paramLabel = "D", description = "The logical date.") LocalDate date,
      @Option(names = "--dry-run", description = "Print the commands; run nothing.")
          boolean dryRun) {
    Pipeline pipeline = workspace.pipeline();
    if (dryRun) {
      for (PipelineRun run : asked(date, PastRuns.of(pipeline, workspace.warehouse()))) {
        for (Task task : pipeline.tasks()) {
          System.out.println(task.id() + ": " + String.join(" ", command(workspace, run, task)));
        }
      }
      return ExitCode.OK.value();
    }
    return alone(
        workspace,
        () -> {
          PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
          int atOnce = pipeline.settings().maxActiveRuns();
          return drive(workspace, pipeline, past.all(), asked(date, past), atOnce);
        });
  }

  private static List<PipelineRun> asked(LocalDate date, PastRuns past) {
    return date == null ? past.due(CLOCK.instant()) : List.of(past.run(date));
  }

  @Command(
      name = "backfill",
      description = "Run a range of dates, oldest first.",
      mixinStandardHelpOptions = true)
  int backfill(
      @Mixin Workspace workspace,
      @Option(names = "--from", paramLabel = "A", required = true, description = "First date.")
          LocalDate from,
      @Option(names = "--to", paramLabel = "B", required = true, description = "Last date.")
          LocalDate to,
      @Option(
              names = "--reprocess",
              paramLabel = "WHICH",
              defaultValue = "none",
              description =
                  "Dates that ran before: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
          Reprocess reprocess,
      @Option(
              names = "--max-active-runs",
              paramLabel = "N",
              description = "Runs at once. Default: as in the settings.")
          Integer atOnce) {
    if (atOnce != null && atOnce < 1) {
      throw UserError.usage("--max-active-runs %d: choose 1 or more", atOnce);
    }
    if (to.isBefore(from)) {
      throw UserError.usage("--from %s lies after --to %s; exchange them.", from, to);
    }
    Pipeline pipeline = workspace.pipeline();
    return alone(
        workspace,
        () -> {
          PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
          // The first of a backfill looks back at nothing, as in Airflow.
          Instant first = pipeline.settings().startOf(from);
          return drive(
              workspace,
              pipeline,
              past.all().stream().filter(run -> !run.interval().start().isBefore(first)).toList(),
              past.backfill(from, to, reprocess, CLOCK.instant()),
              atOnce == null ? pipeline.settings().maxActiveRuns() : atOnce);
        });
  }

  @Command(
      name = "retry",
      description = "Run again what failed in a run and what waits for it.",
      mixinStandardHelpOptions = true)
  int retry(
      @Mixin Workspace workspace,
      @Parameters(paramLabel = "RUN", description = "A run, or the date of one.") String name,
      @Option(
              names = "--clear",
              paramLabel = "TASK",
              description = "Run this task again, and what waits for it, even if it succeeded.")
          String clear) {
    Pipeline pipeline = workspace.pipeline();
    if (clear != null && pipeline.task(clear) == null) {
      throw UserError.usage(
          "There is no task '%s'. A task is named as its job; list them with: crm list", clear);
    }
    return alone(
        workspace,
        () -> {
          PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
          PipelineRun run = past.named(name);
          if (clear == null) {
            run.clearFailed();
          } else {
            run.clear(pipeline.task(clear));
          }
          return drive(workspace, pipeline, past.all(), List.of(run), 1);
        });
  }

  @Command(
      name = "status",
      description = "Show what ran, how it ended, and when the next run is due.",
      mixinStandardHelpOptions = true)
  int status(@Mixin Workspace workspace) {
    Pipeline pipeline = workspace.pipeline();
    PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
    past.all().forEach(run -> print(pipeline, run));
    List<PipelineRun> due = past.due(CLOCK.instant());
    due.forEach(run -> System.out.println("due: " + run.id()));
    if (due.isEmpty()) {
      System.out.println("Nothing is due.");
    }
    return ExitCode.OK.value();
  }

  @Command(
      name = "publish",
      description = "The last task of a run: publish its tables, then run the effects.",
      mixinStandardHelpOptions = true)
  int publish(
      @Mixin Workspace workspace,
      @Option(names = "--date", paramLabel = "D", required = true, description = "Logical date.")
          LocalDate date,
      @Option(names = "--pipeline-run", paramLabel = "ID", required = true, description = "Run.")
          String run) {
    workspace
        .runner(workspace.graph(), false)
        .within(run)
        .publication()
        .publish(
            Pipeline.PUBLISH,
            date,
            () -> workspace.run(EffectCatalog.afterRun(workspace.settings())));
    return ExitCode.OK.value();
  }

  /** Does work under the lock of the pipeline, so that nobody else adds runs meanwhile. */
  private static int alone(Workspace workspace, IntSupplier work) {
    Path lockFile =
        Workspace.here(workspace.home(), "crm pipeline").toPath().resolve("pipeline.lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new UserError(
            ExitCode.LOST_TO_ANOTHER_WRITER,
            "Another crm pipeline runs in this workspace. Wait until it is done.");
      }
      return work.getAsInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int drive(
      Workspace workspace,
      Pipeline pipeline,
      List<PipelineRun> past,
      List<PipelineRun> runs,
      int atOnce) {
    if (runs.isEmpty()) {
      System.out.println("Nothing to run. See: crm pipeline status");
      return ExitCode.OK.value();
    }
    ExecutorService workers = Executors.newFixedThreadPool(pipeline.settings().maxActiveTasks());
    try {
      new Scheduler(
              pipeline.settings(),
              CLOCK,
              PipelineCommand::sleepUntil,
              workers,
              (run, task) -> Crm.execute(command(workspace, run, task).toArray(String[]::new)))
          .run(past, runs, atOnce);
    } finally {
      workers.shutdown();
    }
    runs.forEach(run -> print(pipeline, run));
    if (runs.stream().anyMatch(run -> !run.isOver())) {
      System.out.println(
          "What is not over waits for an earlier run. See crm pipeline status, then: crm pipeline"
              + " retry DATE");
    }
    return (Scheduler.allSucceeded(runs) ? ExitCode.OK : ExitCode.RETRYABLE).value();
  }

  private static List<String> command(Workspace workspace, PipelineRun run, Task task) {
    List<String> command = new ArrayList<>(task.arguments(run.logicalDate().toString(), run.id()));
    command.addAll(workspace.options());
    return command;
  }

  private static void sleepUntil(Instant moment) {
    System.out.println("Waiting until " + moment + " to try again");
    while (CLOCK.instant().isBefore(moment)) {
      LockSupport.parkUntil(moment.toEpochMilli());
    }
  }

  private static void print(Pipeline pipeline, PipelineRun run) {
    String open =
        pipeline.tasks().stream()
            .filter(task -> run.state(task) != TaskState.SUCCESS)
            .map(task -> task.id() + " " + name(run.state(task)))
            .collect(joining(", "));
    System.out.printf(
        "%s: %s%s%n", run.id(), name(run.state()), open.isEmpty() ? "" : " (" + open + ")");
  }

  private static String name(TaskState state) {
    return state == TaskState.NONE
        ? "has not run"
        : state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
