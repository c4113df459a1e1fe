package crm.app.cli;

import crm.app.settings.EffectCatalog;
import crm.engine.history.DateRange;
import crm.engine.run.JobGraph;
import crm.engine.run.JobRunner;
import crm.engine.run.WorkspaceStatus;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs jobs for a date or a range of dates. */
@Command(
    name = "run",
    description = "Run jobs for a date, or load a range of dates and compute its last one.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm run --all --date 2026-11-01",
      "  crm run --all --from 2024-11-01 --to 2026-10-31",
      "  crm run customer_rfm --date 2026-11-01 --set rfm.returns=ignore",
      "  crm run --stale",
      "  crm run load_shop_orders --accept-gap 2026-11-01"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Names, as crm list shows them.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "Every job.")
  private boolean all;

  @Option(names = "--date", paramLabel = "D", description = "The logical date, yyyy-MM-dd.")
  private LocalDate date;

  @Option(names = "--from", paramLabel = "A", description = "First date of a range.")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "B", description = "Last date of a range.")
  private LocalDate to;

  @Option(names = "--dry-run", description = "Say what would run; write nothing.")
  private boolean dryRun;

  @Option(names = "--stale", description = "Recompute every result whose inputs changed since.")
  private boolean stale;

  @Option(
      names = "--accept-changed",
      description = "Read files that changed since they were loaded.")
  private boolean acceptChanged;

  @Option(
      names = "--accept-gap",
      paramLabel = "D",
      description = {
        "Accept that a load failed for a day, or leave out a day that a file holds.",
        "A date or A..B; may be repeated. It counts for the named jobs and those they wait for;"
            + " runs nothing by itself."
      })
  private final List<DateRange> acceptGaps = new ArrayList<>();

  @Option(
      names = "--pipeline-run",
      paramLabel = "ID",
      description = "The scheduler's run this is a task of; its last task publishes.")
  private String pipelineRun;

  @Override
  public Integer call() {
    JobGraph graph = workspace.graph();
    if (names.isEmpty() == !all && !stale) {
      throw UserError.usage("Name jobs or give --all, and not both. List the jobs with: crm list");
    }
    List<Job> jobs = names.isEmpty() ? graph.ordered() : graph.select(names);
    if (stale && (date != null || from != null || to != null)) {
      throw UserError.usage("--stale finds the dates itself; leave --date, --from and --to out.");
    }
    boolean acceptsOnly =
        !acceptGaps.isEmpty() && !stale && date == null && from == null && to == null;
    if (!stale
        && !acceptsOnly
        && ((date == null) == (from == null) || (from == null) != (to == null))) {
      throw UserError.usage("Give --date D, or --from A and --to B.");
    }
    LocalDate first = date == null ? from : date;
    LocalDate last = date == null ? to : date;
    if (first != null && last.isBefore(first)) {
      throw UserError.usage("--from %s lies after --to %s; exchange them.", first, last);
    }
    if (stale) {
      workspace.refuseMissing();
    } else {
      workspace.refuseNoSources();
    }
    JobRunner runner = workspace.runner(graph, acceptChanged);
    if (pipelineRun != null) {
      runner.within(pipelineRun);
    }
    if (!acceptGaps.isEmpty()) {
      runner.acceptGaps(jobs, acceptGaps, dryRun).forEach(System.out::println);
    }
    if (acceptsOnly) {
      return ExitCode.OK.value();
    }
    if (stale) {
      return runStale(runner, jobs);
    }
    if (dryRun) {
      runner.plan(jobs, first, last).forEach(System.out::println);
      return ExitCode.OK.value();
    }
    ExitCode code = runner.run(jobs, first, last);
    return pipelineRun == null ? afterwards(code) : code.value();
  }

  private int runStale(JobRunner runner, List<Job> jobs) {
    WorkspaceStatus status = runner.status();
    Map<String, List<String>> changed = status.stale();
    List<String> waiting = status.waiting();
    if (changed.isEmpty() && waiting.isEmpty()) {
      System.out.println("Nothing is stale.");
      return ExitCode.OK.value();
    }
    if (dryRun) {
      changed.forEach((run, tables) -> System.out.println(run + ": " + tables));
      waiting.forEach(run -> System.out.println(run + ": was skipped"));
      return ExitCode.OK.value();
    }
    return afterwards(runner.runStale(jobs));
  }

  /** Runs the effects of the settings after a successful run. */
  private int afterwards(ExitCode code) {
    if (code == ExitCode.OK) {
      workspace.run(EffectCatalog.afterRun(workspace.settings()));
    } else {
      System.out.println("Not published: readers see the tables as they were before.");
    }
    workspace.progress().summary();
    return code.value();
  }
}
