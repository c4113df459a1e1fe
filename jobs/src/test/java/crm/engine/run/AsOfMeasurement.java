package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import crm.engine.store.AsOf;
import crm.engine.store.Warehouse;
import crm.warehouse.Field;
import crm.warehouse.RowHash;
import crm.warehouse.Table;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What reading order lines as of a date costs, where one in a hundred was delivered again, beside a
 * scan of all stored rows, in CPU-seconds. Not a test; run it with {@code mvn test
 * -Dtest=AsOfMeasurement -Dsurefire.failIfNoSpecifiedTests=false -Dlines=4}, in millions.
 */
class AsOfMeasurement {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 730;
  private static final int REPEATS = 5;

  /** What makes a line of a number {@code id}; of other columns there is nothing. */
  private static final Map<String, String> VALUES =
      Map.of(
          Table.SOURCE,
          "'shop'",
          "order_id",
          "concat('O', id div 3)",
          "line_id",
          "cast(id % 3 as string)",
          "product_id",
          "concat('P', pmod(xxhash64(id), 5000))",
          "quantity",
          "1 + id % 5",
          "line_amount",
          "pmod(xxhash64(id), 9000) / 100",
          Table.IS_DELETED,
          "false");

  @Test
  void newestByNoteAndByRankingAll(@TempDir Path folder) {
    SparkSession spark = Spark.session();
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    Warehouse warehouse = new Warehouse(spark, folder.toString());
    long lines = Long.getLong("lines", 1) * 1_000_000;
    LocalDate last = START.plusDays(DAYS);
    warehouse.replace(
        ORDER_LINES,
        lines(spark, lines, 1, 0).union(lines(spark, lines, 100, 5)),
        START,
        last,
        Optional.empty());
    String noted = HistoryMeasurement.cpu(() -> warehouse.noteRepeatedKeys(ORDER_LINES)) + "";
    List<String> scan = new ArrayList<>();
    List<String> all = new ArrayList<>();
    List<String> some = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      scan.add(cpu(warehouse.stored(ORDER_LINES)));
      all.add(cpu(AsOf.visible(ORDER_LINES, warehouse.stored(ORDER_LINES), last)));
      some.add(cpu(warehouse.visible(ORDER_LINES, last)));
    }
    System.out.printf(
        Locale.ROOT,
        "MEASURED %,d lines: scan %s, newest by ranking all %s, by the note %s CPU-s; the note %s%n",
        lines,
        scan,
        all,
        some,
        noted);
  }

  /** Every so many lines, delivered in order over the days, some days later. */
  private static Dataset<Row> lines(SparkSession spark, long lines, int every, int later) {
    Dataset<Row> ids =
        spark
            .range(0, lines, every)
            .withColumn(
                Table.LOGICAL_DATE,
                expr(
                    "least(date'%s', date_add(date'%s', cast(id * %d div %d as int)))"
                        .formatted(START.plusDays(DAYS), START.plusDays(later), DAYS, lines)));
    Dataset<Row> rows = ids;
    for (Field column : ORDER_LINES.layout().columns()) {
      if (!column.name().equals(Table.LOGICAL_DATE) && !column.name().equals(Table.ROW_HASH)) {
        rows =
            rows.withColumn(
                column.name(),
                expr(VALUES.getOrDefault(column.name(), "null")).cast(column.type()));
      }
    }
    return rows.withColumn(Table.ROW_HASH, RowHash.column(ORDER_LINES.columnNames()))
        .withColumn("line_amount", col("line_amount").plus(later).cast("decimal(18,4)"));
  }

  private static String cpu(Dataset<Row> rows) {
    return "%.2f"
        .formatted(
            HistoryMeasurement.cpu(() -> rows.write().format("noop").mode("overwrite").save()));
  }
}
