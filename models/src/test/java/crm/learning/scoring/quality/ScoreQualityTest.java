package crm.learning.scoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreQualityTest {

  /** Of 2 x 2 pairs of an outcome (.9, .4) and another (.6, .4) two are in order, one is tied. */
  @Test
  void tiesAreHalfInOrder() {
    List<ScoreCell> cells = List.of(cell(0.9, 1, 1), cell(0.6, 1, 0), cell(0.4, 2, 1));
    ScoreQuality quality = ScoreQuality.of(cells, score -> score, answer -> 0.5);
    assertThat(quality.area()).isEqualTo(2.5 / 4);
    // (0.01 + 0.36 + 0.36 + 0.16) / 4
    assertThat(quality.brier()).isCloseTo(0.2225, within(1e-12));
    assertThat(quality.baselineBrier()).isEqualTo(0.25);
    assertThat(quality.baselineArea()).isEqualTo(0.5);
    // Precision 1 at the first outcome, 2 of 4 at the second.
    assertThat(quality.precision()).isCloseTo(0.75, within(1e-12));
  }

  /** Gains of .24 (9 rows) and -.56 (1 row): mean .16, deviation .24. */
  @Test
  void theGainHasALowerBound() {
    ScoreQuality quality =
        ScoreQuality.of(List.of(cell(0.1, 10, 1)), score -> score, answer -> 0.5);
    assertThat(quality.gain()).isCloseTo(0.16, within(1e-12));
    assertThat(quality.gainLow()).isCloseTo(0.16 - 1.959964 * 0.24 / Math.sqrt(10), within(1e-9));
    assertThat(quality.beatsBaseline()).isTrue();
    assertThat(quality.deciles())
        .hasSize(10)
        .allSatisfy(tenth -> assertThat(tenth.actual()).isCloseTo(0.1, within(1e-12)));
  }

  /** Ten rows, the five highest with the outcome: each of five deciles holds one. */
  @Test
  void decilesAreOfEqualSize() {
    ScoreQuality quality =
        ScoreQuality.of(List.of(cell(0.8, 5, 5), cell(0.3, 5, 0)), score -> score, answer -> 0.5);
    assertThat(quality.deciles().get(4).actual()).isCloseTo(1, within(1e-12));
    assertThat(quality.deciles().get(5).actual()).isCloseTo(0, within(1e-12));
    assertThat(quality.calibrationError()).isCloseTo(0.25, within(1e-12));
    assertThat(quality.metrics())
        .anySatisfy(
            metric -> {
              assertThat(metric.name()).isEqualTo("lift_top_tenth");
              assertThat(metric.value()).isEqualTo(2.0);
            });
  }

  /**
   * Forty companies where nothing predicts: a score of chance, calibrated on a thousand customers,
   * beats the baseline on the next thousand in at most three.
   */
  @Test
  void chanceIsRarelyPublished() {
    SplittableRandom random = new SplittableRandom(40);
    int published = 0;
    for (int run = 0; run < 40; run++) {
      Calibration calibration = Calibration.of(byChance(random));
      if (ScoreQuality.of(byChance(random), calibration::probability, answer -> 0.4)
          .beatsBaseline()) {
        published++;
      }
    }
    assertThat(published).isLessThanOrEqualTo(3);
  }

  private static List<ScoreCell> byChance(SplittableRandom random) {
    List<ScoreCell> cells = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      cells.add(cell(random.nextDouble(), 1, random.nextDouble() < 0.4 ? 1 : 0));
    }
    return cells;
  }

  private static ScoreCell cell(double score, long rows, long outcomes) {
    return new ScoreCell(score, 0, rows, outcomes);
  }
}
