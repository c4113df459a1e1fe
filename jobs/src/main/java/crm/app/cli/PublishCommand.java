package crm.app.cli;

import crm.app.settings.EffectCatalog;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies the published run for those who cannot read Delta tables. */
@Command(
    name = "publish",
    description = {
      "Copy the curated tables of the published run: as Parquet files, or into a database.",
      "conf/crm.conf, section publish, says which and where to."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm publish parquet",
      "  crm publish jdbc --set publish.jdbc.url=jdbc:postgresql://localhost/bi \\",
      "    --set publish.jdbc.user=crm --set publish.jdbc.password-from=env:BI_PASSWORD"
    })
final class PublishCommand implements Callable<Integer> {
  private enum Target {
    PARQUET,
    JDBC;

    /** As people write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private Workspace workspace;

  @Parameters(paramLabel = "TARGET", description = "${COMPLETION-CANDIDATES}")
  private Target target;

  @Override
  public Integer call() {
    workspace.run(
        EffectCatalog.all(workspace.settings()).stream()
            .filter(effect -> effect.name().equals("publish-" + target))
            .toList());
    return 0;
  }
}
