package crm.jobs.marketing;

import crm.learning.recommending.RecommendationSettings;
import crm.models.marketing.recommendations.CustomerRecommendations;
import crm.models.marketing.rules.AssociationRuleSettings;
import crm.models.marketing.rules.ProductAssociationRules;
import crm.warehouse.job.Job;
import crm.warehouse.settings.ConfigSection;
import java.util.List;

/** The jobs that compute tables for marketing. */
public final class MarketingJobs {
  private MarketingJobs() {}

  /** Lists them, each with the settings of its section; a new one is a line here. */
  public static List<Job> jobs(ConfigSection settings) {
    return List.of(
        new CustomerInterests(InterestSettings.of(settings.section("interests"))),
        new ProductAssociationRules(
            AssociationRuleSettings.of(settings.section("association-rules"))),
        new CustomerRecommendations(
            RecommendationSettings.of(settings.section("recommendations"))));
  }
}
