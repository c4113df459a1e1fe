package crm.app.cli;

import crm.app.settings.Settings;
import crm.engine.store.Maintenance;
import crm.engine.store.Warehouse;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.tables.AllTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps tables small. */
@Command(
    name = "maintenance",
    description = "Compact closed months, prune old snapshots, vacuum files no version needs.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm maintenance --set maintenance.keep-dates=30"})
final class MaintenanceCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Override
  public Integer call() {
    Settings settings = workspace.settings();
    Warehouse warehouse = workspace.warehouse();
    Maintenance upkeep = new Maintenance(warehouse);
    for (Table table : AllTables.ALL) {
      if (warehouse.exists(table)) {
        long pruned = table.kind() == Kind.SNAPSHOT ? upkeep.prune(table, settings.keepDates()) : 0;
        long compacted = upkeep.compact(table);
        System.out.printf("%-34s %d dates pruned, %d files compacted%n", table, pruned, compacted);
      }
    }
    // Publish before the vacuum, so that the pointer names versions that stay whole.
    workspace.runner(workspace.graph(), false).publication().publish();
    for (Table table : AllTables.ALL) {
      if (warehouse.exists(table)) {
        upkeep.vacuum(table, settings.keepVersionsDays());
      }
    }
    System.out.printf(
        "Files older than %d days that no version needs are gone.%n", settings.keepVersionsDays());
    return 0;
  }
}
