package crm.models.customer.churn;

import crm.learning.scoring.ScoringSettings;
import crm.warehouse.settings.ConfigSection;

/**
 * Who has left, and how it is predicted.
 *
 * @param horizonDays who does not buy for so many days has left
 * @param activeDays customers whose last purchase is longer ago are gone and not scored
 * @param trainingCuts past dates that are trained on, where there are as many
 * @param refitDays days between fits
 * @param scoring how scores are fitted
 */
public record ChurnSettings(
    int horizonDays, int activeDays, int trainingCuts, int refitDays, ScoringSettings scoring) {
  public static ChurnSettings of(ConfigSection section) {
    return new ChurnSettings(
        section.whole("horizon-days", 1, 730),
        section.whole("active-days", 1, 3650),
        section.whole("training-cuts", 1, 24),
        section.whole("refit-days", 1, 366),
        ScoringSettings.of("churn", section));
  }
}
