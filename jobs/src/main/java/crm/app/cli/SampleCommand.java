package crm.app.cli;

import crm.engine.files.StoragePath;
import crm.engine.run.Spark;
import crm.simulation.SampleCompany;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the files of a made-up company. */
@Command(
    name = "sample",
    description = "Write the daily files of a made-up company into a workspace.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm sample --home crm-home --customers 1000 --days 730"})
final class SampleCommand implements Callable<Integer> {
  static final String SETTINGS =
      """
      # The sample company.
      sources = [sample_shop, sample_profiles, sample_erp]
      base-currency = EUR
      """;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder of the workspace, or its Hadoop URI. Default: ${DEFAULT-VALUE}",
      defaultValue = "crm-home")
  private StoragePath home;

  @Option(
      names = "--seed",
      description = "The same seed gives the same company. Default: ${DEFAULT-VALUE}",
      defaultValue = "42")
  private long seed;

  @Option(
      names = "--customers",
      description = "Customers over time. Default: ${DEFAULT-VALUE}",
      defaultValue = "1000")
  private long customers;

  @Option(
      names = "--start",
      description = "First day. Default: ${DEFAULT-VALUE}",
      defaultValue = "2024-01-01")
  private LocalDate start;

  @Option(
      names = "--days",
      description = "How many days. Default: ${DEFAULT-VALUE}",
      defaultValue = "730")
  private int days;

  @Option(
      names = "--dirty",
      paramLabel = "RATE",
      description = "Broken records per good one, 0 to 0.5. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.02")
  private double dirtyRate;

  @Override
  public Integer call() throws IOException {
    SampleCompany company = new SampleCompany(seed, customers, start, days, dirtyRate);
    company.write(Spark.session(), home.forSpark());
    writeSettings(home);
    System.out.printf(
        "%d customers over %d days are in %s, what is true of them in %s.%n"
            + "Load them: crm run --all --from %s --to %s --home %s%n",
        customers,
        days,
        home.resolve("landing"),
        home.resolve("truth"),
        start,
        company.end(),
        home);
    return 0;
  }

  /** Names the sample's sources in the workspace's settings, unless it has settings already. */
  static void writeSettings(StoragePath home) throws IOException {
    StoragePath settings = home.resolve("conf/crm.conf");
    if (!settings.exists()) {
      settings.write(SETTINGS);
    }
  }
}
