package crm.jobs.customer;

import crm.models.customer.churn.ChurnSettings;
import crm.models.customer.churn.CustomerChurn;
import crm.models.customer.lifetime.CustomerLifetimeValue;
import crm.models.customer.lifetime.LifetimeValueSettings;
import crm.models.customer.rfm.CustomerRfm;
import crm.models.customer.rfm.RfmSettings;
import crm.models.customer.segments.CustomerSegments;
import crm.models.customer.segments.SegmentationSettings;
import crm.warehouse.job.Job;
import crm.warehouse.settings.ConfigSection;
import java.util.List;

/** The jobs that compute tables about customers. */
public final class CustomerJobs {
  private CustomerJobs() {}

  /** Lists them, each with the settings of its section; a new one is a line here. */
  public static List<Job> jobs(ConfigSection settings) {
    return List.of(
        new CustomerPurchases(),
        new CustomerPurchaseDays(),
        new CustomerRfm(RfmSettings.of(settings.section("rfm"))),
        new CustomerLifetimeValue(LifetimeValueSettings.of(settings.section("lifetime-value"))),
        new CustomerSegments(SegmentationSettings.of(settings.section("segmentation"))),
        new CustomerChurn(ChurnSettings.of(settings.section("churn"))),
        new Customer360(),
        new CohortRetention());
  }
}
