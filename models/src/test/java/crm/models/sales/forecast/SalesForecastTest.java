package crm.models.sales.forecast;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.forecasting.series.Frequency;
import crm.models.sales.series.DailySales;
import crm.models.sales.series.Measure;
import crm.models.sales.series.SalesForecastSettings;
import crm.models.sales.series.SalesForecastSettings.Periods;
import crm.testing.GivenInputs;
import crm.testing.JobTest;
import crm.testing.MadeSales;
import crm.testing.RowLines;
import crm.testing.Sessions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SalesForecastTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static final String CATALOGUE =
      """
      product_id | category
      cup        | Kitchen
      pot        | Kitchen
      hat        | Wear
      """;
  private static final String PEOPLE =
      """
      customer_id | country
      A           | DE
      B           | FR
      """;

  /** Four weeks in which Saturdays bring 30 and other days 10; the shop is closed on Sundays. */
  @Test
  void aWeekLikeTheOthersIsForecastAndAddsUp() {
    StringBuilder orders =
        new StringBuilder("order_id | customer_id | ordered_at | ordered_on | channel | status\n");
    StringBuilder lines =
        new StringBuilder("order_id | line_id | product_id | quantity | line_amount\n");
    LocalDate monday = LocalDate.of(2026, 3, 2);
    for (LocalDate day = monday; day.isBefore(monday.plusDays(27)); day = day.plusDays(1)) {
      int pieces = day.getDayOfWeek().getValue() == 6 ? 3 : 1;
      if (day.getDayOfWeek().getValue() < 7) {
        orders.append("%s | %s | %s 10:00:00 | %s | web | placed%n".formatted(day, "A", day, day));
        lines.append("%s | 1 | cup | %d | %d%n".formatted(day, pieces, 10 * pieces));
      }
    }
    JobTest.of(job(Frequency.DAILY, 3))
        .on("2026-03-28")
        .given(PRODUCTS, CATALOGUE)
        .given(CUSTOMERS, PEOPLE)
        .given(ORDERS, orders.toString())
        .given(ORDER_LINES, lines.toString())
        .then(
            SALES_FORECAST,
            """
            level    | series_id | parent_id | period_start | horizon | forecast
            total    | (all)     |           | 2026-03-29   | 1       | 0.00
            total    | (all)     |           | 2026-03-30   | 2       | 10.00
            total    | (all)     |           | 2026-03-31   | 3       | 10.00
            category | Kitchen   | (all)     | 2026-03-29   | 1       | 0.00
            category | Kitchen   | (all)     | 2026-03-30   | 2       | 10.00
            category | Kitchen   | (all)     | 2026-03-31   | 3       | 10.00
            product  | cup       | Kitchen   | 2026-03-29   | 1       | 0.00
            product  | cup       | Kitchen   | 2026-03-30   | 2       | 10.00
            product  | cup       | Kitchen   | 2026-03-31   | 3       | 10.00
            country  | DE        | (all)     | 2026-03-29   | 1       | 0.00
            country  | DE        | (all)     | 2026-03-30   | 2       | 10.00
            country  | DE        | (all)     | 2026-03-31   | 3       | 10.00
            channel  | web       | (all)     | 2026-03-29   | 1       | 0.00
            channel  | web       | (all)     | 2026-03-30   | 2       | 10.00
            channel  | web       | (all)     | 2026-03-31   | 3       | 10.00
            """)
        .then(FORECAST_ACCURACY, "level | horizon\n");
  }

  /**
   * Orders nobody is known to have placed, of products nobody knows, and returns of no order; order
   * 4 amounts to less than zero.
   */
  @Test
  void whatTheDataDoNotNameIsASeriesOfItsOwn() {
    JobTest.of(job(Frequency.DAILY, 1))
        .on("2026-03-02")
        .given(PRODUCTS, CATALOGUE)
        .given(CUSTOMERS, PEOPLE)
        .given(
            ORDERS,
            """
            order_id | customer_id | ordered_at          | ordered_on | channel | status
            1        | A           | 2026-03-02 10:00:00 | 2026-03-02 | web     | placed
            2        |             | 2026-03-02 10:00:00 | 2026-03-02 |         | placed
            3        | A           | 2026-03-02 10:00:00 | 2026-03-02 | web     | cancelled
            4        | A           | 2026-03-02 10:00:00 | 2026-03-02 | web     | placed
            """)
        .given(
            ORDER_LINES,
            """
            order_id | line_id | product_id | quantity | line_amount
            1        | 1       | cup        | 1        | 10
            2        | 1       | box        | 1        | 20
            2        | 2       |            | 1        | 30
            3        | 1       | cup        | 1        | 99
            4        | 1       | cup        | 1        | 70
            4        | 2       | cup        | 1        | -71
            """)
        .given(
            ORDER_RETURNS,
            """
            return_id | order_id | customer_id | product_id | quantity | amount | returned_at         | returned_on
            1         | 1        |             | cup        | 1        | 4      | 2026-03-02 11:00:00 | 2026-03-02
            2         |          | B           | hat        | 1        | 5      | 2026-03-02 11:00:00 | 2026-03-02
            """)
        .then(
            SALES_FORECAST,
            """
            level    | series_id | parent_id | forecast | method | interval_method
            total    | (all)     |           | 51.00    | mean   | none
            category | Kitchen   | (all)     | 6.00     | mean   | none
            category | Wear      | (all)     | -5.00    | mean   | none
            category | (unknown) | (all)     | 50.00    | mean   | none
            product  | cup       | Kitchen   | 6.00     | mean   | none
            product  | hat       | Wear      | -5.00    | mean   | none
            product  | box       | (unknown) | 20.00    | mean   | none
            product  | (unknown) | (unknown) | 30.00    | mean   | none
            country  | DE        | (all)     | 6.00     | mean   | none
            country  | FR        | (all)     | -5.00    | mean   | none
            country  | (unknown) | (all)     | 50.00    | mean   | none
            channel  | web       | (all)     | 6.00     | mean   | none
            channel  | (unknown) | (all)     | 45.00    | mean   | none
            """);
  }

  /** Random sales of three measures and three lengths of periods. */
  @Test
  void allLevelsAddUpToTheCent() {
    SplittableRandom random = new SplittableRandom(3);
    MadeSales shop = shop();
    for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(100)); day = day.plusDays(1)) {
      sellAtRandom(shop, day, random);
    }
    List<Periods> periods =
        List.of(
            new Periods(Frequency.DAILY, 5),
            new Periods(Frequency.WEEKLY, 2),
            new Periods(Frequency.MONTHLY, 1));
    Dataset<Row> forecasts =
        new SalesForecast(
                new SalesForecastSettings(
                    List.of(Measure.values()), periods, 2, 1461, 4, List.of(), false, 365))
            .run(shop.inputs(), FIRST.plusDays(99))
            .rows()
            .get(SALES_FORECAST);
    forecasts.localCheckpoint().createOrReplaceTempView("made_forecasts");
    String key = "measure, frequency, period_start";
    List<Row> families =
        Sessions.small()
            .sql(
                """
                select %1$s, level, parent_id, sum(forecast) as children, any_value(p.forecast) as parent
                from made_forecasts c join (
                  select %1$s, level as parent_level, series_id as parent_id, forecast
                  from made_forecasts) p using (%1$s, parent_id)
                where parent_level = if(level = 'product', 'category', 'total')
                group by %1$s, level, parent_id
                """
                    .formatted(key)
                    .replace("sum(forecast)", "sum(c.forecast)"))
            .collectAsList();
    assertThat(families)
        .hasSizeGreaterThan(3 * (5 + 2 + 1) * 5)
        .allMatch(
            family ->
                family.<BigDecimal>getAs("children").compareTo(family.<BigDecimal>getAs("parent"))
                    == 0);
    assertThat(forecasts.where("measure <> 'net_revenue' and (forecast < 0 or lo95 < 0)").count())
        .isZero();
  }

  /** With the boosted trees, which know no more at an origin than the others. */
  @Test
  void whatComesAfterAnOriginMovesNothingForecastAtIt() {
    List<String> known = forecastAtTheOldestOrigin(1);
    assertThat(known).hasSizeGreaterThan(100).anyMatch(row -> row.contains("BOOSTED_TREES"));
    assertThat(forecastAtTheOldestOrigin(7)).isEqualTo(known);
  }

  /** Points and weights at an origin of a made-up shop that sells so many times more after it. */
  private static List<String> forecastAtTheOldestOrigin(int times) {
    SplittableRandom random = new SplittableRandom(5);
    MadeSales shop = shop();
    LocalDate last = FIRST.plusDays(119);
    // The oldest of two origins, five days ahead: 5 and 12 days before the end.
    LocalDate origin = last.minusDays(12);
    for (LocalDate day = FIRST; !day.isAfter(last); day = day.plusDays(1)) {
      sellAtRandom(shop, day, random);
      for (int more = 1; more < times && day.isAfter(origin); more++) {
        sellAtRandom(shop, day, new SplittableRandom(more));
      }
    }
    SalesForecast job =
        new SalesForecast(
            new SalesForecastSettings(
                List.of(Measure.PIECES),
                List.of(new Periods(Frequency.DAILY, 5)),
                2,
                1461,
                4,
                List.of(),
                true,
                365));
    GivenInputs inputs = shop.inputs();
    Dataset<Row> series =
        job.series(inputs, DailySales.delivered(inputs, job.settings(), last), last);
    DriverAggregates gathered = new DriverAggregates(job.settings().plans());
    return RowLines.sorted(
        CoherentForecasts.ofEach(job.base(series, gathered, gathered.coefficients(series)))
            .where("origin_offset = 12")
            .selectExpr("candidate", "method", "level", "series_id", "scale", "cents"));
  }

  private static MadeSales shop() {
    return new MadeSales()
        .product("cup", "Kitchen")
        .product("pot", "Kitchen")
        .product("hat", "Wear")
        .customer("A", "DE")
        .customer("B", "FR")
        .customer("C", null);
  }

  private static void sellAtRandom(MadeSales shop, LocalDate day, SplittableRandom random) {
    List<String> products = List.of("cup", "pot", "hat", "box");
    List<String> customers = List.of("A", "B", "C");
    for (String product : products) {
      String customer = customers.get(random.nextInt(3));
      int pieces = 1 + random.nextInt(9);
      String channel = random.nextInt(3) == 0 ? "store" : "web";
      shop.sell(day, customer, channel, product, pieces, pieces + "." + random.nextInt(10, 99));
      if (random.nextInt(4) == 0) {
        shop.takeBack(day, customer, product, random.nextInt(20) + ".99");
      }
    }
  }

  static SalesForecast job(Frequency frequency, int horizon) {
    return new SalesForecast(settings(List.of(Measure.NET_REVENUE), frequency, horizon));
  }

  static SalesForecastSettings settings(List<Measure> measures, Frequency frequency, int horizon) {
    return new SalesForecastSettings(
        measures, List.of(new Periods(frequency, horizon)), 2, 1461, 4, List.of(), false, 365);
  }
}
