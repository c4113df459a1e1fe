package crm.app.cli;

import crm.report.Report;
import crm.warehouse.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of the published run. */
@Command(
    name = "report",
    description = "Write the published run as one HTML page that opens offline.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  crm report --home crm-home", "  crm report --out customers.html"})
final class ReportCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to. Default: the setting report.file, DIR/report.html")
  private String file;

  @Override
  public Integer call() {
    String target = file == null ? workspace.settings().reportFile() : file;
    workspace.run(List.of(new Report(target, workspace.settings().baseCurrency())));
    return ExitCode.OK.value();
  }
}
