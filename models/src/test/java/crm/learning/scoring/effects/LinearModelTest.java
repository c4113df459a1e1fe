package crm.learning.scoring.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.features.FeatureCounts;
import crm.learning.scoring.features.FeatureCounts.Bin;
import crm.learning.scoring.features.ScoringFeature;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** A number that a tenth of a hundred rows lack, and a name of two levels. */
class LinearModelTest {
  private static final long UNITS = 1 << 16;

  /** Its logarithm is 1 in 60 rows and 2 in 30: a mean of 4/3. */
  private static final FeatureCounts NUMBER =
      new FeatureCounts(
          ScoringFeature.numeric("number"),
          List.of(
              new Bin("", 256, List.of(30L, 30L), List.of(5L, 5L), 60 * UNITS),
              new Bin("", 512, List.of(15L, 15L), List.of(9L, 9L), 60 * UNITS),
              new Bin(FeatureCounts.MISSING, 0, List.of(5L, 5L), List.of(1L, 1L), 0)));

  private static final FeatureCounts NAME =
      new FeatureCounts(
          ScoringFeature.categorical("name"),
          List.of(
              new Bin("blue", 0, List.of(40L, 40L), List.of(9L, 9L), 0),
              new Bin("red", 0, List.of(10L, 10L), List.of(6L, 6L), 0)));

  private static final List<FeatureCounts> COUNTS = List.of(NUMBER, NAME);
  private static final Encoding ENCODING = Encoding.of(COUNTS);

  /** Of the number 2 per unit and 0.5 if missing; blue -1, other 0.1, red 3. */
  private static final LinearModel MODEL =
      LinearModel.of(-1, new double[] {2, 0.5, -1, 0.1, 3}, ENCODING, COUNTS);

  @Test
  void levelsStandInTheOrderOfTheirOutcomes() {
    assertThat(ENCODING.features().get(1).levels()).containsExactly("blue", "(other)", "red");
  }

  @Test
  void theBaseIsTheMeanRow() {
    // 2 x 4/3 + 0.5 x 10/100, and -1 x 80/100 + 3 x 20/100
    assertThat(MODEL.base()).isCloseTo(-1 + 2 * 4 / 3.0 + 0.05 - 0.8 + 0.6, within(1e-12));
  }

  @Test
  void anEffectIsTheCoefficientTimesTheDistanceFromTheMean() {
    double[] row = encoded(Math.expm1(2), "red");
    assertThat(MODEL.logOdds(row)).isCloseTo(-1 + 4 + 3, within(1e-4));
    assertThat(MODEL.effects(row)[0]).isCloseTo(2 * (2 - 4 / 3.0) - 0.05, within(1e-4));
    assertThat(MODEL.effects(row)[1]).isCloseTo(3 + 0.2, within(1e-12));
  }

  @Test
  void effectsAddUpAlsoWhereValuesAreMissingOrNew() {
    for (double[] row :
        List.of(encoded(null, "green"), encoded(-5.0, null), encoded(1e9, "blue"))) {
      double[] effects = MODEL.effects(row);
      assertThat(MODEL.base() + effects[0] + effects[1])
          .isCloseTo(MODEL.logOdds(row), within(1e-9));
    }
    assertThat(MODEL.logOdds(encoded(null, "green")))
        .isCloseTo(-1 + 2 * 4 / 3.0 + 0.5 + 0.1, within(1e-12));
  }

  private static double[] encoded(Double number, String name) {
    Row row = RowFactory.create(number, name);
    return ENCODING.encoded(row, 0);
  }
}
