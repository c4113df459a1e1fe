package crm.learning.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import crm.learning.scoring.effects.LinearModel;
import crm.learning.scoring.effects.Scorer;
import crm.learning.scoring.effects.Tree;
import crm.learning.scoring.effects.TreeScorer;
import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.quality.Calibration;
import crm.learning.scoring.quality.ScoreQuality;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fitted scores: everything a later run needs to make them again, and how good they are.
 *
 * @param method the candidate that was chosen, as the field calls it
 * @param linear the logistic regression
 * @param trees the boosted trees; none where they were not chosen
 * @param calibration log-odds to probabilities
 * @param quintiles log-odds between the quintiles of the rows of calibration, ascending
 * @param quality on the rows of the test
 * @param areas under the curve of each candidate on the rows of calibration, which chose
 * @param leftOut features that are known only afterwards
 * @param univariateAreas how well each feature alone predicts the outcome: the area under its curve
 * @param suspects features that do it too well to be known before
 */
public record ScoringModel(
    String method,
    Encoding encoding,
    LinearModel linear,
    List<Tree> trees,
    Calibration calibration,
    @JsonProperty("fifths") List<Double> quintiles,
    ScoreQuality quality,
    Map<String, Double> areas,
    List<String> leftOut,
    @JsonProperty("foretells") Map<String, Double> univariateAreas,
    List<String> suspects) {

  /**
   * Makes the scorer, which gives the log-odds and the effect of each feature; make it once for
   * many rows.
   */
  Scorer scorer() {
    return method.equals(Candidate.LOGISTIC_REGRESSION.label()) ? linear : new TreeScorer(trees);
  }

  /** Says why the scores must not be used, if they are no better than the baseline. */
  public Optional<String> refusal() {
    return quality.beatsBaseline()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s had a squared error of %.4f on %d tested rows, the baseline %.4f; the"
                    + " lower 95 %% bound of the gain, %.4f, is not above 0",
                method,
                quality.brier(),
                quality.rows(),
                quality.baselineBrier(),
                quality.gainLow()));
  }

  /** Returns the metrics on the rows of the test, by name. */
  public List<Metric> metrics() {
    return quality.metrics();
  }

  public Grade grade() {
    return quality.grade();
  }

  /** Returns the parameters for the model run. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("method", method);
    parameters.put(
        "features", String.join(", ", encoding.features().stream().map(f -> f.name()).toList()));
    areas.forEach(
        (label, area) ->
            parameters.put("choosing_area_of_" + label, String.format(Locale.ROOT, "%.4f", area)));
    if (!leftOut.isEmpty()) {
      parameters.put("left_out_as_known_afterwards", String.join(", ", leftOut));
    }
    if (!suspects.isEmpty()) {
      parameters.put(
          "suspected_leaks",
          String.join(
              ", ",
              suspects.stream()
                  .map(
                      name ->
                          String.format(
                              Locale.ROOT, "%s (%.3f alone)", name, univariateAreas.get(name)))
                  .toList()));
    }
    return parameters;
  }
}
