package crm.report.marketing;

import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_ASSOCIATION_RULES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import crm.report.figures.PublishedDay;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Words;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** What is bought together, as rules one can read. */
final class RulesSection {
  private static final String ID = "rules";
  private static final String TITLE = "What is bought together";

  private RulesSection() {}

  static Section section(PublishedDay day, int max, Numbers numbers) {
    List<Row> rules =
        day.visible(PRODUCT_ASSOCIATION_RULES)
            .where(not(col("is_redundant")))
            .orderBy(
                col("leverage").desc(),
                col("confidence").desc(),
                col("source"),
                col("level"),
                col("antecedent"),
                col("consequent"))
            .limit(max)
            .collectAsList();
    if (rules.isEmpty()) {
      return Section.empty(
          ID,
          TITLE,
          "Nothing is bought together more often than by chance, as far as the baskets show. See: crm models product_association_rules");
    }
    return new Section(
        ID,
        TITLE,
        "Of the baskets with what is on the left, how many also hold what is on the right, and how many times as often as by chance. The %d rules that explain the most baskets beyond it; of two that say the same the shorter."
            .formatted(rules.size()),
        BarChart.compared(
            "A bar per rule: the share of the baskets with its left side that hold its right side.",
            List.of(),
            rules.stream().map(RulesSection::bar).toList()),
        new DataTable(
            List.of("In the basket", "Then also", "Of what"),
            List.of("Baskets with both", "Confidence", "Lift", "False discovery rate"),
            rules.stream()
                .map(
                    rule ->
                        List.of(
                            Words.plain(rule.getAs("antecedent_names")),
                            Words.plain(rule.getAs("consequent_name")),
                            rule.<String>getAs("level"),
                            numbers.count(rule.<Long>getAs("baskets_together")),
                            numbers.percent(rule.<Double>getAs("confidence")),
                            numbers.decimal(rule.<Double>getAs("lift")),
                            numbers.small(rule.<Double>getAs("q_value"))))
                .toList()));
  }

  private static BarChart.Row bar(Row rule) {
    return new BarChart.Row(
        Words.plain(rule.getAs("antecedent_names"))
            + " → "
            + Words.plain(rule.getAs("consequent_name")),
        String.format(
            Locale.ROOT,
            "%.0f %% · %.0f ×",
            100 * rule.<Double>getAs("confidence"),
            rule.<Double>getAs("lift")),
        rule.<Double>getAs("confidence"));
  }
}
