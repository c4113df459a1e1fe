package crm.report.customer;

import static crm.report.RecordedModels.metric;
import static crm.report.RecordedModels.published;
import static crm.report.RecordedModels.refused;
import static crm.report.SectionRows.rows;
import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.COHORT_RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import crm.report.figures.CustomerFigures;
import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.page.HeatMap;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.testing.PublishedScores;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who came back and who is about to leave, from rows as jobs write them. */
class LoyaltySectionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 10);
  private static final Numbers NUMBERS = new Numbers("EUR");

  @TempDir static Path folder;
  private static PublishedDay day;

  @BeforeAll
  static void write() {
    PublishedScores tables = new PublishedScores(folder);
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
    // Of 100 customers in a decile 60, 20, and 5 in each of the others: 120 of 1000 left.
    List<Row> deciles =
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                decile ->
                    metric(
                        "tenth_%02d".formatted(decile),
                        decile == 1 ? 0.6 : decile == 2 ? 0.2 : 0.05,
                        decile == 1 ? 0.5 : decile == 2 ? 0.2 : 0.05))
            .toList();
    tables.append(
        OpsTables.MODEL_RUNS,
        List.of(
            published("customer_churn", TODAY.minusDays(7), deciles.toArray(Row[]::new)),
            refused("customer_churn", TODAY, "it is no better than the baseline")));
    tables.publish("run-1");
    day =
        new PublishedDay(tables.published(), TODAY, Map.of(CUSTOMER_CHURN.qualifiedName(), TODAY));
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

  @Test
  void aMonthThatIsNotOverIsBlankAndOneInWhichNobodyCameIsZero() {
    Section retention = RetentionSection.section(new CustomerFigures(day).cohorts(12), NUMBERS);
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
    Section risk =
        ChurnSections.risk(
            new CustomerFigures(day).churnRisks(), LastModel.of(day, CUSTOMER_CHURN), NUMBERS);
    assertThat(rows(risk))
        .containsExactly("very high|recency days|3|2.4|80.0 %", "low|-|1|0.3|30.0 %");
    assertThat(risk.lead())
        .contains("Of 4 customers who bought lately, 3 are expected not to buy in the 90 days");
  }

  @Test
  void theTopDecileLeftFiveTimesAsOften() {
    Section tested = ChurnSections.tested(LastModel.of(day, CUSTOMER_CHURN), NUMBERS);
    assertThat(rows(tested))
        .hasSize(10)
        .startsWith("Top decile|50.0 %|60.0 %|5.00|50.0 %", "2nd|20.0 %|20.0 %|1.67|66.7 %")
        .endsWith("Last decile|5.0 %|5.0 %|0.42|100.0 %");
    assertThat(tested.lead())
        .contains("left 5.0 times as often as all and held 50.0 % of those who left")
        .contains("1.0 points apart on average")
        .contains("A newer model is not used: it is no better than the baseline");
  }
}
