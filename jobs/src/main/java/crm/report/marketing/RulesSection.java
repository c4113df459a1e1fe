package crm.report.marketing;

import crm.report.figures.MarketingFigures.Rule;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Words;
import java.util.List;
import java.util.Locale;

/** Draws what is bought together, as rules one can read. */
final class RulesSection {
  private static final String ID = "rules";
  private static final String TITLE = "What is bought together";

  private RulesSection() {}

  static Section section(List<Rule> rules, Numbers numbers) {
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
            rules,
            RulesSection::bar),
        DataTable.of(
            List.of("In the basket", "Then also", "Of what"),
            List.of("Baskets with both", "Confidence", "Lift", "False discovery rate"),
            rules,
            rule ->
                List.of(
                    Words.plain(rule.antecedent()),
                    Words.plain(rule.consequent()),
                    rule.level(),
                    numbers.count(rule.baskets()),
                    numbers.percent(rule.confidence()),
                    numbers.decimal(rule.lift()),
                    numbers.small(rule.qValue()))));
  }

  private static BarChart.Row bar(Rule rule) {
    return new BarChart.Row(
        Words.plain(rule.antecedent()) + " → " + Words.plain(rule.consequent()),
        String.format(Locale.ROOT, "%.0f %% · %.0f ×", 100 * rule.confidence(), rule.lift()),
        rule.confidence());
  }
}
