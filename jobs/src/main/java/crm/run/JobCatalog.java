package crm.run;

import crm.ingest.LoadTable;
import crm.jobs.customer.CohortRetention;
import crm.jobs.customer.Customer360;
import crm.jobs.customer.CustomerInterests;
import crm.jobs.customer.CustomerPurchaseDays;
import crm.jobs.customer.CustomerPurchases;
import crm.models.churn.CustomerChurn;
import crm.models.customer.CustomerRfm;
import crm.models.lifetime.CustomerLifetimeValue;
import crm.models.marketing.recommendations.CustomerRecommendations;
import crm.models.marketing.rules.ProductAssociationRules;
import crm.models.sales.forecast.SalesForecast;
import crm.models.segments.CustomerSegments;
import crm.warehouse.Job;
import java.util.ArrayList;
import java.util.List;

/** Every job there is, given the settings. */
public final class JobCatalog {
  private JobCatalog() {}

  /** The ingestions of the sources, one per table. */
  public static List<LoadTable> ingestions(Settings settings) {
    return settings.sources().stream()
        .flatMap(source -> LoadTable.of(source, settings.rules()).stream())
        .toList();
  }

  /** The jobs that compute tables from tables; a new one is a line here. */
  public static List<Job> computations(Settings settings) {
    ModelSettings models = settings.models();
    return List.of(
        new CustomerPurchases(),
        new CustomerPurchaseDays(),
        new CustomerRfm(models.rfm()),
        new CustomerLifetimeValue(models.lifetimeValue()),
        new CustomerSegments(models.segmentation()),
        new CustomerChurn(models.churn()),
        new Customer360(),
        new CohortRetention(),
        new CustomerInterests(models.interests()),
        new ProductAssociationRules(models.associationRules()),
        new CustomerRecommendations(models.recommendations()),
        new SalesForecast(models.salesForecast()));
  }

  public static List<Job> all(Settings settings) {
    List<Job> jobs = new ArrayList<>(ingestions(settings));
    jobs.addAll(computations(settings));
    return jobs;
  }
}
