package crm.cli;

import crm.warehouse.Table;
import crm.warehouse.render.DataDictionary;
import crm.warehouse.tables.AllTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the data dictionary. */
@Command(
    name = "tables",
    description = "The data dictionary: every table, or the columns of one.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm tables customer_rfm"})
final class TablesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", arity = "0..1", description = "With or without its layer.")
  private String name;

  @Override
  public Integer call() {
    if (name != null) {
      System.out.print(DataDictionary.text(AllTables.named(name)));
      return 0;
    }
    for (Table table : AllTables.ALL) {
      System.out.printf("%-34s one row per %s%n", table, table.grain());
    }
    return 0;
  }
}
