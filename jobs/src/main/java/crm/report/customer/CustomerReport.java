package crm.report.customer;

import crm.report.figures.LifetimeValue;
import crm.report.figures.PublishedDay;
import crm.report.page.Group;
import crm.report.page.Numbers;
import java.util.List;

/** The report's part on customers. */
public final class CustomerReport {
  private CustomerReport() {}

  /** Draws who the customers are, whether they stay and what they are worth. */
  public static List<Group> groups(PublishedDay day, LifetimeValue value, Numbers numbers) {
    return List.of(
        new Group(
            "customers",
            "Who the customers are",
            List.of(
                RfmSection.section(day, numbers),
                SegmentSection.section(day, numbers),
                ClusterSections.profiles(day, numbers),
                ClusterSections.movements(day, numbers))),
        new Group(
            "loyalty",
            "Who stays, and what they are worth",
            List.of(
                RetentionSection.section(day, numbers),
                LifetimeValueSection.section(value, numbers),
                PurchaseSections.alive(day, numbers),
                PurchaseSections.holdout(day, numbers),
                ChurnSections.risk(day, numbers),
                ChurnSections.tested(day, numbers))));
  }
}
