package crm.models.sales.forecast;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.store.AsOf;
import crm.engine.store.PublishedTables;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import crm.models.sales.series.DailySales;
import crm.models.sales.series.Measure;
import crm.models.sales.series.SalesForecastSettings;
import crm.models.sales.series.SeriesRow;
import crm.report.figures.PublishedDay;
import crm.report.figures.Sales;
import crm.testing.GivenInputs;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.tables.ops.OpsTables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Report, customers and forecast tell the same revenue, to the cent. Orders of two customers and of
 * nobody amount to more than zero, zero and less; some come late, are amended or cancelled, and
 * some goods come back.
 */
class RevenueAgreesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);

  @TempDir private static Path home;
  private static Workbench shop;
  private static Sales sales;

  @BeforeAll
  static void sellForThreeDays() {
    shop = new Workbench(home, "sources = [sample_shop]");
    sold(
        FIRST,
        line("two_lines", 1, "A", FIRST, 2, "5", "placed"),
        line("two_lines", 2, "A", FIRST, 1, "5.0050", "placed"),
        line("nobody", 1, "", FIRST, 1, "7", "placed"),
        line("cancelled", 1, "B", FIRST, 1, "100", "cancelled"),
        line("evened", 1, "A", FIRST, 4, "5", "placed"),
        line("evened", 2, "A", FIRST, 1, "-20", "placed"),
        line("credit", 1, "B", FIRST, 1, "-3", "placed"),
        line("discount", 1, "B", FIRST, 3, "10", "placed"),
        line("discount", 2, "B", FIRST, 1, "-10", "placed"),
        line("free", 1, "", FIRST, 1, "0", "placed"),
        line("unknown_status", 1, "A", FIRST, 1, "50", "shipped"),
        line("other_case", 1, "A", FIRST, 1, "50", "Placed"));
    sold(
        SECOND,
        line("late", 1, "A", FIRST, 1, "8", "placed"),
        line("two_lines", 1, "A", FIRST, 2, "6", "placed"),
        line("nobody", 1, "", FIRST, 1, "7", "cancelled"),
        line("discount", 1, "B", FIRST, 1, "10", "placed"),
        line("nobody_again", 1, "", SECOND, 3, "2.5", "placed"));
    sold(
        THIRD,
        line("evened", 2, "A", FIRST, 1, "-5", "placed"),
        line("small", 1, "B", THIRD, 1, "3.33", "placed"));
    returned(FIRST);
    returned(
        SECOND, "R1\ttwo_lines\tA\tP\t1\t4\t", "R2\t\t\tP\t1\t1\t", "R3\tcredit\tB\tP\t1\t2\t");
    returned(THIRD, "R4\tnobody\t\tP\t1\t1.5\t");
    assertThat(shop.load(FIRST, THIRD)).as(shop.said()).isEqualTo(ExitCode.OK);
    assertThat(shop.run(THIRD, "customer_purchases", "customer_purchase_days"))
        .as(shop.said())
        .isEqualTo(ExitCode.OK);
    sales = new Sales(PublishedDay.newest(new PublishedTables(shop.warehouse())));
  }

  private static String line(
      String order,
      int line,
      String customer,
      LocalDate day,
      int pieces,
      String price,
      String status) {
    return "%s,%d,%s,%s 10:00:00,web,P,%d,%s,EUR,%s%n"
        .formatted(order, line, customer, day, pieces, price, status);
  }

  private static void sold(LocalDate day, String... lines) {
    shop.land(
        "shop/sales_" + day + ".csv",
        "order_id,line,customer,ordered_at,channel,sku,quantity,unit_price,currency,status\n"
            + String.join("", lines));
  }

  private static void returned(LocalDate day, String... returns) {
    shop.land(
        "shop/returns_" + day + ".tsv",
        "return_id\torder_id\tcustomer\tsku\tquantity\tamount\treturned_at\n"
            + List.of(returns).stream()
                .map(row -> row + day + " 11:00:00\n")
                .collect(Collectors.joining()));
  }

  @Test
  void reportedRevenueIsThatOfCustomersAndOfOrdersWithoutOne() {
    BigDecimal reported = total(Sales.Day::gross);
    assertThat(reported).isEqualByComparingTo("50.835"); // 17.005 + 8 + 15 + 7.5 + 3.33
    assertThat(total(Sales.Day::unknown)).isEqualByComparingTo("7.5");
    for (Table totals : List.of(CUSTOMER_PURCHASES, CUSTOMER_PURCHASE_DAYS)) {
      assertThat(sum(totals, "gross_amount").add(total(Sales.Day::unknown)))
          .as(totals.name())
          .isEqualByComparingTo(reported);
    }
    assertThat(sales.days().stream().mapToLong(Sales.Day::orders).sum()).isEqualTo(5);
    assertThat(sum(CUSTOMER_PURCHASES, "orders")).isEqualByComparingTo("4");
    assertThat(total(Sales.Day::returned)).isEqualByComparingTo("8.5");
    assertThat(sum(CUSTOMER_PURCHASES, "returned_amount")).isEqualByComparingTo("6");
  }

  @Test
  void whatIsForecastIsWhatIsReported() {
    Map<LocalDate, BigDecimal> reported = new TreeMap<>();
    sales
        .days()
        .forEach(
            day ->
                reported.merge(day.date(), day.gross().subtract(day.returned()), BigDecimal::add));
    assertThat(series(Measure.NET_REVENUE))
        .isEqualTo(rounded(reported))
        .containsEntry(FIRST, new BigDecimal("40.01")) // 17.005 + 8 + 15
        .containsEntry(SECOND, new BigDecimal("0.50"))
        .containsEntry(THIRD, new BigDecimal("1.83"));
    assertThat(series(Measure.PIECES).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(String.valueOf(sales.best(1).get(0).quantity()))
        .isEqualByComparingTo("13"); // 3 + 1 + 5 + 3 + 1
  }

  @Test
  void anUnknownStatusIsRejected() {
    assertThat(
            shop.stored(OpsTables.REJECTED_ROWS).select("reason").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList())
        .containsExactly("known_status", "known_status");
    assertThat(shop.rows(ORDERS, "order_id")).doesNotContain("unknown_status", "other_case");
  }

  private static Map<LocalDate, BigDecimal> series(Measure measure) {
    GivenInputs inputs = new GivenInputs();
    for (Table table : List.of(ORDERS, ORDER_LINES, ORDER_RETURNS, PRODUCTS, CUSTOMERS)) {
      inputs.given(table, AsOf.visible(table, shop.stored(table), THIRD));
    }
    SalesForecast job =
        new SalesForecast(
            new SalesForecastSettings(
                List.of(measure),
                List.of(new SalesForecastSettings.Periods(Frequency.DAILY, 1)),
                2,
                1461,
                4,
                List.of(),
                false,
                365));
    Series total =
        SeriesRow.of(
                job.series(inputs, DailySales.delivered(inputs, job.settings(), THIRD), THIRD)
                    .where("level = 'total'")
                    .head())
            .series();
    Map<LocalDate, BigDecimal> days = new TreeMap<>();
    for (int i = 0; i < total.size(); i++) {
      days.put(total.period(i), BigDecimal.valueOf(total.values()[i]));
    }
    return rounded(days);
  }

  private static Map<LocalDate, BigDecimal> rounded(Map<LocalDate, BigDecimal> days) {
    days.replaceAll((day, amount) -> amount.setScale(2, RoundingMode.HALF_UP));
    return days;
  }

  private static BigDecimal total(Function<Sales.Day, BigDecimal> amount) {
    return sales.days().stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal sum(Table table, String column) {
    return AsOf.visible(table, shop.stored(table), THIRD)
        .selectExpr("cast(sum(%s) as decimal(38,4))".formatted(column))
        .head()
        .getDecimal(0);
  }
}
