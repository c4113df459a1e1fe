package crm.models.customer.rfm;

import crm.warehouse.settings.ConfigSection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How customers are scored.
 *
 * @param method how a measure becomes a score
 * @param netOfReturns whether returns are taken off the monetary value
 * @param recencyBreaks for {@link ScoreMethod#FIXED}: days, ascending; a recency below the first
 *     scores 5
 * @param frequencyBreaks for {@link ScoreMethod#FIXED}: orders, ascending; more than the last
 *     scores 5
 * @param monetaryBreaks for {@link ScoreMethod#FIXED}: base currency, ascending; more than the last
 *     scores 5
 */
public record RfmSettings(
    ScoreMethod method,
    boolean netOfReturns,
    List<Long> recencyBreaks,
    List<Long> frequencyBreaks,
    List<Long> monetaryBreaks) {

  public RfmSettings {
    recencyBreaks = List.copyOf(recencyBreaks);
    frequencyBreaks = List.copyOf(frequencyBreaks);
    monetaryBreaks = List.copyOf(monetaryBreaks);
  }

  public static RfmSettings of(ConfigSection section) {
    ScoreMethod method = section.oneOf("method", List.of(ScoreMethod.values()));
    boolean checked = method == ScoreMethod.FIXED;
    return new RfmSettings(
        method,
        section.choice("returns", "net", "ignore").equals("net"),
        breaks(section, "breaks.recency-days", checked),
        breaks(section, "breaks.frequency-orders", checked),
        breaks(section, "breaks.monetary", checked));
  }

  private static List<Long> breaks(ConfigSection section, String key, boolean checked) {
    List<Long> breaks = section.config().getLongList(key);
    boolean ascending =
        IntStream.range(1, breaks.size()).allMatch(i -> breaks.get(i - 1) < breaks.get(i));
    section.check(
        key,
        !checked || (breaks.size() == 4 && ascending),
        "four ascending whole numbers, which rfm.method = fixed needs");
    return breaks;
  }
}
