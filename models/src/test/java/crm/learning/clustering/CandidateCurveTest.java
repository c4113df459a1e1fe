package crm.learning.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

/** Clusters of points whose truth is known. */
class CandidateCurveTest {
  private static final CandidateCurve CURVE = new CandidateCurve(10, 20, 1);

  @Test
  void plantedClustersAreFoundAndCounted() {
    double[][] centres = {{0, 0, 0}, {5, 0, 0}, {0, 5, 0}, {0, 0, 5}, {5, 5, 5}};
    Cells cells = Cells.of(around(centres, 200));
    Candidate best = Candidate.best(CURVE.fit(cells, 2, 9));
    assertThat(best.clusters()).isEqualTo(5);
    int[] truth = IntStream.range(0, 1000).map(i -> i / 200).toArray();
    assertThat(AdjustedRandIndex.between(truth, best.clustering().labels(), cells.weights))
        .isGreaterThan(.95);
    assertThat(PermutationReference.of(cells, 5, 1).isSignificant()).isTrue();
  }

  /** The clusters of twenty data sets without any are seen through. */
  @Test
  void independentFeaturesHaveNoClusters() {
    double[][] points = around(new double[][] {{0, 0, 0}, {3, 3, 3}, {6, 6, 6}}, 200);
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(100 + seed);
      double[][] permuted = new double[points.length][3];
      for (int j = 0; j < 3; j++) {
        int feature = j;
        double[] column = Arrays.stream(points).mapToDouble(point -> point[feature]).toArray();
        for (int i = column.length - 1; i >= 0; i--) {
          int other = random.nextInt(i + 1);
          permuted[i][j] = column[other];
          column[other] = column[i];
        }
      }
      assertThat(PermutationReference.of(Cells.of(permuted), 4, seed).isSignificant())
          .as("permutation %d", seed)
          .isFalse();
    }
  }

  @Test
  void aWeightedCellCountsAsManyCustomersAtItsPlace() {
    Cells apart = Cells.of(new double[][] {{0}, {0}, {0}, {1}, {4}, {4}});
    Cells together =
        new Cells(1, new double[] {0, 1, 4}, new double[] {3, 1, 2}, new double[] {0, 0, 0});
    Clustering one = new KMeans(5, 0, 1).fit(apart, 2);
    Clustering other = new KMeans(5, 0, 1).fit(together, 2);
    // Of 0, 0, 0 and 1 the mean is a quarter: 3 / 16 + 9 / 16.
    assertThat(one.cost()).isCloseTo(.75, within(1e-12));
    assertThat(other.cost()).isCloseTo(.75, within(1e-12));
    assertThat(Silhouette.mean(together, other))
        .isCloseTo(Silhouette.mean(apart, one), within(1e-12));
  }

  /** Of 0 and 1 against 4 and 6: each 1 - a / b, worked out by hand. */
  @Test
  void theSilhouetteIsThatOfSquaredDistances() {
    Cells cells = Cells.of(new double[][] {{0}, {1}, {4}, {6}});
    Clustering pairs = Clustering.nearest(cells, new double[][] {{.5}, {5}});
    double byHand = ((1 - 1 / 26.0) + (1 - 1 / 17.0) + (1 - 4 / 12.5) + (1 - 4 / 30.5)) / 4;
    assertThat(Silhouette.mean(cells, pairs)).isCloseTo(byHand, within(1e-12));
  }

  @Test
  void thereAreNoMoreClustersThanPoints() {
    Cells cells = Cells.of(new double[][] {{1, 1}, {1, 1}, {2, 2}});
    assertThat(new KMeans(3, 0, 1).fit(cells, 5).clusters()).isEqualTo(2);
  }

  /** The example of Hubert and Arabie's formula: 3 of 15 pairs together in both. */
  @Test
  void agreementIsCorrectedForChance() {
    double[] ones = {1, 1, 1, 1, 1, 1};
    int[] labels = {0, 0, 0, 1, 1, 1};
    assertThat(AdjustedRandIndex.between(labels, new int[] {1, 1, 1, 0, 0, 0}, ones)).isEqualTo(1);
    // Together in both 2 pairs, expected 6 * 3 / 15, at most (6 + 3) / 2.
    assertThat(AdjustedRandIndex.between(labels, new int[] {0, 0, 1, 1, 2, 2}, ones))
        .isCloseTo((2 - 1.2) / (4.5 - 1.2), within(1e-12));
  }

  private static double[][] around(double[][] centres, int each) {
    RandomDataGenerator noise = new RandomDataGenerator(7);
    return Arrays.stream(centres)
        .flatMap(
            centre ->
                IntStream.range(0, each)
                    .mapToObj(
                        i ->
                            Arrays.stream(centre)
                                .map(value -> value + noise.nextNormal(0, .5))
                                .toArray()))
        .toArray(double[][]::new);
  }
}
