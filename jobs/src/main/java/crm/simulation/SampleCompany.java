package crm.simulation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.warehouse.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A made-up company, the same for the same seed, in the files its systems deliver and with what is
 * true of it beside them: customers who register, buy while they stay, bring some of it back, visit
 * the web site and change their mind about e-mail.
 *
 * @param seed the same seed gives the same company, on however many cores
 * @param customers how many register over time
 * @param start the first day
 * @param days how many days
 * @param dirtyRate broken records per good one, 0 to 0.5
 */
public record SampleCompany(long seed, long customers, LocalDate start, int days, double dirtyRate)
    implements Serializable {

  private static final long CUSTOMERS_PER_TASK = 20_000;
  private static final StructType COUNTS =
      new StructType().add("file", StringType).add("kind", StringType).add("count", LongType);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  public SampleCompany {
    if (customers < 1 || days < 1 || dirtyRate < 0 || dirtyRate > 0.5) {
      throw UserError.usage(
          "A company of %d customers, %d days and %s dirty records per good one cannot be made;"
              + " choose at least 1 customer, 1 day, and 0 to 0.5.",
          customers, days, dirtyRate);
    }
  }

  /** The sides of a customer's life; a new one is a line here. */
  private List<Scenario> stories() {
    return List.of(new Profiles(end()), new Shopping(), new Browsing());
  }

  /** The last day. */
  public LocalDate end() {
    return start.plusDays(days - 1L);
  }

  /**
   * Writes {@code landing/} with the files of all days, and {@code truth/} with what is true.
   *
   * @param home a folder on any Hadoop file system
   */
  public void write(SparkSession spark, String home) {
    int tasks = (int) Math.max(2, customers / CUSTOMERS_PER_TASK);
    Dataset<Row> lives =
        spark
            .range(1, customers + 1, 1, tasks)
            .flatMap(new TellLife(this), Encoders.row(Deliveries.SCHEMA));
    List<Row> counts =
        lives
            .union(spark.createDataFrame(company(), Deliveries.SCHEMA))
            .repartition(tasks, col("file"), col("day"))
            .sortWithinPartitions("file", "day", "customer", "number")
            .mapPartitions(new WriteFiles(home), Encoders.row(COUNTS))
            .groupBy("file", "kind")
            .agg(sum("count"))
            .orderBy("file", "kind")
            .collectAsList();
    writeTruth(spark, new Path(home, "truth/company.json"), counts);
  }

  private record TellLife(SampleCompany company) implements FlatMapFunction<Long, Row> {
    @Override
    public Iterator<Row> call(Long number) {
      SimulatedCustomer life = SimulatedCustomer.of(company, number);
      List<Row> rows = new ArrayList<>();
      for (Scenario story : company.stories()) {
        Random random = new Random(company.seedOf(number, story.name()));
        Deliveries deliveries = new Deliveries(company, number, random);
        story.simulate(life, random, deliveries);
        rows.addAll(deliveries.rows());
      }
      return rows.iterator();
    }
  }

  /**
   * Makes the records that no customer causes: the daily files, and the whole product master each
   * quarter.
   */
  private List<Row> company() {
    Deliveries deliveries = new Deliveries(this, 0, new Random(seed));
    for (LocalDate day = start; !day.isAfter(end()); day = day.plusDays(1)) {
      deliveries.add(SampleFile.SALES, day, Deliveries.NONE, "");
      deliveries.add(SampleFile.RETURNS, day, Deliveries.NONE, "");
    }
    for (LocalDate day = start; !day.isAfter(end()); day = day.plusMonths(3)) {
      for (String line : Products.master()) {
        deliveries.add(SampleFile.PRODUCTS, day, Deliveries.ON_TIME, line);
      }
    }
    return deliveries.rows();
  }

  private void writeTruth(SparkSession spark, Path path, List<Row> counts) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode truth = json.createObjectNode();
    truth
        .put("seed", seed)
        .put("customers", customers)
        .put("start", start.toString())
        .put("days", days)
        .put("dirty_rate", dirtyRate)
        .put("never_order_rate", SimulatedCustomer.NEVER_ORDERS);
    truth
        .putObject("orders_bg_nbd_weeks")
        .put("r", SimulatedCustomer.R)
        .put("alpha", SimulatedCustomer.ALPHA_WEEKS)
        .put("a", SimulatedCustomer.A)
        .put("b", SimulatedCustomer.B);
    truth.put("favourite_category_rate", Preference.FOLLOWED_RATE);
    truth.set("rules", json.valueToTree(Products.rules()));
    ObjectNode lines = truth.putObject("lines");
    for (Row row : counts) {
      lines
          .withObject("/" + row.getString(0).toLowerCase(Locale.ROOT))
          .put(row.getString(1), row.getLong(2));
    }
    try (OutputStream out =
        path.getFileSystem(spark.sparkContext().hadoopConfiguration()).create(path, true)) {
      json.writerWithDefaultPrettyPrinter().writeValue(out, truth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A seed for one customer's chance in one matter, unlike those of others. */
  long seedOf(long number, String matter) {
    return new SplittableRandom(seed * 31 + matter.hashCode() + (number << 32)).nextLong();
  }

  static String id(long number) {
    return "C%06d".formatted(number);
  }

  static LocalDateTime moment(LocalDate day, Random random) {
    return day.atTime(LocalTime.of(7 + random.nextInt(14), random.nextInt(60), random.nextInt(60)));
  }

  static String text(LocalDateTime moment) {
    return moment.format(MOMENT);
  }
}
