package crm.report.sales;

import static crm.report.RecordedModels.metric;
import static crm.report.RecordedModels.published;
import static crm.report.SectionRows.rows;
import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.assertj.core.api.Assertions.assertThat;

import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.figures.RevenueForecast;
import crm.report.figures.Sales;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.testing.PublishedScores;
import crm.warehouse.tables.ops.OpsTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forecast of revenue and its errors, from rows as jobs write them. */
class ForecastSectionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 10);
  private static final Numbers NUMBERS = new Numbers("EUR");

  /** From the first day of January; nothing in March, returns in February. */
  private static final List<Sales.Day> DAYS =
      List.of(
          sold("shop", "2026-01-01", 100, 0),
          sold("shop", "2026-02-10", 200, 0),
          sold("shop", "2026-02-20", 0, 50),
          sold("shop", "2026-04-05", 300, 0),
          sold("shop", "2026-05-02", 999, 0),
          sold("kiosk", "2026-01-01", 7, 0));

  @TempDir static Path folder;
  private static PublishedDay day;

  private static Sales.Day sold(String source, String date, int gross, int returned) {
    return new Sales.Day(
        source,
        LocalDate.parse(date),
        1,
        BigDecimal.valueOf(gross),
        BigDecimal.ZERO,
        BigDecimal.valueOf(returned));
  }

  @BeforeAll
  static void write() {
    PublishedScores tables = new PublishedScores(folder);
    tables.write(
        SALES_FORECAST,
        TODAY.toString(),
        Stream.of(
                forecast("shop", "net_revenue", "monthly", 1, "2026-05-01", "2026-04-01", 250),
                forecast("shop", "net_revenue", "monthly", 2, "2026-06-01", "2026-04-01", 260),
                forecast("shop", "net_revenue", "daily", 1, "2026-05-10", "2026-05-09", 9),
                forecast("shop", "gross_revenue", "monthly", 1, "2026-05-01", "2026-04-01", 270),
                forecast("shop", "pieces", "monthly", 1, "2026-05-01", "2026-04-01", 3),
                forecast("kiosk", "net_revenue", "monthly", 1, "2026-05-01", "2026-04-01", 7))
            .collect(Collectors.joining(",")));
    tables.write(
        FORECAST_ACCURACY,
        TODAY.toString(),
        String.join(
            ",",
            judged("2026-01-01", 2, "2026-03-01", 0, 90, 0),
            judged("2026-02-01", 1, "2026-03-01", 0, 30, 1),
            judged("2026-02-01", 2, "2026-04-01", 300, 240, 1),
            judged("2026-03-01", 1, "2026-04-01", 300, 270, 1)));
    tables.append(
        OpsTables.MODEL_RUNS,
        List.of(
            published(
                "sales_forecast",
                TODAY,
                metric("mase_of_shop_net_revenue_monthly_total", 0.8, 1.6),
                metric("wape_of_shop_net_revenue_monthly_total", 0.1, 0.2),
                metric("wape_of_shop_net_revenue_monthly_total_ahead_01", 0.05, 0.15),
                metric("wape_of_shop_net_revenue_monthly_total_ahead_02", 0.15, 0.25),
                metric("wape_of_shop_net_revenue_daily_total", 0.7, 0.9))));
    tables.publish("run-1");
    day =
        new PublishedDay(
            tables.published(),
            TODAY,
            Map.of(
                SALES_FORECAST.qualifiedName(), TODAY, FORECAST_ACCURACY.qualifiedName(), TODAY));
  }

  private static String forecast(
      String source,
      String measure,
      String frequency,
      int horizon,
      String start,
      String origin,
      int amount) {
    return "('%s', '%s', '%s', 'total', '(all)', null, date'%s', %d, date'%s', date'2026-05-01', %d, %d, %d, %d, %d, 'theta', 'conformal', 1, 'm')"
        .formatted(
            source,
            measure,
            frequency,
            start,
            horizon,
            origin,
            amount,
            amount - 50,
            amount + 50,
            amount - 100,
            amount + 100);
  }

  /** By the run of the day after; {@code inside} of the narrower bounds. */
  private static String judged(
      String origin, int horizon, String start, int actual, int forecast, int inside) {
    int error = actual - forecast;
    return "('shop', 'net_revenue', 'monthly', 'total', date'%s', %d, date'%s', date'2026-02-02', 'm', 1, %d, %d, %d, %d, null, null, 0.5, 1, %d, 1)"
        .formatted(origin, horizon, start, actual, forecast, error, Math.abs(error), inside);
  }

  private static Optional<RevenueForecast> revenue(List<Sales.Day> days) {
    return RevenueForecast.of(day, days);
  }

  @Test
  void theForecastStandsAfterActualRevenueAndEarlierForecasts() {
    Section forecast = ForecastSection.section(revenue(DAYS), NUMBERS);
    assertThat(rows(forecast))
        .containsExactly(
            "2026-01|100.00|||||",
            "2026-02|150.00|||||",
            "2026-03|0.00|30.00||||",
            "2026-04|300.00|270.00||||",
            "2026-05||250.00|200.00|300.00|150.00|350.00",
            "2026-06||260.00|210.00|310.00|160.00|360.00");
    assertThat(forecast.lead())
        .contains("by month, net of returns: EUR 510 is expected of the next 2 months")
        .contains("2026-05 is left out")
        .contains("This is shop, which sold most; curated.sales_forecast has all 2 sources");
  }

  @Test
  void monthsThatShowTooLittleGiveWayToDays() {
    List<Sales.Day> sinceFebruary =
        DAYS.stream().filter(sold -> sold.date().getMonthValue() > 1).toList();
    assertThat(rows(ForecastSection.section(revenue(sinceFebruary), NUMBERS)))
        .hasSize(24 + 1)
        .endsWith("2026-05-09|0.00|||||", "2026-05-10||9.00|-41.00|59.00|-91.00|109.00");
  }

  @Test
  void errorsOfTheForecastStandBesideThoseOfTheSeasonalNaive() {
    assertThat(
            rows(
                ForecastAccuracySections.tested(
                    revenue(DAYS), LastModel.of(day, SALES_FORECAST), NUMBERS)))
        .containsExactly(
            "all together|10.0 %|20.0 %|0.80|1.60",
            "1 month ahead|5.0 %|15.0 %|-|-", "2 months ahead|15.0 %|25.0 %|-|-");
  }

  @Test
  void earlierForecastsAreJudgedByHowFarTheyLookedAhead() {
    Section judged = ForecastAccuracySections.judged(revenue(DAYS), NUMBERS);
    // One month ahead: 30 + 30 off of 0 + 300; two: 90 + 60.
    assertThat(rows(judged))
        .containsExactly(
            "1 month ahead|2|300.00|300.00|20.0 %|0.50|2 of 2|2 of 2",
            "2 months ahead|2|330.00|300.00|50.0 %|0.50|1 of 2|2 of 2");
    assertThat(judged.lead()).contains("inside the 80 % interval in 3 of 4 cases");
  }
}
