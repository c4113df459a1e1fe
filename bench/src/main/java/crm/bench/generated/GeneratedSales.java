package crm.bench.generated;

import static crm.bench.generated.GeneratedFiles.DAYS;
import static crm.bench.generated.GeneratedFiles.day;
import static crm.bench.generated.GeneratedFiles.id;
import static crm.bench.generated.GeneratedFiles.source;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.crc32;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;

import crm.simulation.delivery.Simulation;
import crm.warehouse.tables.customer.CustomerTables;
import crm.warehouse.tables.sales.SalesTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.hipparchus.random.RandomDataGenerator;

/**
 * What is sold of products on every day of two years and of the four weeks after them: a level that
 * wanders, a week as that of the category and a little different, a weak season of the year, and
 * more noise than a Poisson count has. A seventh of the products sells little. The four weeks are
 * in a file of their own, to judge forecasts by.
 */
final class GeneratedSales {
  static final int HORIZON = 28;
  static final int SEASON = 7;

  /** Pieces per product and day up to the last that is known. */
  static final String SERIES = "series";

  /** The same of the days after, with the mean absolute seasonal difference of those before. */
  static final String AFTERWARDS = "afterwards";

  private static final int PER_TASK = 2_500;
  private static final int CATEGORIES = 20;
  private static final int CUSTOMERS = 1_000;
  private static final int PRODUCTS_PER_ORDER = 8;

  private static final StructType SOLD =
      StructType.fromDDL("product BIGINT, offset INT, pieces BIGINT, scale DOUBLE");

  private final GeneratedFiles files;

  GeneratedSales(GeneratedFiles files) {
    this.files = files;
  }

  void products(long products) throws IOException {
    String sold = "sold";
    files.write(files.made(products, PER_TASK, SOLD, GeneratedSales::sold), sold);
    // The first day is the one after that from which days are counted.
    Column day = day(col("offset").plus(1));
    Dataset<Row> known = files.read(sold).where(col("offset").lt(DAYS));
    files.write(
        known.select(id("P", "product").as("product_id"), day.as("day"), col("pieces")), SERIES);
    files.write(
        files
            .read(sold)
            .where(col("offset").geq(DAYS))
            .select(
                id("P", "product").as("product_id"),
                col("offset").minus(DAYS - 1).as("ahead"),
                col("pieces"),
                col("scale")),
        AFTERWARDS);
    Column order = concat_ws("-", col("offset"), floor(col("product").divide(PRODUCTS_PER_ORDER)));
    Dataset<Row> lines = known.where("pieces > 0").withColumn("order_id", order);
    files.writeOrderLines(lines.withColumn("line", col("product")));
    orders(lines.select(col("order_id"), day.as("ordered_on")).distinct());
    files.writeProducts(products, CATEGORIES);
    files.done();
  }

  private void orders(Dataset<Row> orders) {
    Column number = crc32(col("order_id"));
    files.write(
        orders.select(
            source(),
            col("order_id"),
            id("C", number.mod(CUSTOMERS)).as("customer_id"),
            col("ordered_on").cast("timestamp").as("ordered_at"),
            col("ordered_on"),
            one(List.of("web", "shop", "phone"), number).as("channel"),
            lit("placed").as("status")),
        SalesTables.ORDERS.name());
    files.write(
        files
            .spark()
            .range(CUSTOMERS)
            .select(
                source(),
                id("C", "id").as("customer_id"),
                one(List.of("Austria", "Belgium", "Chile", "Denmark"), col("id")).as("country")),
        CustomerTables.CUSTOMERS.name());
  }

  private static Column one(List<String> names, Column number) {
    Column all = array(names.stream().map(name -> lit(name)).toArray(Column[]::new));
    return element_at(all, number.mod(names.size()).plus(1).cast("int"));
  }

  private static Iterator<Row> sold(long product) {
    RandomDataGenerator random = Simulation.draws(GeneratedFiles.SEED, product);
    int category = (int) (product % CATEGORIES);
    double level = Math.exp(2.2 + 0.9 * random.nextGaussian()) * (product % 7 == 0 ? 0.08 : 1);
    double[] week = new double[SEASON];
    for (int weekday = 0; weekday < SEASON; weekday++) {
      double ofCategory = 0.35 * Math.sin(weekday + category);
      week[weekday] = Math.exp(ofCategory + 0.15 * random.nextGaussian());
    }
    long[] pieces = new long[DAYS + HORIZON];
    for (int day = 0; day < pieces.length; day++) {
      double year = 0.2 * Math.sin(2 * Math.PI * day / 365.25 + category);
      level *= Math.exp(0.012 * random.nextGaussian());
      double mean = level * week[day % SEASON] * Math.exp(year) * random.nextGamma(8, 1 / 8.0);
      pieces[day] = random.nextPoisson(mean);
    }
    double scale = seasonalDifference(pieces);
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < pieces.length; day++) {
      rows.add(RowFactory.create(product, day, pieces[day], scale));
    }
    return rows.iterator();
  }

  /** The unit of errors (Hyndman and Koehler 2006); 1 of what never differs. */
  private static double seasonalDifference(long[] pieces) {
    long sum = 0;
    for (int day = SEASON; day < DAYS; day++) {
      sum += Math.abs(pieces[day] - pieces[day - SEASON]);
    }
    return sum == 0 ? 1 : (double) sum / (DAYS - SEASON);
  }
}
