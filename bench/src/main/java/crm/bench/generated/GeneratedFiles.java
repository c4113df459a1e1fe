package crm.bench.generated;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.ObjectMapper;
import crm.warehouse.Money;
import crm.warehouse.tables.sales.SalesTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A folder of Parquet files that every side reads; those of a table have its name. */
public record GeneratedFiles(SparkSession spark, Path folder) {
  /** Written last; says what the files are of. */
  private static final String DONE = "made.json";

  /** The last day that is known. */
  public static final LocalDate DATE = LocalDate.of(2025, 12, 31);

  static final int DAYS = 730;
  static final double MIN_SUPPORT = 0.001;
  static final long SEED = 42;

  /**
   * Rows made of the numbers from 0, the same on any machine.
   *
   * @param perTask how many numbers a task is given
   */
  Dataset<Row> made(long count, int perTask, StructType schema, FlatMapFunction<Long, Row> rows) {
    return spark.range(0, count, 1, tasks(count, perTask)).flatMap(rows, Encoders.row(schema));
  }

  static int tasks(long count, int perTask) {
    return (int) Math.max(2, count / perTask);
  }

  /**
   * Writes order lines at a price of ten and a cost of five.
   *
   * @param lines rows of order_id, line, product (a number) and pieces
   */
  void writeOrderLines(Dataset<Row> lines) {
    Column pieces = col("pieces");
    write(
        lines.select(
            source(),
            col("order_id"),
            col("line").cast("string").as("line_id"),
            id("P", "product").as("product_id"),
            pieces.as("quantity"),
            amount(lit(1000L)).as("unit_price"),
            amount(pieces.multiply(1000L)).as("line_amount"),
            amount(pieces.multiply(500L)).as("cost_amount")),
        SalesTables.ORDER_LINES.name());
  }

  /** Writes the products of these numbers from 0, whose categories take turns. */
  void writeProducts(long count, int categories) {
    write(
        spark
            .range(count)
            .select(
                source(),
                id("P", "id").as("product_id"),
                id("Product ", "id").as("name"),
                id("Category ", col("id").mod(categories)).as("category"),
                amount(lit(1000L)).as("list_price")),
        SalesTables.PRODUCTS.name());
  }

  public void write(Dataset<Row> rows, String name) {
    rows.write().mode("overwrite").parquet(path(name));
  }

  public Dataset<Row> read(String name) {
    return spark.read().parquet(path(name));
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  public boolean areDone() {
    return Files.exists(folder.resolve(DONE));
  }

  void done() throws IOException {
    new ObjectMapper()
        .writeValue(
            folder.resolve(DONE).toFile(),
            Map.of("date", DATE.toString(), "min_support", MIN_SUPPORT));
  }

  static Column source() {
    return lit("shop").as("source");
  }

  static Column id(String letter, Column number) {
    return concat(lit(letter), number.cast("string"));
  }

  static Column id(String letter, String number) {
    return id(letter, col(number));
  }

  /** The day so many days after the first. */
  static Column day(Column offset) {
    return date_add(lit(DATE.minusDays(DAYS)), offset);
  }

  static Column amount(Column cents) {
    return Money.amount(cents.multiply(lit(100L)));
  }
}
