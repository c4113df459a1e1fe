package crm.models.marketing.recommendations;

import crm.learning.recommending.Method;
import crm.learning.recommending.RecommendationSettings;
import java.util.List;

/** Settings of tests, as the reference has them. */
final class SomeSettings {
  static final RecommendationSettings.Als ALS = new RecommendationSettings.Als(8, 3, 0.1, 4, 1);

  private SomeSettings() {}

  static RecommendationSettings of(boolean repeats, List<Method> methods, int minCustomers) {
    return new RecommendationSettings(
        10, repeats, ".*", 365, methods, 60, minCustomers, 1_000, 20, 20, ALS);
  }
}
