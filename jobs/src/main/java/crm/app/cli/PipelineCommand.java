package crm.app.cli;

import crm.app.settings.EffectCatalog;
import crm.engine.pipeline.PastRuns;
import crm.engine.pipeline.Pipeline;
import crm.engine.pipeline.PipelineRun;
import crm.engine.pipeline.Reprocess;
import crm.engine.pipeline.Task;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
    PipelineDriver driver = new PipelineDriver(workspace, pipeline);
    if (dryRun) {
      for (PipelineRun run : asked(date, PastRuns.of(pipeline, workspace.warehouse()))) {
        for (Task task : pipeline.tasks()) {
          System.out.println(task.id() + ": " + String.join(" ", driver.command(run, task)));
        }
      }
      return ExitCode.OK.value();
    }
    return driver.alone(
        () -> {
          PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
          int atOnce = pipeline.settings().maxActiveRuns();
          return driver.run(past.all(), asked(date, past), atOnce);
        });
  }

  private static List<PipelineRun> asked(LocalDate date, PastRuns past) {
    return date == null ? past.due(PipelineDriver.CLOCK.instant()) : List.of(past.run(date));
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
    PipelineDriver driver = new PipelineDriver(workspace, pipeline);
    return driver.alone(
        () -> {
          PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
          // The first of a backfill looks back at nothing, as in Airflow.
          Instant first = pipeline.settings().startOf(from);
          return driver.run(
              past.all().stream().filter(run -> !run.interval().start().isBefore(first)).toList(),
              past.backfill(from, to, reprocess, PipelineDriver.CLOCK.instant()),
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
    PipelineDriver driver = new PipelineDriver(workspace, pipeline);
    if (clear != null && pipeline.task(clear) == null) {
      throw UserError.usage(
          "There is no task '%s'. A task is named as its job; list them with: crm list", clear);
    }
    return driver.alone(
        () -> {
          PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
          PipelineRun run = past.named(name);
          if (clear == null) {
            run.clearFailed();
          } else {
            run.clear(pipeline.task(clear));
          }
          return driver.run(past.all(), List.of(run), 1);
        });
  }

  @Command(
      name = "status",
      description = "Show what ran, how it ended, and when the next run is due.",
      mixinStandardHelpOptions = true)
  int status(@Mixin Workspace workspace) {
    Pipeline pipeline = workspace.pipeline();
    PipelineDriver driver = new PipelineDriver(workspace, pipeline);
    PastRuns past = PastRuns.of(pipeline, workspace.warehouse());
    past.all().forEach(driver::print);
    List<PipelineRun> due = past.due(PipelineDriver.CLOCK.instant());
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
}
