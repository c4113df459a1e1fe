package crm.models.churn;

import crm.models.scoring.ScoringSettings;
import crm.warehouse.UserError;

/**
 * Who has left, and how it is foretold.
 *
 * @param horizonDays who does not buy for so many days has left
 * @param activeDays customers whose last purchase is longer ago are gone and not scored
 * @param trainingCuts past dates that are trained on, where there are as many
 * @param refitDays days between fits
 * @param scoring how scores are fitted
 */
public record ChurnSettings(
    int horizonDays, int activeDays, int trainingCuts, int refitDays, ScoringSettings scoring) {

  public ChurnSettings {
    between("horizon-days", horizonDays, 1, 730);
    between("active-days", activeDays, 1, 3650);
    between("training-cuts", trainingCuts, 1, 24);
    between("refit-days", refitDays, 1, 366);
  }

  private static void between(String key, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw UserError.usage("churn.%s is %d; choose %d to %d.", key, value, least, greatest);
    }
  }
}
