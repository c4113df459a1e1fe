package crm.models.sales.forecast;

import crm.models.forecasting.ForecastPlan;
import crm.models.forecasting.Frequency;
import crm.warehouse.UserError;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What of sales is foretold, and how.
 *
 * @param measures what is foretold, each once
 * @param periods how long the periods are and how many are foretold, each frequency once
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
   * @param horizon periods ahead that are foretold, 1 to 400
   */
  public record Periods(Frequency frequency, int horizon) {
    private static final List<Frequency> KNOWN =
        List.of(Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY);

    /**
     * The periods of that name in settings.
     *
     * @param horizon of each name
     */
    public static Periods labelled(String name, ToIntFunction<String> horizon) {
      return KNOWN.stream()
          .filter(frequency -> LevelKey.label(frequency).equals(name))
          .findFirst()
          .map(frequency -> new Periods(frequency, horizon.applyAsInt(name)))
          .orElseThrow(
              () ->
                  UserError.usage(
                      "sales-forecast.frequencies names '%s'; there are daily, weekly, monthly.",
                      name));
    }
  }

  public SalesForecastSettings {
    if (measures.isEmpty() || new HashSet<>(measures).size() < measures.size()) {
      throw UserError.usage(
          "sales-forecast.measures is %s; name at least one, each once: net-revenue, gross-revenue,"
              + " pieces.",
          measures);
    }
    for (Periods of : periods) {
      between("horizon." + LevelKey.label(of.frequency()), of.horizon(), 1, 400);
    }
    if (periods.isEmpty()
        || periods.stream().map(Periods::frequency).distinct().count() < periods.size()) {
      throw UserError.usage(
          "sales-forecast.frequencies is %s; name at least one, each once: daily, weekly, monthly.",
          periods.stream().map(Periods::frequency).toList());
    }
    between("origins", origins, 1, 50);
    between("history-days", historyDays, 28, 36_500);
    between("longest-closed-days", longestClosedDays, 0, 366);
    between("accuracy-days", accuracyDays, 1, 3650);
    Holidays.of(holidays, Frequency.DAILY);
    measures = List.copyOf(measures);
    periods = List.copyOf(periods);
    holidays = List.copyOf(holidays);
  }

  private static void between(String key, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw UserError.usage(
          "sales-forecast.%s is %d; choose %d to %d.", key, value, least, greatest);
    }
  }

  /** The first day that is looked at. */
  LocalDate since(LocalDate logicalDate) {
    return logicalDate.minusDays(historyDays - 1L);
  }

  /** How series of each frequency are forecast. */
  Map<Frequency, ForecastPlan> plans() {
    Map<Frequency, ForecastPlan> plans = new TreeMap<>();
    for (Periods of : periods) {
      plans.put(
          of.frequency(),
          new ForecastPlan(
              of.frequency(), of.horizon(), origins, Holidays.of(holidays, of.frequency())));
    }
    return plans;
  }
}
