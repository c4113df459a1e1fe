package crm.report.customer;

import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;

import crm.report.figures.CustomerFigures;
import crm.report.figures.LastModel;
import crm.report.figures.LifetimeValue;
import crm.report.figures.PublishedDay;
import crm.report.page.Group;
import crm.report.page.Numbers;
import java.util.List;

/** The report's part on customers. */
public final class CustomerReport {
  /** Months after the first order: a year. */
  private static final int MAX_COHORT_MONTHS = 12;

  private CustomerReport() {}

  /** Draws who the customers are, whether they stay and what they are worth. */
  public static List<Group> groups(PublishedDay day, LifetimeValue value, Numbers numbers) {
    CustomerFigures figures = new CustomerFigures(day);
    LastModel purchases = LastModel.of(day, CUSTOMER_LIFETIME_VALUE);
    LastModel churn = LastModel.of(day, CUSTOMER_CHURN);
    return List.of(
        new Group(
            "customers",
            "Who the customers are",
            List.of(
                RfmSection.section(figures.rfmCells(), day.date(), numbers),
                SegmentSection.section(figures.rfmSegments(), day.date(), numbers),
                ClusterSections.profiles(figures.segments(), numbers),
                ClusterSections.movements(
                    figures.segmentedBefore(), figures.movements(), numbers))),
        new Group(
            "loyalty",
            "Who stays, and what they are worth",
            List.of(
                RetentionSection.section(figures.cohorts(MAX_COHORT_MONTHS), numbers),
                LifetimeValueSection.section(value, numbers),
                PurchaseSections.alive(figures.alive(), numbers),
                PurchaseSections.holdout(purchases, numbers),
                ChurnSections.risk(figures.churnRisks(), churn, numbers),
                ChurnSections.tested(churn, numbers))));
  }
}
