package crm.report.marketing;

import static crm.report.RecordedModels.metric;
import static crm.report.RecordedModels.published;
import static crm.report.SectionRows.rows;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.report.figures.LastModel;
import crm.report.figures.MarketingFigures;
import crm.report.figures.PublishedDay;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.testing.PublishedScores;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recommended and who was written to, from rows as jobs write them. */
class OfferSectionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 10);
  private static final Numbers NUMBERS = new Numbers("EUR");
  private static final String HOSTILE = "</title><script>alert(1)</script>";

  @TempDir static Path folder;
  private static PublishedDay day;

  @BeforeAll
  static void write() {
    PublishedScores tables = new PublishedScores(folder);
    tables.write(
        CUSTOMER_RECOMMENDATIONS,
        TODAY.toString(),
        String.join(
            ",",
            recommended("Zyxwvu1", 1, "P1", HOSTILE, "bought with", "'P2', 'Tea\u202E pot'"),
            recommended("Zyxwvu1", 2, "P3", "Cup", "popular", "null, null"),
            recommended("Zyxwvu2", 1, "P1", HOSTILE, "bought with", "'P2', 'Tea\u202E pot'"),
            recommended("Zyxwvu3", 1, "P1", HOSTILE, "popular", "null, null")));
    tables.append(
        OpsTables.MODEL_RUNS,
        List.of(
            published(
                "customer_recommendations", TODAY, metric("ndcg_at_10_of_item_item", 0.12, 0.04))));
    tables.append(
        OpsTables.EXPORTS,
        List.of(
            export("lapsed", TODAY.minusDays(1), "exported", 80, 20, 0, 1),
            export("champions", TODAY.minusDays(1), "exported", 60, 5, 0, 1),
            export("champions", TODAY, "exported", 70, 5, 0, 2),
            export("champions", TODAY, "too_small", 0, 30, 45, 3)));
    tables.publish("run-1");
    day =
        new PublishedDay(
            tables.published(), TODAY, Map.of(CUSTOMER_RECOMMENDATIONS.qualifiedName(), TODAY));
  }

  private static String recommended(
      String customer, int rank, String id, String name, String reason, String because) {
    return "('shop', '%s', %d, '%s', '%s', 'item-item', 1, '%s', %s, 'm')"
        .formatted(customer, rank, id, name, reason, because);
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

  @Test
  void whatIsRecommendedIsToldWithItsReasonsAndWithoutACustomer() {
    MarketingFigures figures = new MarketingFigures(day);
    Section recommended =
        RecommendationSection.section(
            figures.recommended(10),
            figures.allRecommended(),
            LastModel.of(day, CUSTOMER_RECOMMENDATIONS),
            NUMBERS);
    assertThat(rows(recommended))
        .containsExactly(
            HOSTILE + "|Tea pot|3|66.7 %|0.0 %|0.0 %|33.3 %", "Cup|-|1|0.0 %|0.0 %|0.0 %|100.0 %");
    assertThat(recommended.lead())
        .contains("the most of 3 customers", "50.0 % are made because of another product")
        .contains("item-item, predicted the last days best: NDCG@10 is 0.1200");
    assertThat(recommended.toString()).doesNotContain("\u202E", "Zyxwvu");
  }

  @Test
  void anAudienceIsAsItsNewestReceiptSays() {
    List<MarketingFigures.Receipt> receipts = new MarketingFigures(day).receipts();
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
