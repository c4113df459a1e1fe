package crm.learning.scoring.features;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.scoring.features.FeatureCounts.Bin;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakGuardTest {

  @Test
  void aFeatureFarAboveTheCrowdIsSuspected() {
    assertThat(suspects(0.55, 0.58, 0.60, 0.62, 0.81)).containsExactly("f4");
  }

  /** Recency, frequency and value all predict who leaves: none stands alone. */
  @Test
  void strongFeaturesOfOneHabitAreNot() {
    assertThat(suspects(0.55, 0.70, 0.78, 0.80, 0.82)).isEmpty();
  }

  @Test
  void whatIsNearlyTheOutcomeAlwaysIs() {
    assertThat(suspects(0.94, 0.95, 0.96, 0.93)).containsExactly("f2", "f1");
  }

  @Test
  void whatIsDeclaredAsKnownAfterwardsIsLeftOut() {
    ScoringFeature duration = ScoringFeature.numeric("duration").knownAfterwards();
    assertThat(LeakGuard.of(List.of(duration), List.of()).leftOut()).containsExactly("duration");
  }

  /** Level A has the outcome in 3 of 4 rows of either half, B in 1 of 4. */
  @Test
  void aFeaturePredictsByTheOrderOfItsOutcomes() {
    FeatureCounts counts =
        new FeatureCounts(
            ScoringFeature.categorical("level"), List.of(level("A", 4, 3), level("B", 4, 1)));
    // (3 x 3 in order, 3 x 1 + 1 x 3 tied) / (4 x 4) = (9 + 3) / 16
    assertThat(counts.univariateArea()).isCloseTo(0.75, within(1e-12));
  }

  /** Five hundred levels of ten rows each, whose outcomes are chance. */
  @Test
  void manyLevelsOfChancePredictNothing() {
    SplittableRandom random = new SplittableRandom(8);
    FeatureCounts counts =
        new FeatureCounts(
            ScoringFeature.categorical("level"),
            IntStream.range(100, 600)
                .mapToObj(
                    level ->
                        new Bin(
                            "L" + level,
                            0,
                            List.of(5L, 5L),
                            List.of(random.nextLong(6), random.nextLong(6)),
                            0))
                .toList());
    assertThat(counts.univariateArea()).isCloseTo(0.5, within(0.03));
  }

  private static Bin level(String name, long rows, long outcomes) {
    return new Bin(name, 0, List.of(rows, rows), List.of(outcomes, outcomes), 0);
  }

  private static List<String> suspects(double... areas) {
    return new LeakGuard(
            List.of(),
            IntStream.range(0, areas.length).boxed().collect(toMap(f -> "f" + f, f -> areas[f])))
        .suspects();
  }
}
