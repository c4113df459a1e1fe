package crm.models.customer;

import crm.warehouse.UserError;
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
    if (method == ScoreMethod.FIXED) {
      checkBreaks("recency-days", recencyBreaks);
      checkBreaks("frequency-orders", frequencyBreaks);
      checkBreaks("monetary", monetaryBreaks);
    }
    recencyBreaks = List.copyOf(recencyBreaks);
    frequencyBreaks = List.copyOf(frequencyBreaks);
    monetaryBreaks = List.copyOf(monetaryBreaks);
  }

  private static void checkBreaks(String name, List<Long> breaks) {
    boolean ascending =
        IntStream.range(1, breaks.size()).allMatch(i -> breaks.get(i - 1) < breaks.get(i));
    if (breaks.size() != 4 || !ascending) {
      throw UserError.usage(
          "rfm.breaks.%s is %s; with rfm.method = fixed give four ascending whole numbers.",
          name, breaks);
    }
  }
}
