package crm.models.sales.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.models.sales.forecast.Reconciliation.Node;
import crm.models.sales.series.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  /** The forecasts are 100 in all, and 30 + 50 = 80 by category: the total is the least certain. */
  @Test
  void theDifferenceIsSharedByVariance() {
    Reconciliation trees =
        new Reconciliation(
            List.of(
                new Node(Level.TOTAL, "(all)", null, 6),
                new Node(Level.CATEGORY, "a", "(all)", 1),
                new Node(Level.CATEGORY, "b", "(all)", 3)),
            true);
    // Going up: (100 / 6 + 80 / 4) / (1 / 6 + 1 / 4) = 88; going down: 8 in parts of 1 to 3.
    assertThat(trees.coherent(new double[] {100, 30, 50}))
        .containsExactly(new double[] {88, 32, 56}, within(1e-12));
  }

  /** Of three numbers that round to 33.33 each one gets the cent that is missing to 100. */
  @Test
  void aMissingCentGoesToTheLargestRemainder() {
    Reconciliation trees =
        new Reconciliation(
            List.of(
                new Node(Level.TOTAL, "(all)", null, 1),
                new Node(Level.CHANNEL, "app", "(all)", 1),
                new Node(Level.CHANNEL, "store", "(all)", 1),
                new Node(Level.CHANNEL, "web", "(all)", 1)),
            true);
    assertThat(trees.cents(new double[] {100, 33.333, 33.334, 33.333}))
        .containsExactly(10000, 3333, 3334, 3333);
  }

  @Test
  void whatIsCoherentStays() {
    assertThat(trees(true).cents(new double[] {60, 10, 50, 4, 6, 50, 60, 45, 15}))
        .containsExactly(6000, 1000, 5000, 400, 600, 5000, 6000, 4500, 1500);
  }

  @Test
  void whatCannotBeNegativeIsNot() {
    long[] cents = trees(false).cents(new double[] {10, 2, -40, 1, 1, -40, 10, 0, 1});
    assertThat(Arrays.stream(cents).min().getAsLong()).isNotNegative();
    assertCoherent(cents);
  }

  @Test
  void returnsMayMakeANegativeForecast() {
    long[] cents = trees(true).cents(new double[] {-10, 2, -12, 1, 1, -12, -10, -8, -2});
    assertThat(cents).containsExactly(-1000, 200, -1200, 100, 100, -1200, -1000, -800, -200);
  }

  /** The sweeps find what the formula S (S'W^-1 S)^-1 S'W^-1 y of the paper gives. */
  @Test
  void twoSweepsAreTheWeightedLeastSquares() {
    // Total = categories a, b = products 1, 2 (of a), 3 (of b); countries: only within one tree.
    double[][] sums = {{1, 1, 1}, {1, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    double[] points = {17, 5, 9, 2.5, 4, 8};
    double[] variances = {4, 1.5, 2, 0.5, 1, 0.7};
    Reconciliation tree =
        new Reconciliation(
            List.of(
                new Node(Level.TOTAL, "(all)", null, variances[0]),
                new Node(Level.CATEGORY, "a", "(all)", variances[1]),
                new Node(Level.CATEGORY, "b", "(all)", variances[2]),
                new Node(Level.PRODUCT, "1", "a", variances[3]),
                new Node(Level.PRODUCT, "2", "a", variances[4]),
                new Node(Level.PRODUCT, "3", "b", variances[5])),
            true);
    RealMatrix s = MatrixUtils.createRealMatrix(sums);
    RealMatrix precision = MatrixUtils.createRealMatrix(6, 6);
    for (int i = 0; i < 6; i++) {
      precision.setEntry(i, i, 1 / variances[i]);
    }
    RealMatrix st = s.transpose().multiply(precision);
    double[] expected =
        s.multiply(MatrixUtils.inverse(st.multiply(s))).multiply(st).operate(points);
    assertThat(tree.coherent(points)).containsExactly(expected, within(1e-9));
  }

  @Test
  void everyTreeAddsUpToTheSameTotalInCents() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      double[] points = random.doubles(9, -1000, 1e6).toArray();
      assertCoherent(trees(true).cents(points));
      long[] positive = trees(false).cents(points);
      assertCoherent(positive);
      assertThat(Arrays.stream(positive).min().getAsLong()).isNotNegative();
    }
  }

  private static Reconciliation trees(boolean mayBeNegative) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(Level.TOTAL, "(all)", null, 5));
    nodes.add(new Node(Level.CATEGORY, "a", "(all)", 2));
    nodes.add(new Node(Level.CATEGORY, "b", "(all)", 3));
    nodes.add(new Node(Level.PRODUCT, "1", "a", 1));
    nodes.add(new Node(Level.PRODUCT, "2", "a", 2));
    nodes.add(new Node(Level.PRODUCT, "3", "b", 3));
    nodes.add(new Node(Level.COUNTRY, "DE", "(all)", 4));
    nodes.add(new Node(Level.CHANNEL, "store", "(all)", 1));
    nodes.add(new Node(Level.CHANNEL, "web", "(all)", 1));
    return new Reconciliation(nodes, mayBeNegative);
  }

  private static void assertCoherent(long[] cents) {
    assertThat(cents[1] + cents[2]).isEqualTo(cents[0]);
    assertThat(cents[3] + cents[4]).isEqualTo(cents[1]);
    assertThat(cents[5]).isEqualTo(cents[2]);
    assertThat(cents[6]).isEqualTo(cents[0]);
    assertThat(cents[7] + cents[8]).isEqualTo(cents[0]);
  }
}
