package crm.report.marketing;

import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;

import crm.report.figures.LastModel;
import crm.report.figures.MarketingFigures;
import crm.report.figures.MarketingFigures.Receipt;
import crm.report.figures.PublishedDay;
import crm.report.figures.Sales;
import crm.report.page.Group;
import crm.report.page.Numbers;
import java.util.List;

/** The report's part on marketing. */
public final class MarketingReport {
  private static final int BEST_PRODUCTS = 10;
  private static final int BEST_RULES = 12;

  private MarketingReport() {}

  /** Draws what is bought and may be offered, and who was written to. */
  public static List<Group> groups(PublishedDay day, Sales sales, Numbers numbers) {
    MarketingFigures figures = new MarketingFigures(day);
    List<Receipt> receipts = figures.receipts();
    return List.of(
        new Group(
            "offers",
            "What they buy, and what to offer them",
            List.of(
                ProductSection.section(sales.best(BEST_PRODUCTS), numbers),
                RulesSection.section(figures.bestRules(BEST_RULES), numbers),
                RecommendationSection.section(
                    figures.recommended(BEST_PRODUCTS),
                    figures.allRecommended(),
                    LastModel.of(day, CUSTOMER_RECOMMENDATIONS),
                    numbers))),
        new Group(
            "exports",
            "Who was written to",
            List.of(
                AudienceSections.exported(receipts, numbers),
                AudienceSections.sizes(receipts, numbers))));
  }
}
