package crm.app.cli;

import crm.engine.files.StoragePath;
import crm.engine.run.JobGraph;
import crm.engine.run.Spark;
import crm.engine.store.PublishedTables;
import crm.report.Report;
import crm.simulation.FaultyDelivery;
import crm.simulation.SampleCompany;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on a made-up company what the product does. */
@Command(
    name = "demo",
    description =
        "Make a small company, load two years at once, then two more days, one of them bad.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm demo --home crm-demo"})
final class DemoCommand implements Callable<Integer> {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final int HISTORY_DAYS = 730;
  private static final double DIRTY_RATE = 0.02;
  private static final int DELETED_CUSTOMER = 7;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder for the demo. Default: ${DEFAULT-VALUE}",
      defaultValue = "crm-demo")
  private StoragePath home;

  @Option(
      names = "--customers",
      description = "Customers of the company. Default: ${DEFAULT-VALUE}",
      defaultValue = "1000")
  private int customers;

  @Override
  public Integer call() throws IOException {
    Path landing = Workspace.here(home, "crm demo").toPath().resolve("landing");
    SampleCommand.writeSettings(home);
    Workspace workspace = new Workspace(home, Map.of());
    workspace.progress();
    SampleCompany company = new SampleCompany(42, customers, START, HISTORY_DAYS + 2, DIRTY_RATE);
    LocalDate last = company.end();
    System.out.printf(
        "A company of %d customers and %d days, in %s%n", customers, HISTORY_DAYS + 2, landing);
    company.write(Spark.session(), home.forSpark());
    run(workspace, "Two years at once", START, last.minusDays(2));
    run(workspace, "One more day", last.minusDays(1), last.minusDays(1));
    FaultyDelivery.add(landing, last, DELETED_CUSTOMER);
    run(workspace, "A bad day: late sales, a deletion, a file with broken records", last, last);
    System.out.println("\nThe report of it all");
    workspace.run(
        List.of(
            new Report(workspace.settings().reportFile(), workspace.settings().baseCurrency())));
    showResults(workspace, last);
    workspace.progress().summary();
    return ExitCode.OK.value();
  }

  private static void run(Workspace workspace, String title, LocalDate from, LocalDate to) {
    System.out.printf("%n%s (%s%s)%n", title, from, from.equals(to) ? "" : " to " + to);
    JobGraph graph = workspace.graph();
    ExitCode code = workspace.runner(graph, false).run(graph.ordered(), from, to);
    if (code != ExitCode.OK) {
      throw new UserError(code, "The demo stopped; the line above says why.");
    }
  }

  private void showResults(Workspace workspace, LocalDate last) {
    PublishedTables tables = new PublishedTables(workspace.warehouse());
    System.out.println("\nCustomers by RFM segment");
    Rows.print(
        tables.query(
            """
            select rfm_segment, count(*) customers, sum(net_value) net_value,
              sum(clv_npv) lifetime_value
            from curated.customer_360 where logical_date = date'%s'
            group by rfm_segment order by net_value desc
            """
                .formatted(last)),
        Rows.Format.TABLE);
    System.out.println("\nThe slowest steps");
    Rows.print(
        tables.query(
            """
            select job, max(logical_date) up_to, round(max(seconds), 1) seconds
            from ops.job_runs group by run_id, job order by seconds desc limit 5
            """),
        Rows.Format.TABLE);
    System.out.println("\nRecords of the last day, by what became of them");
    Rows.print(
        tables.query(
            """
            select job, sum(records_in) records_in, sum(accepted) accepted,
              sum(duplicates) duplicates, sum(unchanged) unchanged, sum(rejected) rejected
            from ops.file_loads where logical_date = date'%s' group by job order by job
            """
                .formatted(last)),
        Rows.Format.TABLE);
    System.out.printf(
        """

        Tables: %s
        Open in a browser: %3$s
        Try next:
          ./crm sql --home %2$s "select * from curated.customer_rfm_latest order by monetary desc limit 10"
          ./crm rejected --home %2$s --rows
          ./crm show customer C000001 --home %2$s
        """,
        workspace.settings().warehouse(), home, workspace.settings().reportFile());
  }
}
