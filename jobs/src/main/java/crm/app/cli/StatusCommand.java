package crm.app.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import crm.engine.run.JobGraph;
import crm.engine.run.WorkspaceStatus;
import crm.engine.store.Warehouse;
import crm.warehouse.tables.ops.OpsTables;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what was loaded and run, what is no longer true, and what changed in landing. */
@Command(
    name = "status",
    description =
        "Show what was loaded and run, what is stale and why, and what changed in landing.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm status --home crm-home"})
final class StatusCommand implements Callable<Integer> {
  private static final int MAX_PATHS = 20;

  @Mixin private Workspace workspace;

  @Override
  public Integer call() {
    JobGraph graph = workspace.graph();
    Warehouse warehouse = workspace.warehouse();
    WorkspaceStatus status = workspace.runner(graph, false).status();
    System.out.println("Last run of every job");
    Rows.print(
        warehouse
            .stored(OpsTables.JOB_RUNS)
            .where(col("status").notEqual("gap_accepted"))
            .groupBy("job")
            .agg(
                max_by(
                        struct(
                            col("logical_date"),
                            col("status"),
                            col("mode"),
                            col("rows_out"),
                            col("rejected"),
                            col("seconds")),
                        col("started_at"))
                    .as("last"))
            .select(col("job"), col("last.*"))
            .orderBy("job"),
        Rows.Format.TABLE);
    System.out.println("\nFiles by feed");
    Rows.print(
        warehouse
            .stored(OpsTables.FILES)
            .groupBy("source", "feed", "state")
            .agg(
                count(lit(1)).as("files"),
                sum("size_bytes").as("bytes"),
                max("logical_date").as("last_date"))
            .orderBy("source", "feed", "state"),
        Rows.Format.TABLE);
    print(
        "Stale (bring up to date with: crm run --stale)",
        status.stale().entrySet().stream()
            .map(run -> run.getKey() + ": " + String.join(", ", run.getValue()) + " changed"));
    print("Skipped, and could run now (run with: crm run --stale)", status.waiting().stream());
    print("Days that are missing", status.gaps().stream());
    print("Days that were accepted as missing", status.acceptedGaps().stream());
    print(
        "In landing, not loaded",
        status.unseenFiles().entrySet().stream()
            .map(file -> file.getKey() + file.getValue().map(d -> " (" + d + ")").orElse("")));
    print(
        "Changed since they were loaded (load with: crm run ... --accept-changed)",
        status.changedFiles().stream());
    print("In landing, taken by no feed", few(status.strayFiles()));
    return 0;
  }

  private static Stream<String> few(Collection<String> paths) {
    Stream<String> first = paths.stream().limit(MAX_PATHS);
    int more = paths.size() - MAX_PATHS;
    return more <= 0 ? first : Stream.concat(first, Stream.of("and %,d more".formatted(more)));
  }

  private static void print(String title, Stream<String> lines) {
    System.out.println("\n" + title);
    List<String> all = lines.toList();
    all.forEach(line -> System.out.println("  " + line));
    if (all.isEmpty()) {
      System.out.println("  none");
    }
  }
}
