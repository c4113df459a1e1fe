package crm.bench;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.var_pop;

import com.fasterxml.jackson.databind.ObjectMapper;
import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.tables.SalesTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.StreamSupport;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the models are measured on, as Parquet files that every side reads: customers who buy by the
 * BG/NBD process and spend by the gamma-gamma model over two years, and baskets of products of
 * which few are bought often.
 */
final class MadeCompany {
  /** Written last; says what the files are of. */
  static final String DONE = "made.json";

  static final LocalDate DATE = LocalDate.of(2025, 12, 31);
  private static final int DAYS = 730;
  private static final int PRODUCTS = 20_000;
  private static final double MIN_SUPPORT = 0.001;
  private static final long SEED = 42;

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

  private final SparkSession spark;
  private final Path folder;

  MadeCompany(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Where the rows of a table are. */
  static String path(Path folder, Table table) {
    return folder
        .resolve(
            switch (table.name()) {
              case "customer_purchase_days" -> "purchase_days";
              case "order_lines" -> "baskets";
              default -> table.name();
            })
        .toString();
  }

  private void done() throws IOException {
    new ObjectMapper()
        .writeValue(
            folder.resolve(DONE).toFile(),
            Map.of("date", DATE.toString(), "min_support", MIN_SUPPORT));
  }

  /** Customers, their purchase days and totals, and for those who fit alone, cells. */
  void customers(long customers) throws IOException {
    Dataset<Row> made =
        spark
            .range(0, customers, 1, (int) Math.max(2, customers / 250_000))
            .mapPartitions(
                (MapPartitionsFunction<Long, Row>) MadeCompany::purchaseDays,
                Encoders.row(PURCHASE_DAY));
    write(
        made.select(
            lit("shop").as("source"),
            id("C", col("number")).as("customer_id"),
            day(col("day")).as("purchased_on"),
            lit(1L).as("orders"),
            amount(col("cents")).as("gross_amount"),
            amount(lit(0L)).as("returned_amount")),
        "purchase_days");
    Dataset<Row> days = spark.read().parquet(folder.resolve("purchase_days").toString());
    write(
        days.groupBy("source", "customer_id")
            .agg(
                min("purchased_on").as("first_order_on"),
                max("purchased_on").as("last_order_on"),
                sum("orders").as("orders"),
                sum("gross_amount").cast(Money.AMOUNT).as("gross_amount"),
                amount(lit(0L)).as("returned_amount"),
                min_by(col("gross_amount"), col("purchased_on")).as("first_amount")),
        "customer_purchases");
    Dataset<Row> totals = spark.read().parquet(folder.resolve("customer_purchases").toString());
    write(totals.select("source", "customer_id"), "customers");
    Dataset<Row> measured =
        totals.select(
            col("orders").minus(1).as("x"),
            datediff(col("last_order_on"), col("first_order_on")).as("t_x"),
            datediff(lit(DATE), col("first_order_on")).as("t"),
            datediff(lit(DATE), col("last_order_on")).as("recency"),
            col("orders").as("frequency"),
            col("gross_amount").cast("double").as("monetary"),
            col("gross_amount").minus(col("first_amount")).cast("double").as("repeat"));
    write(
        measured.groupBy("x", "t_x", "t").agg(count(lit(1)).as("n")).orderBy("x", "t_x", "t"),
        "cells");
    write(
        measured.where("x > 0").select(col("x"), col("repeat").divide(col("x")).as("m")), "spend");
    Column perPurchase = col("repeat").divide(col("x"));
    write(
        measured
            .where("x > 0")
            .groupBy(col("x"), floor(log(col("repeat")).divide(0.05)).as("cell"))
            .agg(
                count(lit(1)).as("n"),
                avg("repeat").as("spend"),
                var_pop("repeat").as("variance"),
                avg(log(perPurchase)).as("log_mean")),
        "spend_cells");
    write(measured.select("recency", "frequency", "monetary"), "features");
    done();
  }

  /** Orders of six products on average, which are bought as unequally as words are used. */
  void baskets(long baskets) throws IOException {
    Dataset<Row> made =
        spark
            .range(0, baskets, 1, (int) Math.max(2, baskets / 250_000))
            .mapPartitions(
                (MapPartitionsFunction<Long, Row>) MadeCompany::basketLines,
                Encoders.row(BASKET_LINE));
    write(
        made.select(
            lit("shop").as("source"),
            id("O", col("basket")).as("order_id"),
            col("line").cast("string").as("line_id"),
            id("P", col("product")).as("product_id"),
            lit(1L).as("quantity"),
            amount(lit(1000L)).as("unit_price"),
            amount(lit(1000L)).as("line_amount"),
            amount(lit(500L)).as("cost_amount")),
        "baskets");
    write(
        spark
            .range(baskets)
            .select(
                lit("shop").as("source"),
                id("O", col("id")).as("order_id"),
                lit("C1").as("customer_id"),
                day(col("id").mod(300).plus(DAYS - 300).cast("int"))
                    .cast("timestamp")
                    .as("ordered_at"),
                day(col("id").mod(300).plus(DAYS - 300).cast("int")).as("ordered_on"),
                lit("web").as("channel"),
                lit("placed").as("status")),
        SalesTables.ORDERS.name());
    write(
        spark
            .range(PRODUCTS)
            .select(
                lit("shop").as("source"),
                id("P", col("id")).as("product_id"),
                id("Product ", col("id")).as("name"),
                id("Category ", col("id").mod(50)).as("category"),
                amount(lit(1000L)).as("list_price")),
        SalesTables.PRODUCTS.name());
    done();
  }

  private void write(Dataset<Row> rows, String name) {
    rows.write().mode("overwrite").parquet(folder.resolve(name).toString());
  }

  private static Column id(String letter, Column number) {
    return concat(lit(letter), number.cast("string"));
  }

  private static Column day(Column offset) {
    return date_add(lit(DATE.minusDays(DAYS)), offset);
  }

  private static Column amount(Column cents) {
    return Money.amount(cents.multiply(lit(100L)));
  }

  private static Iterator<Row> purchaseDays(Iterator<Long> numbers) {
    JDKRandomGenerator random = new JDKRandomGenerator();
    GammaDistribution rates = new GammaDistribution(random, 0.7, 1 / 35.0);
    BetaDistribution leaving = new BetaDistribution(random, 0.6, 4);
    GammaDistribution spendRates = new GammaDistribution(random, 4, 1 / 60.0);
    return flat(
        numbers,
        number -> {
          List<Row> days = new ArrayList<>();
          random.setSeed(SEED * 1_000_003 + number);
          double rate = rates.sample();
          double leaves = leaving.sample();
          double spendRate = spendRates.sample();
          double at = random.nextDouble() * DAYS;
          int last = -1;
          boolean stays = true;
          while (at < DAYS && stays) {
            if ((int) at > last) {
              double amount = new GammaDistribution(random, 6, 1 / spendRate).sample();
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
          return lines;
        });
  }

  private static Iterator<Row> flat(Iterator<Long> numbers, LongFunction<List<Row>> rows) {
    Iterable<Long> all = () -> numbers;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(number -> rows.apply(number).stream())
        .iterator();
  }
}
