package crm.learning.scoring.effects;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.util.CombinatoricsUtils;

/**
 * Trees and the Shapley values of their sum, exactly: a feature that is not known is followed down
 * both branches, by the rows of training that went there (Lundberg et al. 2020, algorithm 1).
 *
 * <p>Shapley values of a sum are sums of Shapley values, so each leaf is a game of its own. What it
 * is worth to a set of known features is its value times, for each feature on its path, 1 or 0 for
 * a known feature that leads there or does not, and the share of the rows that it lets pass for an
 * unknown one. The answer depends only on which of the path's few features lead there, so that all
 * answers are reckoned once (Yang 2021, Fast TreeSHAP v2) and a row costs one look-up per leaf.
 */
public final class TreeScorer implements Scorer {
  private final List<Tree> trees;
  private final List<Leaf> leaves = new ArrayList<>();
  private final double base;

  /** A feature on the path to a leaf: where it must lie, and the share of rows it lets pass. */
  private record Passage(double above, double upTo, double share) {
    static final Passage FREE = new Passage(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1);

    Passage left(double threshold, double rows) {
      return new Passage(above, Math.min(upTo, threshold), share * rows);
    }

    Passage right(double threshold, double rows) {
      return new Passage(Math.max(above, threshold), upTo, share * rows);
    }
  }

  /** A leaf and all its answers. */
  private static final class Leaf {
    private final int[] features;
    private final double[] above;
    private final double[] upTo;

    /** By the set of features that lead there, as bits, and by feature of the path. */
    private final double[][] effects;

    Leaf(double value, Map<Integer, Passage> path) {
      List<Passage> passages = List.copyOf(path.values());
      int size = passages.size();
      features = path.keySet().stream().mapToInt(Integer::intValue).toArray();
      above = passages.stream().mapToDouble(Passage::above).toArray();
      upTo = passages.stream().mapToDouble(Passage::upTo).toArray();
      effects = new double[1 << size][size];
      for (int leading = 0; leading < effects.length; leading++) {
        for (int i = 0; i < size; i++) {
          effects[leading][i] = value * effect(passages, leading, i);
        }
      }
    }

    void addTo(double[] sums, double[] encoded) {
      int leading = 0;
      for (int i = 0; i < features.length; i++) {
        double value = encoded[features[i]];
        if (value > above[i] && value <= upTo[i]) {
          leading |= 1 << i;
        }
      }
      double[] found = effects[leading];
      for (int i = 0; i < features.length; i++) {
        sums[features[i]] += found[i];
      }
    }
  }

  public TreeScorer(List<Tree> trees) {
    this.trees = trees;
    double expected = 0;
    for (Tree tree : trees) {
      expected += walk(tree, 0, new TreeMap<>());
    }
    base = expected;
  }

  /** Finds the leaves below a node; returns what the tree is expected to add from there. */
  private double walk(Tree tree, int number, Map<Integer, Passage> path) {
    Tree.Node node = tree.nodes().get(number);
    if (node.leaf()) {
      double reached =
          path.values().stream().mapToDouble(Passage::share).reduce(1, (a, b) -> a * b);
      leaves.add(new Leaf(node.value(), path));
      return node.value() * reached;
    }
    Passage before = path.getOrDefault(node.feature(), Passage.FREE);
    double leftRows = tree.nodes().get(node.left()).cover() / node.cover();
    Map<Integer, Passage> left = new TreeMap<>(path);
    left.put(node.feature(), before.left(node.threshold(), leftRows));
    Map<Integer, Passage> right = new TreeMap<>(path);
    right.put(node.feature(), before.right(node.threshold(), 1 - leftRows));
    return walk(tree, node.left(), left) + walk(tree, node.right(), right);
  }

  /**
   * The Shapley value of feature i in a leaf worth 1: the mean, over the sizes of sets of the other
   * features and the sets of that size, of what its being known changes.
   */
  private static double effect(List<Passage> passages, int leading, int i) {
    int size = passages.size();
    double[] bySize = new double[size];
    bySize[0] = 1;
    for (int j = 0; j < size; j++) {
      if (j != i) {
        double known = leads(leading, j);
        for (int k = size - 1; k >= 0; k--) {
          bySize[k] = bySize[k] * passages.get(j).share() + (k > 0 ? bySize[k - 1] * known : 0);
        }
      }
    }
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += bySize[k] / CombinatoricsUtils.binomialCoefficientDouble(size - 1, k);
    }
    return (leads(leading, i) - passages.get(i).share()) * sum / size;
  }

  private static double leads(int leading, int i) {
    return (leading >> i) & 1;
  }

  @Override
  public double logOdds(double[] encoded) {
    double sum = 0;
    for (Tree tree : trees) {
      sum += tree.value(encoded);
    }
    return sum;
  }

  @Override
  public double base() {
    return base;
  }

  @Override
  public double[] effects(double[] encoded) {
    double[] sums = new double[encoded.length];
    for (Leaf leaf : leaves) {
      leaf.addTo(sums, encoded);
    }
    return sums;
  }
}
