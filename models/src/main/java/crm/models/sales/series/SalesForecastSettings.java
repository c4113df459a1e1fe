package crm.models.sales.series;

import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.series.Frequency;
import crm.warehouse.settings.ConfigSection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of sales is forecast, and how.
 *
 * @param measures what is forecast, each once
 * @param periods how long the periods are and how many are forecast, each frequency once
 * @param origins rolling origins at which the methods compete, 1 to 50
 * @param historyDays days up to the date that are looked at, 28 to 36500
 * @param longestClosedDays days running without any record of the source up to which it is taken to
 *     have been closed; with more nothing was delivered, 0 to 366
 * @param holidays {@code MM-dd} for every year, {@code yyyy-MM-dd} for once
 * @param boostedTrees whether boosted trees compete
 * @param accuracyDays days for which the accuracy of past forecasts is kept, 1 to 3650
 */
public record SalesForecastSettings(
    List<Measure> measures,
    List<Periods> periods,
    int origins,
    int historyDays,
    int longestClosedDays,
    List<String> holidays,
    boolean boostedTrees,
    int accuracyDays) {

  /**
   * @param horizon periods ahead that are forecast, 1 to 400
   */
  public record Periods(Frequency frequency, int horizon) {}

  public SalesForecastSettings {
    measures = List.copyOf(measures);
    periods = List.copyOf(periods);
    holidays = List.copyOf(holidays);
  }

  public static SalesForecastSettings of(ConfigSection section) {
    List<String> holidays = section.config().getStringList("holidays");
    section.tried(() -> Holidays.calendar(holidays, Frequency.DAILY));
    return new SalesForecastSettings(
        section.someOf("measures", List.of(Measure.values())),
        section
            .someOf("frequencies", List.of(Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY))
            .stream()
            .map(of -> new Periods(of, section.whole("horizon." + LevelKey.label(of), 1, 400)))
            .toList(),
        section.whole("origins", 1, 50),
        section.whole("history-days", 28, 36_500),
        section.whole("longest-closed-days", 0, 366),
        holidays,
        section.flag("boosted-trees"),
        section.whole("accuracy-days", 1, 3650));
  }

  /** The first day that is looked at. */
  public LocalDate since(LocalDate logicalDate) {
    return logicalDate.minusDays(historyDays - 1L);
  }

  /** Returns how series of each frequency are forecast. */
  public Map<Frequency, ForecastPlan> plans() {
    Map<Frequency, ForecastPlan> plans = new TreeMap<>();
    for (Periods of : periods) {
      plans.put(
          of.frequency(),
          new ForecastPlan(
              of.frequency(), of.horizon(), origins, Holidays.calendar(holidays, of.frequency())));
    }
    return plans;
  }
}
