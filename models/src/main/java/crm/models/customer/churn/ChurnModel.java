package crm.models.customer.churn;

import crm.learning.scoring.PartCounts;
import crm.learning.scoring.PartCounts.Part;
import crm.learning.scoring.ScoringModel;
import crm.warehouse.settings.RecordText;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What predicts who leaves, as it is saved.
 *
 * @param fittedOn ISO date
 * @param settings what it was fitted by
 * @param method of the scores, or of what stands in for them
 * @param baseRate the share who left lately, where it stands in for scores; else null
 * @param scores null where there were too few customers for them
 * @param parameters settings that fit it
 */
record ChurnModel(
    String fittedOn,
    String settings,
    String method,
    Double baseRate,
    ScoringModel scores,
    Map<String, String> parameters) {
  private static final String BASE_RATE = "base-rate";
  private static final String NONE = "none";

  static ChurnModel of(ScoringModel scores, ChurnSettings settings, LocalDate fittedOn) {
    return new ChurnModel(
        fittedOn.toString(),
        RecordText.write(settings),
        scores.method(),
        null,
        scores,
        scores.parameters());
  }

  /**
   * Makes the model of too few customers: it gives everybody the share of the last customers who
   * could leave and did, with one more of either kind.
   */
  static ChurnModel withoutScores(
      PartCounts parts, String shortage, ChurnSettings settings, LocalDate fittedOn) {
    long seen = parts.rows(Part.TEST);
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("fallback", shortage);
    return new ChurnModel(
        fittedOn.toString(),
        RecordText.write(settings),
        seen == 0 ? NONE : BASE_RATE,
        seen == 0 ? null : (parts.outcomes(Part.TEST) + 1.0) / (seen + 2.0),
        null,
        parameters);
  }

  Optional<ScoringModel> scoring() {
    return Optional.ofNullable(scores);
  }

  /** Returns whether it needs no new fit on the date. */
  boolean serves(LocalDate date, ChurnSettings now) {
    return scores != null
        && settings.equals(RecordText.write(now))
        && date.isBefore(LocalDate.parse(fittedOn).plusDays(now.refitDays()));
  }
}
