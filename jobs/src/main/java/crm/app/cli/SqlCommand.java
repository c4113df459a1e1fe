package crm.app.cli;

import crm.engine.store.PublishedTables;
import crm.warehouse.UserError;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a question of the published tables. */
@Command(
    name = "sql",
    description = {
      "Query the tables of the published run, by layer and name.",
      "A computed table holds many dates; NAME_latest is its newest."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm sql \"select rfm_segment, count(*) from curated.customer_rfm_latest group by 1\"",
      "  crm sql \"select * from ops.file_loads\" --format csv"
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin private Workspace workspace;

  @Parameters(paramLabel = "QUERY", description = "A SELECT statement.")
  private String query;

  @Option(
      names = "--format",
      description = "table, csv or json. Default: ${DEFAULT-VALUE}",
      defaultValue = "table")
  private Rows.Format format;

  @Override
  public Integer call() {
    Dataset<Row> rows;
    try {
      rows = new PublishedTables(workspace.warehouse()).query(query);
    } catch (UserError e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      throw UserError.usage(
          "The query cannot be used: %s Columns: crm tables TABLE", UserError.firstLine(e));
    }
    Rows.print(rows, format);
    return 0;
  }
}
