package crm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.engine.store.PublishedTables;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten customers order for 10, 20, ... 100, and the last returns everything. Somebody unknown orders
 * for 7; K11 orders for 5 and is deleted; K12 never orders; an order of 1000 is cancelled.
 */
class ReportTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 30);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final String SOURCES = "sources = [sample_shop, sample_profiles, sample_erp]";
  private static final Instant NOW = Instant.parse("2026-02-01T05:06:07Z");

  @TempDir static Path home;
  private static Workbench company;
  private static String html;

  @BeforeAll
  static void runTwoDaysAndReport() throws IOException {
    company = new Workbench(home, SOURCES);
    StringBuilder sales = new StringBuilder(sale("1", "", "P3", "7", "placed"));
    sales.append(sale("2", "K01", "P1", "1000", "cancelled"));
    sales.append(sale("3", "K01", "P1", "ten", "placed"));
    StringBuilder customers = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      String id = "K%02d".formatted(i);
      customers.append(customer("upsert", id, FIRST));
      if (i <= 10) {
        sales.append(sale("N" + id, id, i < 10 ? "P1" : "P2", i + "0", "placed"));
      }
    }
    String header =
        "order_id,line,customer,ordered_at,channel,sku,quantity,unit_price,currency,status\n";
    String returns = "return_id\torder_id\tcustomer\tsku\tquantity\tamount\treturned_at\n";
    company
        .land("shop/sales_" + FIRST + ".csv", header + sales)
        .land(
            "shop/sales_" + SECOND + ".csv",
            header + "L,1,K11," + SECOND + " 09:00:00,web,P2,1,5,EUR,placed\n")
        .land("shop/returns_" + FIRST + ".tsv", returns)
        .land(
            "shop/returns_" + SECOND + ".tsv",
            returns + "R\tNK10\tK10\tP2\t1\t100\t" + SECOND + " 10:00:00\n")
        .land("profiles/customers_" + FIRST + ".jsonl", customers.toString())
        .land("profiles/customers_" + SECOND + ".jsonl", customer("delete", "K11", SECOND))
        .land(
            "erp/products_" + FIRST + ".csv",
            "sku,name,category,list_price\n"
                + "P1,</title><script>alert(1)</script>,x,1\n"
                + "P2,\"\"\"onload=alert(2) {{7*7}}\",x,1\n");
    assertThat(company.run(FIRST, SECOND)).as(company.said()).isEqualTo(ExitCode.OK);
    html = report(company);
  }

  private static String sale(
      String order, String customer, String product, String price, String status) {
    return "%s,1,%s,%s 09:00:00,web,%s,1,%s,EUR,%s\n"
        .formatted(order, customer, FIRST, product, price, status);
  }

  private static String customer(String operation, String id, LocalDate day) {
    return ("{\"op\":\"%s\",\"id\":\"%s\",\"name\":\"Zyxwvu %s\",\"city\":\"Bonn\",\"country\":\"DE\","
            + "\"registered_at\":\"%s 07:00:00\",\"email\":\"zyxwvu-%s@example.com\","
            + "\"email_marketing\":\"granted\",\"changed_at\":\"%s 08:00:00\"}\n")
        .formatted(operation, id, id, FIRST, id, day);
  }

  private static String report(Workbench company) throws IOException {
    Path file = company.home().resolve("new/report.html");
    assertThat(
            new Report(file.toString(), "EUR")
                .run(new PublishedTables(company.warehouse()), NOW)
                .summary())
        .isEqualTo("wrote " + file.toAbsolutePath());
    try (var files = Files.list(file.getParent())) {
      assertThat(files).as("nothing half written is left").containsExactly(file);
    }
    return Files.readString(file);
  }

  @Test
  void theHeadlineCountsWhoIsThereAndWhatWasSold() {
    // Of 12 customers one is deleted. 550 + 7 + 5 were ordered, 100 returned.
    assertThat(text(html))
        .contains("Customers 11 10 of them ordered")
        .contains("Orders 12 ")
        .contains("Revenue, net EUR 462 after EUR 100 of returns; EUR 7 is from customers nobody")
        .contains("As of 2026-01-31")
        .contains("Made 2026-02-01 05:06 UTC")
        .contains("Run " + new PublishedTables(company.warehouse()).runId());
  }

  @Test
  void revenueIsToldByDayWithReturnsApart() {
    assertThat(rows("revenue"))
        .containsExactly("2026-01-30|11|557.00|0.00|557.00", "2026-01-31|1|5.00|100.00|-95.00");
  }

  @Test
  void theGridHoldsEveryScoredCustomer() {
    assertThat(rows("rfm")).containsExactly("1|1|Hibernating|10|45.00");
    assertThat(section("rfm").split("<rect")).hasSize(1 + 25);
  }

  @Test
  void segmentsHoldThoseWhoNeverOrderedToo() {
    assertThat(rows("segments"))
        .containsExactly(
            "Hibernating|10|90.9 %|450.00|100.0 %|" + lifetimeValue(0, 90) + "|10",
            "Prospects|1|9.1 %|0.00|0.0 %|0.00|1");
  }

  @Test
  void theTopDecileHasItsShareOfTheLifetimeValue() {
    assertThat(rows("lifetime-value"))
        .hasSize(10)
        .startsWith(
            "Top decile|1|%1$s|%1$s|%1$s|20.0 %%".formatted(lifetimeValue(90, 90)),
            "2nd|1|%1$s|%1$s|%1$s|17.8 %%".formatted(lifetimeValue(80, 80)))
        .endsWith("Last decile|1|0.00|0.00|0.00|0.0 %");
  }

  /** Of customers who paid so much in less than a year, in steps of ten. */
  private static String lifetimeValue(int from, int to) {
    // 1/1.1 + 1/1.1^2 + 1/1.1^3: three years at ten percent.
    BigDecimal factor = new BigDecimal("2.486851990984");
    return IntStream.rangeClosed(from / 10, to / 10)
        .mapToObj(tens -> factor.multiply(BigDecimal.valueOf(10L * tens)))
        .map(value -> value.setScale(2, RoundingMode.HALF_UP))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .toString()
        .replaceFirst("(\\d)(\\d{3}[.])", "$1,$2");
  }

  /** Ten customers of two days are too few for any model, and each section says so. */
  @Test
  void whatNoModelCanTellIsSaid() {
    assertThat(rows("clusters")).singleElement().asString().startsWith("All customers|10|100.0 %|");
    assertThat(rows("alive")).singleElement().asString().isEqualTo("bought on one day|10|0.0|0.00");
    assertThat(section("movements")).contains("nobody moved yet");
    assertThat(section("holdout")).contains("too few days or customers yet");
    assertThat(section("rules")).contains("Nothing is bought together more often than by chance");
  }

  @Test
  void productsAreNamedAndTheUnknownOneByItsId() {
    assertThat(rows("products"))
        .containsExactly(
            "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;|9|450.00",
            "\"onload=alert(2) {{7*7}}|2|105.00",
            "P3|1|7.00");
  }

  @Test
  void recordsAreAccountedForAndRejectionsCounted() {
    assertThat(rows("records")).contains("load_shop_order_lines|2026-01-31|2|14|13|1|0|0|0|0|0|0");
    assertThat(rows("rejected"))
        .containsExactly("load_shop_order_lines|not_a_decimal|unit_price|2026-01-30|1");
    assertThat(rows("timing"))
        .hasSize(company.graph().ordered().size())
        .anyMatch(row -> row.startsWith("customer_rfm|2026-01-31|2026-01-31|succeeded|1|10|"));
  }

  @Test
  void everyPictureHasItsNumbersAndItsWords() {
    for (String id :
        List.of("revenue", "rfm", "segments", "lifetime-value", "products", "records", "timing")) {
      assertThat(section(id))
          .contains(
              "<svg", "role=\"img\"", "<title id=", "<desc id=", "<details>", "scope=\"col\"");
    }
  }

  @Test
  void aHostileNameIsOnlyText() {
    assertThat(html).doesNotContain("<script").doesNotContainPattern("<[^>]*onload");
    assertThat(html).contains("{{7*7}}");
  }

  @Test
  void thePageAsksNobodyForAnything() {
    assertThat(html)
        .doesNotContain("http:", "https:", "src=", "href=", "url(", "@import", "style=\"", "<link");
  }

  @Test
  void onlyTheOneStyleSheetIsAllowed() throws Exception {
    Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(html);
    assertThat(style.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .containsOnlyOnce("<style")
        .contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "';");
  }

  @Test
  void noCustomerIsOnThePage() {
    assertThat(html).doesNotContain("Zyxwvu", "zyxwvu", "example.com", "Bonn", "NK0", "K01", "K12");
  }

  @Test
  void withoutARunThereIsNothingToReport(@TempDir Path empty) {
    Workbench nobody = new Workbench(empty, SOURCES);
    assertThatThrownBy(() -> new PublishedTables(nobody.warehouse()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Run crm run --all --date D");
  }

  /** Published in spite of a failure, as a pipeline may; and then nothing went well any more. */
  @Test
  void aRunThatFailedIsReportedWithWhatIsMissing(@TempDir Path empty) throws IOException {
    Workbench nobody = new Workbench(empty, SOURCES);
    assertThat(nobody.run(FIRST)).isEqualTo(ExitCode.RETRYABLE);
    nobody.runner().publication().publish();
    assertThat(nobody.run(SECOND)).isEqualTo(ExitCode.RETRYABLE);
    String page = report(nobody);
    assertThat(page).contains("2026-01-31");
    assertThat(text(page))
        .contains("As of 2026-01-30", "Customers 0 0 of them ordered", "Revenue, net EUR 0")
        .contains("The last run of", "did not succeed")
        .contains("curated.customer_rfm has no rows dated 2026-01-30.")
        .contains("No customers have a lifetime value")
        .contains("Nothing was sold yet.", "No record is rejected.")
        .contains("No revenue is forecast", "No forecast period is over yet")
        .contains("nobody could be seen to come back", "No customer has a probability of leaving")
        .contains("Nothing is recommended", "No audience was exported yet");
  }

  /** The rows of a section's table, cells between bars. */
  private static List<String> rows(String id) {
    return Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL)
        .matcher(section(id).replaceFirst("(?s)<thead>.*?</thead>", ""))
        .results()
        .map(row -> row.group(1).strip().replaceAll("</t[hd]>\\s*<t[hd][^>]*>", "|"))
        .map(row -> row.replaceAll("</?t[hd][^>]*>", ""))
        .toList();
  }

  private static String section(String id) {
    int start = html.indexOf("<section aria-labelledby=\"" + id + "\"");
    assertThat(start).as(id).isPositive();
    return html.substring(start, html.indexOf("</section>", start));
  }

  /** What a reader sees, in one line. */
  private static String text(String page) {
    return page.replaceAll("(?s)<style>.*</style>", "")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }
}
