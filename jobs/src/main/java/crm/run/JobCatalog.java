package crm.run;

import crm.ingest.LoadTable;
import crm.jobs.customer.CohortRetention;
import crm.jobs.customer.Customer360;
import crm.jobs.customer.CustomerInterests;
import crm.jobs.customer.CustomerPurchaseDays;
import crm.jobs.customer.CustomerPurchases;
import crm.jobs.customer.InterestSettings;
import crm.models.churn.ChurnSettings;
import crm.models.churn.CustomerChurn;
import crm.models.customer.CustomerRfm;
import crm.models.customer.RfmSettings;
import crm.models.lifetime.CustomerLifetimeValue;
import crm.models.lifetime.LifetimeValueSettings;
import crm.models.marketing.recommendations.CustomerRecommendations;
import crm.models.marketing.recommenders.RecommendationSettings;
import crm.models.marketing.rules.AssociationRuleSettings;
import crm.models.marketing.rules.ProductAssociationRules;
import crm.models.sales.forecast.SalesForecast;
import crm.models.sales.forecast.SalesForecastSettings;
import crm.models.segments.CustomerSegments;
import crm.models.segments.SegmentationSettings;
import crm.warehouse.ConfigSection;
import crm.warehouse.Job;
import java.util.ArrayList;
import java.util.List;

/** Every job there is, given the settings. */
public final class JobCatalog {
  private JobCatalog() {}

  /** The ingestions of the sources, one per table. */
  public static List<LoadTable> ingestions(Settings settings) {
    return settings.sources().stream()
        .flatMap(source -> LoadTable.forSource(source, settings.rules()).stream())
        .toList();
  }

  /**
   * The jobs that compute tables from tables, each with the settings of its section; a new one is a
   * line here.
   */
  static List<Job> computations(ConfigSection settings) {
    return List.of(
        new CustomerPurchases(),
        new CustomerPurchaseDays(),
        new CustomerRfm(RfmSettings.of(settings.section("rfm"))),
        new CustomerLifetimeValue(LifetimeValueSettings.of(settings.section("lifetime-value"))),
        new CustomerSegments(SegmentationSettings.of(settings.section("segmentation"))),
        new CustomerChurn(ChurnSettings.of(settings.section("churn"))),
        new Customer360(),
        new CohortRetention(),
        new CustomerInterests(InterestSettings.of(settings.section("interests"))),
        new ProductAssociationRules(
            AssociationRuleSettings.of(settings.section("association-rules"))),
        new CustomerRecommendations(RecommendationSettings.of(settings.section("recommendations"))),
        new SalesForecast(SalesForecastSettings.of(settings.section("sales-forecast"))));
  }

  public static List<Job> all(Settings settings) {
    List<Job> jobs = new ArrayList<>(ingestions(settings));
    jobs.addAll(settings.computations());
    return jobs;
  }
}
