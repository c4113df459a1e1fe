package crm.learning.scoring.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

class TreeScorerTest {
  private static final int FEATURES = 6;

  /**
   * Only x0 > 0.5 and x1 > 0.5, a quarter of the rows, gives 80. Of both known: half of the 60
   * above the mean each; of x0 known and x1 not: 0.
   */
  @Test
  void twoFeaturesThatAreNeededTogetherShareTheEffect() {
    TreeScorer scorer =
        new TreeScorer(
            List.of(
                new Tree(
                    List.of(
                        new Tree.Node(0, 0.5, 1, 2, 0, 100),
                        Tree.Node.leaf(0, 50),
                        new Tree.Node(1, 0.5, 3, 4, 0, 50),
                        Tree.Node.leaf(0, 25),
                        Tree.Node.leaf(80, 25)))));
    assertThat(scorer.base()).isEqualTo(20);
    assertThat(scorer.effects(new double[] {1, 1})).containsExactly(30, 30);
    assertThat(scorer.effects(new double[] {1, 0})).containsExactly(10, -30);
  }

  /** Trees of depth 5 over six features, so that features come again on a path. */
  @Test
  void effectsAreTheShapleyValuesReckonedOverAllSets() {
    SplittableRandom random = new SplittableRandom(5);
    List<Tree> trees = IntStream.range(0, 7).mapToObj(t -> randomTree(random)).toList();
    TreeScorer scorer = new TreeScorer(trees);
    for (int i = 0; i < 20; i++) {
      double[] row = random.doubles(FEATURES).toArray();
      double[] effects = scorer.effects(row);
      double sum = scorer.base();
      for (int f = 0; f < FEATURES; f++) {
        assertThat(effects[f]).isCloseTo(overAllSets(trees, row, f), within(1e-9));
        sum += effects[f];
      }
      assertThat(sum).isCloseTo(scorer.logOdds(row), within(1e-9));
    }
  }

  private static double overAllSets(List<Tree> trees, double[] row, int feature) {
    double sum = 0;
    for (int known = 0; known < 1 << FEATURES; known++) {
      if ((known & (1 << feature)) == 0) {
        double weight =
            1 / CombinatoricsUtils.binomialCoefficientDouble(FEATURES - 1, Integer.bitCount(known));
        for (Tree tree : trees) {
          sum +=
              weight
                  / FEATURES
                  * (expected(tree, 0, row, known | (1 << feature))
                      - expected(tree, 0, row, known));
        }
      }
    }
    return sum;
  }

  /** What a tree adds where some features are known and the others as in training. */
  private static double expected(Tree tree, int place, double[] row, int known) {
    Tree.Node node = tree.nodes().get(place);
    if (node.leaf()) {
      return node.value();
    }
    if (((known >> node.feature()) & 1) == 1) {
      return expected(
          tree, row[node.feature()] <= node.threshold() ? node.left() : node.right(), row, known);
    }
    double left = tree.nodes().get(node.left()).cover();
    double right = tree.nodes().get(node.right()).cover();
    return (left * expected(tree, node.left(), row, known)
            + right * expected(tree, node.right(), row, known))
        / (left + right);
  }

  private static Tree randomTree(SplittableRandom random) {
    List<Tree.Node> nodes = new ArrayList<>();
    grow(nodes, 5, 1 << 10, random);
    return new Tree(nodes);
  }

  private static int grow(List<Tree.Node> nodes, int depth, long rows, SplittableRandom random) {
    int place = nodes.size();
    nodes.add(Tree.Node.leaf(random.nextDouble() - 0.5, (double) rows));
    if (depth > 0 && rows > 1) {
      long leftRows = 1 + random.nextLong(rows - 1);
      int left = grow(nodes, depth - 1, leftRows, random);
      int right = grow(nodes, depth - 1, rows - leftRows, random);
      nodes.set(
          place,
          new Tree.Node(
              random.nextInt(FEATURES), random.nextDouble(), left, right, 0, (double) rows));
    }
    return place;
  }
}
