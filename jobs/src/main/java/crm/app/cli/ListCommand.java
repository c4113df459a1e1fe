package crm.app.cli;

import crm.engine.run.JobGraph;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.render.Lineage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the jobs. */
@Command(
    name = "list",
    description = "List the jobs in the order they run, with what they read and write.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm list --graph"})
final class ListCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Option(names = "--graph", description = "Print a Mermaid picture instead.")
  private boolean graph;

  @Override
  public Integer call() {
    JobGraph jobs = workspace.graph();
    if (graph) {
      System.out.print(Lineage.markdown(jobs.ordered()));
      return 0;
    }
    for (Job job : jobs.ordered()) {
      System.out.printf("%-36s %s -> %s%n", job.name(), names(job.reads()), names(job.writes()));
    }
    return 0;
  }

  private static String names(Iterable<Table> tables) {
    StringBuilder names = new StringBuilder();
    tables.forEach(table -> names.append(names.isEmpty() ? "" : ", ").append(table));
    return names.toString();
  }
}
