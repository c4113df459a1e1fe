package crm.simulation;

import static crm.simulation.customer.CustomerFiles.LIVES;
import static crm.simulation.customer.CustomerFiles.PROFILES;
import static crm.simulation.customer.CustomerFiles.VISITS;
import static crm.simulation.sales.SalesFiles.PRODUCTS;
import static crm.simulation.sales.SalesFiles.RETURNS;
import static crm.simulation.sales.SalesFiles.SALES;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.simulation.customer.Browsing;
import crm.simulation.customer.Profiles;
import crm.simulation.customer.Shopping;
import crm.simulation.customer.SimulatedCustomer;
import crm.simulation.delivery.Company;
import crm.simulation.delivery.Population;
import crm.simulation.delivery.Simulation;
import crm.simulation.sales.Products;
import crm.simulation.sales.ShopSystems;
import crm.warehouse.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A made-up company, the same for the same seed, in the files its systems deliver and with what is
 * true of it beside them: customers who register, buy while they stay, bring some of it back, visit
 * the web site and change their mind about e-mail.
 *
 * @param customers how many register over time
 */
public record SampleCompany(Simulation simulation, long customers) {

  /**
   * A company that is simulated from its first day.
   *
   * @param seed the same seed gives the same company, on however many cores
   * @param dirtyRate broken records per good one, 0 to 0.5
   */
  public SampleCompany(long seed, long customers, LocalDate start, int days, double dirtyRate) {
    this(new Simulation(seed, start, days, dirtyRate), customers);
    if (customers < 1 || days < 1 || dirtyRate < 0 || dirtyRate > 0.5) {
      throw UserError.usage(
          "A company of %d customers, %d days and %s dirty records per good one cannot be made;"
              + " choose at least 1 customer, 1 day, and 0 to 0.5.",
          customers, days, dirtyRate);
    }
  }

  /** Lists who acts, and in what; a new file, actor or side of a customer's life is a line here. */
  private Company company() {
    return new Company(
        List.of(SALES, RETURNS, PRODUCTS, PROFILES, VISITS, LIVES),
        List.of(
            new Population<>(
                simulation, "company", 1, (all, number) -> all, List.of(new ShopSystems())),
            new Population<>(
                simulation,
                "customer",
                customers,
                SimulatedCustomer::draw,
                List.of(new Profiles(end()), new Shopping(), new Browsing()))));
  }

  /** The last day. */
  public LocalDate end() {
    return simulation.end();
  }

  /**
   * Writes {@code landing/} with the files of all days, and {@code truth/} with what is true.
   *
   * @param home a folder on any Hadoop file system
   */
  public void write(SparkSession spark, String home) {
    writeTruth(spark, new Path(home, "truth/company.json"), company().write(spark, home));
  }

  private void writeTruth(SparkSession spark, Path path, List<Row> counts) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode truth = json.createObjectNode();
    truth
        .put("seed", simulation.seed())
        .put("customers", customers)
        .put("start", simulation.start().toString())
        .put("days", simulation.days())
        .put("dirty_rate", simulation.dirtyRate())
        .put("never_order_rate", SimulatedCustomer.NEVER_ORDERS);
    truth
        .putObject("orders_bg_nbd_weeks")
        .put("r", SimulatedCustomer.R)
        .put("alpha", SimulatedCustomer.ALPHA_WEEKS)
        .put("a", SimulatedCustomer.A)
        .put("b", SimulatedCustomer.B);
    truth.put("favourite_category_rate", Products.FAVOURITE_RATE);
    truth.set("rules", json.valueToTree(Products.rules()));
    ObjectNode lines = truth.putObject("lines");
    for (Row row : counts) {
      lines.withObject("/" + row.getString(0)).put(row.getString(1), row.getLong(2));
    }
    try (OutputStream out =
        path.getFileSystem(spark.sparkContext().hadoopConfiguration()).create(path, true)) {
      json.writerWithDefaultPrettyPrinter().writeValue(out, truth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
