package crm.report;

import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.COHORT_RETENTION;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.assertj.core.api.Assertions.assertThat;

import crm.report.customer.ChurnSections;
import crm.report.customer.RetentionSection;
import crm.report.figures.PublishedDay;
import crm.report.figures.RevenueForecast;
import crm.report.figures.Sales;
import crm.report.marketing.AudienceSections;
import crm.report.marketing.RecommendationSection;
import crm.report.page.Group;
import crm.report.page.HeatMap;
import crm.report.page.Numbers;
import crm.report.page.Page;
import crm.report.page.Section;
import crm.report.sales.ForecastAccuracySections;
import crm.report.sales.ForecastSection;
import crm.testing.PublishedScores;
import crm.warehouse.Table;
import crm.warehouse.tables.ops.OpsTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report tells of what is to come, from rows as jobs write them. */
class OutlookTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 10);
  private static final Numbers NUMBERS = new Numbers("EUR");
  private static final String HOSTILE = "</title><script>alert(1)</script>";

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
    tables.write(
        COHORT_RETENTION,
        TODAY.toString(),
        String.join(
            ",",
            cohort("shop", "2026-03-01", 0, 10, 10, 10, 0, 100),
            cohort("shop", "2026-03-01", 1, 10, 0, 2, 0, 100),
            "('shop', date'2026-03-01', 2, false, 10, null, null, null, null, null, null, null, null, null)",
            cohort("kiosk", "2026-02-01", 1, 3, 1, 2, 1, 30),
            cohort("shop", "2026-02-01", 1, 5, 2, 3, 2, 50),
            cohort("shop", "2026-02-01", 2, 5, 1, 1, 2, 60)));
    tables.write(
        CUSTOMER_CHURN,
        TODAY.toString(),
        String.join(
            ",",
            churn("A", 0.9, "very high", "recency_days", 1),
            churn("B", 0.7, "very high", "recency_days", 1),
            churn("C", 0.8, "very high", "orders", 1),
            churn("D", 0.3, "low", "orders", -1)));
    tables.write(
        CUSTOMER_RECOMMENDATIONS,
        TODAY.toString(),
        String.join(
            ",",
            recommended("Zyxwvu1", 1, "P1", HOSTILE, "bought with", "'P2', 'Tea\u202E pot'"),
            recommended("Zyxwvu1", 2, "P3", "Cup", "popular", "null, null"),
            recommended("Zyxwvu2", 1, "P1", HOSTILE, "bought with", "'P2', 'Tea\u202E pot'"),
            recommended("Zyxwvu3", 1, "P1", HOSTILE, "popular", "null, null")));
    List<Metric> forecasts =
        List.of(
            new Metric("mase_of_shop_net_revenue_monthly_total", 0.8, 1.6),
            new Metric("wape_of_shop_net_revenue_monthly_total", 0.1, 0.2),
            new Metric("wape_of_shop_net_revenue_monthly_total_ahead_01", 0.05, 0.15),
            new Metric("wape_of_shop_net_revenue_monthly_total_ahead_02", 0.15, 0.25),
            new Metric("wape_of_shop_net_revenue_daily_total", 0.7, 0.9));
    // Of 100 customers in a decile 60, 20, and 5 in each of the others: 120 of 1000 left.
    List<Metric> deciles =
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                decile ->
                    new Metric(
                        "tenth_%02d".formatted(decile),
                        decile == 1 ? 0.6 : decile == 2 ? 0.2 : 0.05,
                        decile == 1 ? 0.5 : decile == 2 ? 0.2 : 0.05))
            .toList();
    tables.append(
        OpsTables.MODEL_RUNS,
        List.of(
            model("sales_forecast", TODAY, null, forecasts),
            model("customer_churn", TODAY.minusDays(7), null, deciles),
            model("customer_churn", TODAY, "it is no better than the baseline", List.of()),
            model(
                "customer_recommendations",
                TODAY,
                null,
                List.of(new Metric("ndcg_at_10_of_item_item", 0.12, 0.04)))));
    tables.append(
        OpsTables.EXPORTS,
        List.of(
            export("lapsed", TODAY.minusDays(1), "exported", 80, 20, 0, 1),
            export("champions", TODAY.minusDays(1), "exported", 60, 5, 0, 1),
            export("champions", TODAY, "exported", 70, 5, 0, 2),
            export("champions", TODAY, "too_small", 0, 30, 45, 3)));
    tables.publish("run-1");
    Map<String, LocalDate> accepted =
        Stream.of(SALES_FORECAST, FORECAST_ACCURACY, CUSTOMER_CHURN, CUSTOMER_RECOMMENDATIONS)
            .collect(Collectors.toMap(Table::qualifiedName, table -> TODAY));
    day = new PublishedDay(tables.published(), TODAY, accepted);
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

  private static String cohort(
      String source, String month, int age, int customers, int then, int later, int by, int net) {
    return "('%s', date'%s', %d, true, %d, %d, 0, %d, 0, %d, 0, 0, %d, 0)"
        .formatted(source, month, age, customers, then, later, by, net);
  }

  private static String churn(
      String customer, double probability, String risk, String reason, int effect) {
    return "('shop', '%s', %s, '%s', %d, 0, '%s', '1', %d, null, null, 0, null, null, 0, 0, 90, 'logistic-regression', 'm')"
        .formatted(customer, probability, risk, effect, reason, effect);
  }

  private static String recommended(
      String customer, int rank, String id, String name, String reason, String because) {
    return "('shop', '%s', %d, '%s', '%s', 'item-item', 1, '%s', %s, 'm')"
        .formatted(customer, rank, id, name, reason, because);
  }

  private record Metric(String name, double value, double baseline) {}

  private static Row model(String name, LocalDate date, String refusal, List<Metric> metrics) {
    return RowFactory.create(
        name + date,
        "run-1",
        name,
        Date.valueOf(date),
        "",
        Date.valueOf(date),
        null,
        refusal == null ? "published" : "refused",
        refusal,
        "A",
        new Object[] {RowFactory.create("method", "item-item")},
        metrics.stream()
            .map(of -> RowFactory.create(of.name(), of.value(), "closer", of.baseline()))
            .toArray(),
        new Object[0],
        new Object[0],
        "",
        "",
        "",
        "",
        Timestamp.valueOf(date.atStartOfDay()));
  }

  private static Row export(
      String audience,
      LocalDate date,
      String status,
      long exported,
      long withdrawn,
      long withheld,
      int hour) {
    List<Object> cells = new ArrayList<>();
    cells.addAll(
        List.of(audience + hour, "run-1", audience, Date.valueOf(date), "generic", "marketing"));
    cells.addAll(List.of("email", status, exported + withdrawn + withheld, exported));
    cells.addAll(List.of(0L, 0L, 0L, withdrawn, 0L, 0L, 0L, withheld, 50L, 1L, 1L, 1L, "", ""));
    cells.add(Timestamp.valueOf(TODAY.atTime(hour, 0)));
    return RowFactory.create(cells.toArray());
  }

  private static List<String> rows(Section section) {
    return section.table().orElseThrow().rows().stream().map(row -> String.join("|", row)).toList();
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
    assertThat(rows(ForecastAccuracySections.tested(revenue(DAYS), day, NUMBERS)))
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

  @Test
  void aMonthThatIsNotOverIsBlankAndOneInWhichNobodyCameIsZero() {
    Section retention = RetentionSection.section(day, NUMBERS);
    assertThat(rows(retention))
        .containsExactly(
            "2026-02|1|8|3|37.5 %|62.5 %|37.5 %|10.00",
            "2026-02|2|5|1|20.0 %|20.0 %|40.0 %|12.00", "2026-03|1|10|0|0.0 %|20.0 %|0.0 %|10.00");
    assertThat(((HeatMap) retention.chart().orElseThrow()).cells())
        .extracting(HeatMap.Cell::big)
        .containsExactly("38", "20", "0");
    // 3 of 18.
    assertThat(retention.lead()).contains("together 16.7 % after 1 month.");
  }

  @Test
  void customersAreCountedByTheirRiskToLeave() {
    Section risk = ChurnSections.risk(day, NUMBERS);
    assertThat(rows(risk))
        .containsExactly("very high|recency days|3|2.4|80.0 %", "low|-|1|0.3|30.0 %");
    assertThat(risk.lead())
        .contains("Of 4 customers who bought lately, 3 are expected not to buy in the 90 days");
  }

  @Test
  void theTopDecileLeftFiveTimesAsOften() {
    Section tested = ChurnSections.tested(day, NUMBERS);
    assertThat(rows(tested))
        .hasSize(10)
        .startsWith("Top decile|50.0 %|60.0 %|5.00|50.0 %", "2nd|20.0 %|20.0 %|1.67|66.7 %")
        .endsWith("Last decile|5.0 %|5.0 %|0.42|100.0 %");
    assertThat(tested.lead())
        .contains("left 5.0 times as often as all and held 50.0 % of those who left")
        .contains("1.0 points apart on average")
        .contains("A newer model is not used: it is no better than the baseline");
  }

  @Test
  void whatIsRecommendedIsToldWithItsReasonsAndWithoutACustomer() {
    Section recommended = RecommendationSection.section(day, 10, NUMBERS);
    assertThat(rows(recommended))
        .containsExactly(
            HOSTILE + "|Tea pot|3|66.7 %|0.0 %|0.0 %|33.3 %", "Cup|-|1|0.0 %|0.0 %|0.0 %|100.0 %");
    assertThat(recommended.lead())
        .contains("the most of 3 customers", "50.0 % are made because of another product")
        .contains("item-item, predicted the last days best: NDCG@10 is 0.1200");
    String html =
        Html.render(
            new Page(
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(new Group("offers", "", List.of(recommended)))));
    assertThat(html)
        .contains("&lt;/title&gt;&lt;script&gt;alert(1)")
        .doesNotContain("<script", "\u202E", "Zyxwvu");
  }

  @Test
  void anAudienceIsAsItsNewestReceiptSays() {
    List<AudienceSections.Receipt> receipts = AudienceSections.receipts(day);
    assertThat(rows(AudienceSections.exported(receipts, NUMBERS)))
        .containsExactly(
            "champions|2026-05-10|email|too small|75|0|0|0|0|30|0|0|0|45",
            "lapsed|2026-05-09|email|exported|100|80|0|0|0|20|0|0|0|0");
    assertThat(rows(AudienceSections.sizes(receipts, NUMBERS)))
        .containsExactly(
            "lapsed|2026-05-09|exported|100|80",
            "champions|2026-05-09|exported|65|60",
            "champions|2026-05-10|too small|75|0");
    assertThat(AudienceSections.sizes(receipts.subList(0, 1), NUMBERS).lead())
        .contains("Audiences were exported for one date so far");
  }
}
