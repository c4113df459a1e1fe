package crm.app.cli;

import crm.export.audience.ExportAudiences;
import crm.export.audience.ExportSettings;
import crm.warehouse.ExitCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes audiences as files. */
@Command(
    name = "export",
    description = {
      "Write the customers of an audience who may be contacted now as files, and a receipt that",
      "counts the others by reason (ops.exports). Audiences are described in conf/audiences/."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm export champions",
      "  crm export champions lapsed --date 2026-11-01",
      "  crm run --all --date 2026-11-01 --set effects=[export] \\",
      "    --set exports.audiences=[champions]"
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Parameters(
      paramLabel = "AUDIENCE",
      arity = "1..*",
      description = "Names, as crm audience list shows them.")
  private List<String> names;

  @Option(
      names = "--date",
      paramLabel = "D",
      description =
          "The date of customer_360. Default: the newest. Consents are those of now in any case.")
  private LocalDate date;

  @Override
  public Integer call() {
    ExportSettings exports = workspace.settings().exports();
    workspace.run(
        List.of(
            new ExportAudiences(
                exports.path(),
                names.stream().distinct().map(exports::audience).toList(),
                Optional.ofNullable(date))));
    return ExitCode.OK.value();
  }
}
