package crm.engine.run;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.sun.management.OperatingSystemMXBean;
import crm.engine.history.RunHistory;
import crm.engine.store.Warehouse;
import crm.jobs.customer.CustomerPurchaseDays;
import crm.jobs.customer.CustomerPurchases;
import crm.models.customer.rfm.CustomerRfm;
import crm.models.customer.rfm.RfmSettings;
import crm.models.customer.rfm.ScoreMethod;
import crm.warehouse.Money;
import crm.warehouse.RowHash;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one more day costs on top of 1, 4 and 16 times the history, with the same customers and the
 * same day, in CPU-seconds. Not a test; run it with {@code mvn test -Dtest=HistoryMeasurement
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class HistoryMeasurement {
  private static final LocalDate START = LocalDate.of(2020, 1, 1);
  private static final int CUSTOMERS_COUNT = 20_000;
  private static final int ORDERS_A_DAY = 2_000;
  private static final int SHORTEST_DAYS = 120;
  private static final int STEPS = 3;

  @Test
  void oneMoreDay(@TempDir Path folder) {
    for (int times : new int[] {1, 1, 4, 16}) { // The first warms up.
      int days = SHORTEST_DAYS * times;
      Warehouse warehouse =
          new Warehouse(
              Spark.session(), folder.resolve("x" + times + "-" + System.nanoTime()).toString());
      RunHistory history = new RunHistory(warehouse);
      deliver(warehouse, days);
      LocalDate last = START.plusDays(days - 1);
      String measured = "";
      for (StateJob job : List.of(new CustomerPurchases(), new CustomerPurchaseDays())) {
        double full =
            cpu(() -> new Computation(warehouse, history, job, last).run(Optional.empty()));
        measured +=
            "%s: full recompute %.1f, day's step %s, "
                .formatted(
                    job.name(),
                    full,
                    eachDay(
                        last,
                        date ->
                            new Computation(warehouse, history, job, date)
                                .advance(date.minusDays(1))));
      }
      Job rfm =
          new CustomerRfm(
              new RfmSettings(ScoreMethod.PERCENT_RANK, true, List.of(), List.of(), List.of()));
      System.out.printf(
          Locale.ROOT,
          "MEASURED history x%d (%,d lines): %ssnapshot %s CPU-s%n",
          times,
          2L * ORDERS_A_DAY * days,
          measured,
          eachDay(
              last, date -> new Computation(warehouse, history, rfm, date).run(Optional.empty())));
    }
  }

  private static List<String> eachDay(LocalDate last, Consumer<LocalDate> work) {
    List<String> days = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      LocalDate date = last.plusDays(step);
      days.add("%.1f".formatted(cpu(() -> work.accept(date))));
    }
    return days;
  }

  /**
   * Days of orders with two lines each, in one write as a bulk load does, and more days to come. A
   * twentieth of the orders comes back within a month.
   */
  private static void deliver(Warehouse warehouse, int days) {
    int all = days + STEPS;
    Dataset<Row> orders =
        warehouse
            .spark()
            .range((long) ORDERS_A_DAY * all)
            .select(
                expr("'shop'").as("source"),
                expr("format_string('O%09d', id)").as("order_id"),
                expr("concat('C', pmod(xxhash64(id), " + CUSTOMERS_COUNT + "))").as("customer_id"),
                expr("date_add(date'" + START + "', cast(id div " + ORDERS_A_DAY + " as int))")
                    .as("ordered_on"))
            .withColumn("ordered_at", col("ordered_on").cast("timestamp"))
            .withColumn("channel", lit("web"))
            .withColumn("status", lit("placed"))
            .withColumn(Table.LOGICAL_DATE, col("ordered_on"));
    store(warehouse, ORDERS, orders, all);
    store(
        warehouse,
        ORDER_LINES,
        orders
            .select(
                col("source"),
                col("order_id"),
                col(Table.LOGICAL_DATE),
                expr("explode(array('1', '2'))").as("line_id"))
            .withColumn("product_id", expr("concat('P', pmod(xxhash64(order_id, line_id), 500))"))
            .withColumn("quantity", lit(1L))
            .withColumn(
                "line_amount", expr("cast(pmod(xxhash64(order_id), 9000) / 100 as decimal(18,4))")),
        all);
    store(
        warehouse,
        ORDER_RETURNS,
        orders
            .where("pmod(xxhash64(order_id, 'return'), 20) = 0")
            .withColumn("return_id", concat(lit("R"), col("order_id")))
            .withColumn(
                "returned_on",
                expr("date_add(ordered_on, 1 + cast(pmod(xxhash64(order_id, 'late'), 30) as int))"))
            .withColumn("returned_at", col("returned_on").cast("timestamp"))
            .withColumn("quantity", lit(1L))
            .withColumn("amount", lit("9.90").cast(Money.AMOUNT))
            .withColumn(Table.LOGICAL_DATE, col("returned_on"))
            .drop("ordered_on", "ordered_at", "channel", "status")
            .where(col(Table.LOGICAL_DATE).leq(lit(START.plusDays(all)))),
        all);
    store(
        warehouse,
        CUSTOMERS,
        warehouse
            .spark()
            .range(CUSTOMERS_COUNT)
            .select(
                lit("shop").as("source"),
                expr("concat('C', id)").as("customer_id"),
                lit(java.sql.Date.valueOf(START)).as(Table.LOGICAL_DATE)),
        all);
  }

  private static void store(Warehouse warehouse, Table table, Dataset<Row> rows, int days) {
    Dataset<Row> complete = rows;
    for (var column : table.columns()) {
      if (!List.of(rows.columns()).contains(column.name())) {
        complete = complete.withColumn(column.name(), lit(null).cast(column.type()));
      }
    }
    complete =
        complete
            .withColumn(Table.SEQUENCE, lit(null).cast("bigint"))
            .withColumn(Table.ROW_HASH, RowHash.column(table.columnNames()))
            .withColumn(Table.IS_DELETED, lit(false))
            .withColumn(Table.LOGICAL_MONTH, expr("date_format(logical_date, 'yyyy-MM')"));
    warehouse.replace(
        table,
        complete.select(
            table.layout().columns().stream().map(c -> col(c.name())).toArray(Column[]::new)),
        START,
        START.plusDays(days),
        Optional.empty());
  }

  static double cpu(Runnable work) {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = machine.getProcessCpuTime();
    work.run();
    return (machine.getProcessCpuTime() - before) / 1e9;
  }
}
