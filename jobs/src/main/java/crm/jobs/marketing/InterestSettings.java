package crm.jobs.marketing;

import crm.warehouse.settings.ConfigSection;

/**
 * How fast interests fade.
 *
 * @param halfLifeDays days after which an event counts half
 */
public record InterestSettings(int halfLifeDays) {
  public static InterestSettings of(ConfigSection section) {
    return new InterestSettings(section.whole("half-life-days", 1, 36_500));
  }
}
