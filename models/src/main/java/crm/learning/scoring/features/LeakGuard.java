package crm.learning.scoring.features;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps out what is known only together with the outcome. What is declared so is left out. What is
 * declared otherwise is suspected if it alone predicts the outcome too well: with an area under the
 * curve of at least .95; or of at least .75 where its gain (area - 1/2) is twice as large as what
 * three of four features stay below. Honest features crowd together, as they measure the same
 * habits; a leak stands alone.
 *
 * @param leftOut declared as known afterwards
 * @param univariateAreas how well each of the others alone does
 */
public record LeakGuard(List<String> leftOut, Map<String, Double> univariateAreas) {
  private static final double NEARLY_THE_OUTCOME = 0.95;
  private static final double STRONG = 0.75;
  private static final double TIMES_THE_CROWD = 2;

  public static LeakGuard of(List<ScoringFeature> features, List<FeatureCounts> counts) {
    Map<String, Double> univariateAreas = new TreeMap<>();
    counts.forEach(count -> univariateAreas.put(count.feature().name(), count.univariateArea()));
    return new LeakGuard(
        features.stream()
            .filter(feature -> feature.known() == ScoringFeature.Known.AFTER)
            .map(ScoringFeature::name)
            .toList(),
        univariateAreas);
  }

  /** Features that may have been declared wrongly, the strongest first. */
  public List<String> suspects() {
    List<Double> areas = univariateAreas.values().stream().sorted().toList();
    double crowd = areas.isEmpty() ? 0.5 : areas.get((int) (0.75 * (areas.size() - 1)));
    return univariateAreas.entrySet().stream()
        .filter(
            feature ->
                feature.getValue() >= NEARLY_THE_OUTCOME
                    || (feature.getValue() >= STRONG
                        && feature.getValue() - 0.5 >= TIMES_THE_CROWD * (crowd - 0.5)))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
