package crm.jobs.customer;

import crm.warehouse.UserError;

/**
 * How fast interests fade.
 *
 * @param halfLifeDays days after which an event counts half
 */
public record InterestSettings(int halfLifeDays) {
  public InterestSettings {
    if (halfLifeDays < 1 || halfLifeDays > 36_500) {
      throw UserError.usage(
          "interests.half-life-days is %d; choose 1 to 36500, as in 180.", halfLifeDays);
    }
  }
}
