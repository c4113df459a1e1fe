package crm.app.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;

import crm.engine.run.JobGraph;
import crm.engine.run.JobRunner;
import crm.engine.store.Warehouse;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.ops.OpsTables;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the records that did not become rows, and loads them again after a fix. */
@Command(
    name = "rejected",
    description = "Show records that did not become rows, and why; or load them again after a fix.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm rejected",
      "  crm rejected --job load_shop_order_lines --date 2026-10-31 --rows",
      "  crm rejected --replay --accept-changed"
    })
final class RejectedCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Option(names = "--job", paramLabel = "JOB", description = "Of this ingestion only.")
  private String job;

  @Option(names = "--date", paramLabel = "D", description = "Of this logical date only.")
  private LocalDate date;

  @Option(
      names = "--rows",
      description = "Show the records themselves; they may hold personal data.")
  private boolean rows;

  @Option(names = "--replay", description = "Run the ingestions of these records again.")
  private boolean replay;

  @Option(
      names = "--accept-changed",
      description = "With --replay: read files that were corrected in place.")
  private boolean acceptChanged;

  @Override
  public Integer call() {
    Dataset<Row> rejected = ofLastRuns(workspace.warehouse());
    if (job != null) {
      rejected = rejected.where(col("job").equalTo(job));
    }
    if (date != null) {
      rejected = rejected.where(col("logical_date").equalTo(lit(date)));
    }
    if (replay) {
      return replay(rejected).value();
    }
    Rows.print(
        rows
            ? rejected
                .select(
                    "job",
                    "logical_date",
                    "file",
                    "record_number",
                    "reason",
                    "column",
                    "raw_record")
                .orderBy("job", "logical_date", "file", "record_number")
            : rejected
                .groupBy("job", "logical_date", "file", "reason", "column")
                .agg(count(lit(1)).as("records"))
                .orderBy("job", "logical_date", "file", "reason"),
        Rows.Format.TABLE);
    return 0;
  }

  /** Selects the rejected records of the last run of each date. */
  private static Dataset<Row> ofLastRuns(Warehouse warehouse) {
    Dataset<Row> last =
        warehouse
            .stored(OpsTables.JOB_RUNS)
            // Who accepts that a day is missing does not load it.
            .where(col("status").notEqual("gap_accepted"))
            .groupBy("job", "logical_date")
            .agg(max_by(col("run_id"), col("started_at")).as("run_id"));
    Dataset<Row> rejected = warehouse.stored(OpsTables.REJECTED_ROWS);
    return rejected.join(last, new String[] {"job", "logical_date", "run_id"}, "left_semi");
  }

  private ExitCode replay(Dataset<Row> rejected) {
    JobGraph graph = workspace.graph();
    ExitCode worst = ExitCode.OK;
    List<Row> runs =
        rejected
            .select("logical_date", "job")
            .distinct()
            .orderBy("logical_date", "job")
            .collectAsList();
    if (runs.isEmpty()) {
      System.out.println("Nothing was rejected.");
      return ExitCode.OK;
    }
    for (Row run : runs) {
      LocalDate day = run.getDate(0).toLocalDate();
      JobRunner runner = workspace.runner(graph, acceptChanged);
      ExitCode code = runner.run(graph.select(List.of(run.getString(1))), day, day);
      worst = code == ExitCode.OK ? worst : code;
    }
    System.out.println("Bring what depends on these dates up to date with: crm run --stale");
    return worst;
  }
}
