package crm.app.cli;

import static org.apache.spark.sql.functions.col;

import crm.engine.store.PublishedTables;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows everything that is stored of one customer. */
@Command(
    name = "show",
    description = "Show everything that is stored of one customer, table by table.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm show customer C000042"})
final class ShowCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Parameters(index = "0", paramLabel = "KIND", description = "customer")
  private String kind;

  @Parameters(index = "1", paramLabel = "ID", description = "The source's id of the customer.")
  private String id;

  @Option(
      names = "--limit",
      description = "Rows of each table, newest first. Default: ${DEFAULT-VALUE}",
      defaultValue = "10")
  private int limit;

  @Override
  public Integer call() {
    if (!kind.equals("customer")) {
      throw UserError.usage("crm show knows: customer. Example: crm show customer C000042");
    }
    PublishedTables published = new PublishedTables(workspace.warehouse());
    boolean found = false;
    for (Table table : AllTables.ALL) {
      if (table.subject().isPresent() && table.kind() != Kind.LOG) {
        List<Row> rows =
            published
                .rows(table)
                .where(col(table.subject().get()).equalTo(id))
                .orderBy(col(Table.LOGICAL_DATE).desc())
                .limit(limit)
                .collectAsList();
        if (!rows.isEmpty()) {
          found = true;
          System.out.println("\n" + table + ": " + table.grain());
          rows.forEach(row -> print(table, row));
        }
      }
    }
    if (!found) {
      throw UserError.usage(
          "No table has a row of customer '%s'. Find ids with: crm sql \"select source, customer_id"
              + " from core.customers limit 10\"",
          id);
    }
    return 0;
  }

  private static void print(Table table, Row row) {
    StringBuilder line = new StringBuilder(" ");
    for (String name : row.schema().fieldNames()) {
      Object value = row.getAs(name);
      boolean worthIt =
          value != null && !List.of(Table.ROW_HASH, Table.LOGICAL_MONTH).contains(name);
      if (worthIt && !table.subject().get().equals(name)) {
        line.append(' ').append(name).append('=').append(value);
      }
    }
    System.out.println(line);
  }
}
