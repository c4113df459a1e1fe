package crm.app.cli;

import crm.engine.store.Maintenance;
import crm.engine.store.Warehouse;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Rewrites a stored table by its definition. */
@Command(
    name = "rebuild",
    description = "Rewrite the stored rows of a table after its definition changed.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm rebuild curated.customer_rfm"})
final class RebuildCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Parameters(paramLabel = "TABLE", description = "As crm tables names it.")
  private String name;

  @Override
  public Integer call() {
    Table table = AllTables.named(name);
    Warehouse warehouse = workspace.warehouse();
    if (!warehouse.exists(table)) {
      throw UserError.usage("%s is not stored yet; nothing to rebuild.", table);
    }
    new Maintenance(warehouse).rebuild(table);
    workspace.runner(workspace.graph(), false).publication().publish();
    System.out.printf(
        "%s was rewritten by its definition. New columns are NULL until their dates run again.%n",
        table);
    return 0;
  }
}
