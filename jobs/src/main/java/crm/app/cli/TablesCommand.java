package crm.app.cli;

import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.render.Checksum;
import crm.warehouse.render.DataDictionary;
import crm.warehouse.render.Dialect;
import crm.warehouse.render.Registration;
import crm.warehouse.tables.AllTables;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the data dictionary, and SQL for those who read the tables with something else. */
@Command(
    name = "tables",
    description = {
      "Show the data dictionary: every table, or the columns of one.",
      "Or print SQL for other readers of the curated tables, or of one table."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm tables customer_rfm",
      "  crm tables --register duckdb",
      "  crm sql \"$(crm tables --checksum spark)\""
    })
final class TablesCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Parameters(paramLabel = "TABLE", arity = "0..1", description = "With or without its layer.")
  private String name;

  @ArgGroup private ForOthers forOthers;

  private static final class ForOthers {
    @Option(
        names = "--register",
        paramLabel = "ENGINE",
        description = "Print SQL that registers the tables in ${COMPLETION-CANDIDATES}.")
    private Registration register;

    @Option(
        names = "--checksum",
        paramLabel = "ENGINE",
        description =
            "Query whose answer shows that ${COMPLETION-CANDIDATES} read the same rows. For"
                + " postgresql: of what crm publish jdbc wrote.")
    private Dialect checksum;
  }

  @Override
  public Integer call() {
    if (forOthers != null) {
      System.out.println(forOthers.register != null ? registration() : checksum());
    } else if (name != null) {
      System.out.print(DataDictionary.text(AllTables.named(name)));
    } else {
      for (Table table : AllTables.ALL) {
        System.out.printf("%-34s one row per %s%n", table, table.grain());
      }
    }
    return 0;
  }

  private String registration() {
    workspace.refuseMissing();
    return forOthers.register.statements(forOthers(), workspace.settings().warehouse()).strip();
  }

  private String checksum() {
    List<Table> tables = forOthers();
    return forOthers.checksum == Dialect.POSTGRESQL
        ? Checksum.query(tables, Dialect.POSTGRESQL, workspace.settings().publish().schema())
        : Checksum.query(tables, forOthers.checksum);
  }

  private List<Table> forOthers() {
    return name == null
        ? AllTables.ALL.stream().filter(table -> table.layer() == Layer.CURATED).toList()
        : List.of(AllTables.named(name));
  }
}
