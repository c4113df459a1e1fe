package crm.bench.generated;

import static crm.bench.generated.GeneratedFiles.DATE;
import static crm.bench.generated.GeneratedFiles.DAYS;
import static crm.bench.generated.GeneratedFiles.SEED;
import static crm.bench.generated.GeneratedFiles.day;
import static crm.bench.generated.GeneratedFiles.id;
import static crm.bench.generated.GeneratedFiles.source;
import static crm.bench.generated.GeneratedFiles.tasks;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.var_pop;

import crm.learning.purchasing.GammaGamma;
import crm.simulation.customer.PurchaseDays;
import crm.warehouse.tables.customer.CustomerTables;
import crm.warehouse.tables.sales.SalesTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Customers who buy by the BG/NBD process and spend by the gamma-gamma model over two years, and
 * baskets of products of which few are bought often.
 */
final class GeneratedCustomers {
  private static final int PRODUCTS = 20_000;
  private static final int PER_TASK = 250_000;

  private static final PurchaseDays BUYERS =
      new PurchaseDays(
          SEED, 0.7, 35, 0.6, 4, new GammaGamma(6, 4, 60), DATE.minusDays(DAYS), DAYS, DAYS);

  private static final StructType BASKET_LINE =
      StructType.fromDDL("basket BIGINT, line INT, product INT");

  private final GeneratedFiles files;

  GeneratedCustomers(GeneratedFiles files) {
    this.files = files;
  }

  /** Customers, their purchase days and totals, and for those who fit alone, cells. */
  void customers(long customers) throws IOException {
    files.write(
        BUYERS.rows(files.spark(), customers, tasks(customers, PER_TASK)),
        CustomerTables.CUSTOMER_PURCHASE_DAYS.name());
    files.write(
        PurchaseDays.totals(files.read(CustomerTables.CUSTOMER_PURCHASE_DAYS.name())),
        "customer_purchases");
    Dataset<Row> totals = files.read("customer_purchases");
    files.write(totals.select("source", "customer_id"), "customers");
    Dataset<Row> measured =
        totals.select(
            col("orders").minus(1).as("x"),
            datediff(col("last_order_on"), col("first_order_on")).as("t_x"),
            datediff(lit(DATE), col("first_order_on")).as("t"),
            datediff(lit(DATE), col("last_order_on")).as("recency"),
            col("orders").as("frequency"),
            col("gross_amount").cast("double").as("monetary"),
            col("gross_amount").minus(col("first_amount")).cast("double").as("repeat"));
    files.write(
        measured.groupBy("x", "t_x", "t").agg(count(lit(1)).as("n")).orderBy("x", "t_x", "t"),
        "cells");
    files.write(
        measured.where("x > 0").select(col("x"), col("repeat").divide(col("x")).as("m")), "spend");
    Column perPurchase = col("repeat").divide(col("x"));
    files.write(
        measured
            .where("x > 0")
            .groupBy(col("x"), floor(log(col("repeat")).divide(0.05)).as("cell"))
            .agg(
                count(lit(1)).as("n"),
                avg("repeat").as("spend"),
                var_pop("repeat").as("variance"),
                avg(log(perPurchase)).as("log_mean")),
        "spend_cells");
    files.write(measured.select("recency", "frequency", "monetary"), "features");
    files.done();
  }

  /** Orders of six products on average, which are bought as unequally as words are used. */
  void baskets(long baskets) throws IOException {
    Dataset<Row> made = files.made(baskets, PER_TASK, BASKET_LINE, GeneratedCustomers::basketLines);
    Column day = day(col("id").mod(300).plus(DAYS - 300).cast("int"));
    files.writeOrderLines(
        made.select(
            id("O", "basket").as("order_id"), col("line"), col("product"), lit(1L).as("pieces")));
    files.write(
        files
            .spark()
            .range(baskets)
            .select(
                source(),
                id("O", "id").as("order_id"),
                lit("C1").as("customer_id"),
                day.cast("timestamp").as("ordered_at"),
                day.as("ordered_on"),
                lit("web").as("channel"),
                lit("placed").as("status")),
        SalesTables.ORDERS.name());
    files.writeProducts(PRODUCTS, 50);
    files.done();
  }

  private static Iterator<Row> basketLines(long number) {
    SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + number);
    List<Row> lines = new ArrayList<>();
    List<Integer> products = new ArrayList<>();
    int size = 1;
    while (size < 60 && random.nextDouble() < 5 / 6.0) {
      size++;
    }
    while (products.size() < size) {
      int product = (int) (Math.pow(PRODUCTS, random.nextDouble()) - 1);
      int partner = product ^ 1;
      for (int chosen :
          random.nextInt(4) == 0 ? new int[] {product, partner} : new int[] {product}) {
        if (!products.contains(chosen)) {
          products.add(chosen);
          lines.add(RowFactory.create(number, lines.size(), chosen));
        }
      }
    }
    return lines.iterator();
  }
}
