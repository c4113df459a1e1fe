package crm.models.sales.forecast;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;

import com.sun.management.OperatingSystemMXBean;
import crm.learning.forecasting.series.Frequency;
import crm.models.sales.series.Measure;
import crm.models.sales.series.SalesForecastSettings;
import crm.models.sales.series.SalesForecastSettings.Periods;
import crm.testing.GivenInputs;
import crm.testing.Sessions;
import crm.warehouse.Table;
import crm.warehouse.job.Outputs;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * How long forecasts of many daily series of two years take; run by hand: {@code mvn test
 * -Dtest=ForecastMeasurement -Dcrm.series=1000}.
 */
class ForecastMeasurement {
  private static final LocalDate END = LocalDate.of(2026, 6, 30);
  private static final int DAYS = 730;

  @Test
  void manyDailySeries() {
    int products = Integer.getInteger("crm.series", 200);
    int origins = Integer.getInteger("crm.origins", 6);
    boolean trees = Boolean.getBoolean("crm.trees");
    GivenInputs inputs = company(products);
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int round = 0; round < 2; round++) {
      long wall = System.nanoTime();
      long cpu = machine.getProcessCpuTime();
      SalesForecast job =
          new SalesForecast(
              new SalesForecastSettings(
                  List.of(Measure.PIECES),
                  List.of(new Periods(Frequency.DAILY, 28)),
                  origins,
                  1461,
                  4,
                  List.of(),
                  trees,
                  365));
      Outputs outputs = job.run(inputs, END);
      long rows = outputs.rows().get(SALES_FORECAST).count();
      System.out.printf(
          "%d products, %d origins: %d rows, %.1f s, %.1f CPU-s%n%s%n%s%n",
          products,
          origins,
          rows,
          (System.nanoTime() - wall) / 1e9,
          (machine.getProcessCpuTime() - cpu) / 1e9,
          outputs.model().orElseThrow().metrics(),
          outputs.model().orElseThrow().parameters());
    }
  }

  private static GivenInputs company(int products) {
    SparkSession spark = Sessions.small();
    String day = "date_sub(date'%s', cast(%d - 1 - id %% %d as int))".formatted(END, DAYS, DAYS);
    spark.range((long) DAYS * 4).createOrReplaceTempView("o");
    Dataset<Row> orders =
        spark.sql(
            """
            select 'shop' as source, cast(id as string) as order_id,
              cast(floor(id / %d) as string) as customer_id,
              cast(%s as timestamp) as ordered_at, %s as ordered_on,
              if(id %% 2 = 0, 'web', 'store') as channel, 'placed' as status
            from o
            """
                .formatted(DAYS, day, day));
    // Rate by product, season by weekday and noise of the product's own.
    Dataset<Row> lines =
        spark
            .range((long) products * DAYS)
            .repartition(8)
            .selectExpr("id div %d as p".formatted(DAYS), "id %% %d as d".formatted(DAYS))
            .selectExpr(
                "'shop' as source",
                "cast(d + %d * (p %% 4) as string) as order_id".formatted(DAYS),
                "cast(p as string) as line_id",
                "concat('P', p) as product_id",
                "cast(1 + (1 + p % 17) * (1 + 0.3 * sin(2 * pi() * d / 7) + 0.2 * sin(2 * pi() * d"
                    + " / 365) + 0.4 * (pmod(hash(p, d), 1000) / 1000.0)) as bigint) as quantity",
                "cast(1 as decimal(18,4)) as unit_price",
                "cast(1 as decimal(18,4)) as line_amount",
                "cast(null as decimal(18,4)) as cost_amount");
    GivenInputs inputs = new GivenInputs();
    inputs.given(ORDERS, orders.localCheckpoint());
    inputs.given(ORDER_LINES, lines.localCheckpoint());
    inputs.given(
        PRODUCTS,
        spark
            .range(products)
            .selectExpr(
                "'shop' as source",
                "concat('P', id) as product_id",
                "'x' as name",
                "concat('C', id % 20) as category",
                "cast(1 as decimal(18,4)) as list_price"));
    inputs.given(
        CUSTOMERS,
        spark
            .range(4)
            .selectExpr(
                "'shop' as source",
                "cast(id as string) as customer_id",
                "concat('X', id) as country"));
    for (Table table : List.of(ORDER_RETURNS, SALES_FORECAST, FORECAST_ACCURACY)) {
      inputs.given(table, spark.createDataFrame(List.<Row>of(), table.layout().schema()));
    }
    return inputs;
  }
}
