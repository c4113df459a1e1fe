package crm.engine.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What writing and reading costs after 3,650 daily dates, by layout, in CPU-seconds. Not a test;
 * run it with {@code mvn test -Dtest=LayoutMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class LayoutMeasurement {
  private static final LocalDate START = LocalDate.of(2016, 1, 1);
  private static final int DAYS = 3_650;
  private static final int ROWS_A_DAY = 200;
  private static final int REPEATS = 5;

  @Test
  void byDayAndByMonth(@TempDir Path folder) {
    SparkSession spark = Spark.session();
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    for (String layout : List.of("day", "day", "month", "month, closed months compacted")) {
      String path = folder.resolve(layout.replaceAll("\\W", "_") + System.nanoTime()).toString();
      String partition = layout.equals("day") ? "logical_date" : "logical_month";
      Dataset<Row> history = rows(spark, 0, DAYS);
      // A daily load leaves a file a day, a compacted month one file.
      Dataset<Row> arranged =
          layout.endsWith("compacted")
              ? history.repartition(col("logical_month"))
              : history.repartition(200, col("logical_date"));
      arranged
          .sortWithinPartitions("logical_date")
          .write()
          .format("delta")
          .option("maxRecordsPerFile", layout.endsWith("compacted") ? 0 : ROWS_A_DAY)
          .partitionBy(partition)
          .save(path);
      long files =
          spark.sql("DESCRIBE DETAIL delta.`" + path + "`").select("numFiles").head().getLong(0);
      List<String> writes = new ArrayList<>();
      List<String> oneDay = new ArrayList<>();
      List<String> everything = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        LocalDate day = START.plusDays(DAYS + i);
        writes.add(cpu(() -> write(spark, path, partition, day)));
        oneDay.add(
            cpu(
                () ->
                    noop(
                        spark
                            .read()
                            .format("delta")
                            .load(path)
                            .where("logical_date = date'" + day + "'"))));
        everything.add(
            cpu(
                () ->
                    noop(
                        spark
                            .read()
                            .format("delta")
                            .load(path)
                            .where("logical_date <= date'" + day + "'"))));
      }
      System.out.printf(
          Locale.ROOT,
          "MEASURED by %s (%,d files): write a date %s, read a date %s, read all %s CPU-s%n",
          layout,
          files,
          writes,
          oneDay,
          everything);
    }
  }

  private static Dataset<Row> rows(SparkSession spark, int from, int days) {
    return spark
        .range((long) from * ROWS_A_DAY, (long) (from + days) * ROWS_A_DAY)
        .select(
            col("id"),
            expr("concat('customer', pmod(xxhash64(id), 5000))").as("customer_id"),
            expr("cast(pmod(xxhash64(id), 9000) / 100 as decimal(18,4))").as("amount"),
            expr("date_add(date'" + START + "', cast(id div " + ROWS_A_DAY + " as int))")
                .as("logical_date"))
        .withColumn("logical_month", expr("date_format(logical_date, 'yyyy-MM')"));
  }

  private static void write(SparkSession spark, String path, String partition, LocalDate day) {
    String where = "logical_date = DATE'" + day + "'";
    if (partition.equals("logical_month")) {
      where = "logical_month = '" + day.toString().substring(0, 7) + "' AND " + where;
    }
    rows(spark, (int) START.until(day, java.time.temporal.ChronoUnit.DAYS), 1)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("overwrite")
        .option("replaceWhere", where)
        .save(path);
  }

  private static void noop(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static String cpu(Runnable work) {
    return "%.2f".formatted(HistoryMeasurement.cpu(work));
  }
}
