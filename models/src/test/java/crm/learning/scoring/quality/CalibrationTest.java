package crm.learning.scoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  /** 2, 1, 4, 3 and 9 of ten: the first two pool to 3 of 20, the next two to 7 of 20. */
  @Test
  void neighboursOutOfOrderArePooled() {
    Calibration calibration =
        Calibration.of(List.of(tenAt(-2, 2), tenAt(-1, 1), tenAt(0, 4), tenAt(1, 3), tenAt(2, 9)));
    assertThat(calibration.scores()).containsExactly(-1.5, 0.5, 2.0);
    assertThat(calibration.probabilities()).containsExactly(0.15, 0.35, 0.9);
    assertThat(calibration.probability(-3)).isEqualTo(0.15);
    assertThat(calibration.probability(-0.5)).isCloseTo(0.25, within(1e-12));
    assertThat(calibration.probability(1.25)).isCloseTo(0.625, within(1e-12));
    assertThat(calibration.probability(9)).isEqualTo(0.9);
  }

  /** The last falls below all before it, so that one pool is left: 6 of 30. */
  @Test
  void aLateFallPoolsBackwards() {
    Calibration calibration = Calibration.of(List.of(tenAt(0, 2), tenAt(1, 3), tenAt(2, 1)));
    assertThat(calibration.probabilities()).containsExactly(0.2);
    assertThat(calibration.scores()).containsExactly(1.0);
  }

  @Test
  void nothingIsCertain() {
    Calibration calibration = Calibration.of(List.of(tenAt(0, 0), tenAt(1, 10)));
    assertThat(calibration.probabilities()).containsExactly(0.025, 0.975);
  }

  private static ScoreCell tenAt(double score, long outcomes) {
    return new ScoreCell(score, 0, 10, outcomes);
  }
}
