package crm.app.cli;

import crm.engine.files.StoragePath;
import crm.engine.pipeline.AirflowDag;
import crm.warehouse.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the pipeline for Airflow. */
@Command(
    name = "airflow",
    description = "Write the pipeline as a DAG file for Airflow.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm airflow export --out dags/crm_daily.py"})
final class AirflowCommand {

  @Command(
      name = "export",
      description = "Write the DAG: the same file for the same jobs and settings.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin Workspace workspace,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "File to write. Default: standard output.")
          StoragePath out,
      @Option(
              names = "--grouped",
              description = "Each stage one Spark application, as with pipeline.grouped = true.")
          boolean grouped)
      throws IOException {
    if (grouped) {
      workspace.set("pipeline.grouped", "true");
    }
    workspace.refuseAllBut("pipeline.", "Airflow's tasks would not have them");
    String dag = new AirflowDag(workspace.pipeline()).text();
    if (out == null) {
      System.out.print(dag);
    } else {
      out.write(dag);
      System.out.println(out);
    }
    return ExitCode.OK.value();
  }
}
