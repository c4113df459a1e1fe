package crm.bench.generated;

import static crm.bench.generated.GeneratedFiles.DATE;
import static crm.bench.generated.GeneratedFiles.DAYS;
import static crm.bench.generated.GeneratedFiles.amount;
import static crm.bench.generated.GeneratedFiles.day;
import static crm.bench.generated.GeneratedFiles.flat;
import static crm.bench.generated.GeneratedFiles.id;
import static crm.bench.generated.GeneratedFiles.seed;
import static crm.bench.generated.GeneratedFiles.source;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.var_pop;

import crm.warehouse.Money;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hipparchus.random.JDKRandomGenerator;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Customers who buy by the BG/NBD process and spend by the gamma-gamma model over two years, and
 * baskets of products of which few are bought often.
 */
final class GeneratedCustomers {
  private static final int PRODUCTS = 20_000;
  private static final int PER_TASK = 250_000;

  private static final StructType PURCHASE_DAY =
      new StructType()
          .add("number", DataTypes.LongType)
          .add("day", DataTypes.IntegerType)
          .add("cents", DataTypes.LongType);

  private static final StructType BASKET_LINE =
      new StructType()
          .add("basket", DataTypes.LongType)
          .add("line", DataTypes.IntegerType)
          .add("product", DataTypes.IntegerType);

  private final GeneratedFiles files;

  GeneratedCustomers(GeneratedFiles files) {
    this.files = files;
  }

  /** Customers, their purchase days and totals, and for those who fit alone, cells. */
  void customers(long customers) throws IOException {
    Dataset<Row> made =
        files.made(customers, PER_TASK, PURCHASE_DAY, GeneratedCustomers::purchaseDays);
    files.write(
        made.select(
            source(),
            id("C", col("number")).as("customer_id"),
            day(col("day")).as("purchased_on"),
            lit(1L).as("orders"),
            amount(col("cents")).as("gross_amount"),
            amount(lit(0L)).as("returned_amount")),
        CustomerTables.CUSTOMER_PURCHASE_DAYS.name());
    Dataset<Row> days = files.read(CustomerTables.CUSTOMER_PURCHASE_DAYS.name());
    files.write(
        days.groupBy("source", "customer_id")
            .agg(
                min("purchased_on").as("first_order_on"),
                max("purchased_on").as("last_order_on"),
                sum("orders").as("orders"),
                sum("gross_amount").cast(Money.AMOUNT).as("gross_amount"),
                amount(lit(0L)).as("returned_amount"),
                min_by(col("gross_amount"), col("purchased_on")).as("first_amount")),
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
    files.write(
        made.select(
            source(),
            id("O", col("basket")).as("order_id"),
            col("line").cast("string").as("line_id"),
            id("P", col("product")).as("product_id"),
            lit(1L).as("quantity"),
            amount(lit(1000L)).as("unit_price"),
            amount(lit(1000L)).as("line_amount"),
            amount(lit(500L)).as("cost_amount")),
        SalesTables.ORDER_LINES.name());
    files.write(
        files
            .spark()
            .range(baskets)
            .select(
                source(),
                id("O", col("id")).as("order_id"),
                lit("C1").as("customer_id"),
                day(col("id").mod(300).plus(DAYS - 300).cast("int"))
                    .cast("timestamp")
                    .as("ordered_at"),
                day(col("id").mod(300).plus(DAYS - 300).cast("int")).as("ordered_on"),
                lit("web").as("channel"),
                lit("placed").as("status")),
        SalesTables.ORDERS.name());
    files.write(
        files
            .spark()
            .range(PRODUCTS)
            .select(
                source(),
                id("P", col("id")).as("product_id"),
                id("Product ", col("id")).as("name"),
                id("Category ", col("id").mod(50)).as("category"),
                amount(lit(1000L)).as("list_price")),
        SalesTables.PRODUCTS.name());
    files.done();
  }

  private static Iterator<Row> purchaseDays(Iterator<Long> numbers) {
    RandomDataGenerator random = RandomDataGenerator.of(new JDKRandomGenerator());
    return flat(
        numbers,
        number -> {
          List<Row> days = new ArrayList<>();
          random.setSeed(seed(number));
          double rate = random.nextGamma(0.7, 1 / 35.0);
          double leaves = random.nextBeta(0.6, 4);
          double spendRate = random.nextGamma(4, 1 / 60.0);
          double at = random.nextDouble() * DAYS;
          int last = -1;
          boolean stays = true;
          while (at < DAYS && stays) {
            if ((int) at > last) {
              double amount = random.nextGamma(6, 1 / spendRate);
              days.add(RowFactory.create(number, (int) at, 1 + (long) (amount * 100)));
            }
            stays = last < 0 || random.nextDouble() >= leaves;
            last = (int) at;
            at -= Math.log(1 - random.nextDouble()) / rate;
          }
          return days;
        });
  }

  private static Iterator<Row> basketLines(Iterator<Long> numbers) {
    return flat(
        numbers,
        number -> {
          SplittableRandom random = new SplittableRandom(seed(number));
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
          return lines;
        });
  }
}
