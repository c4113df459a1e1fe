package crm.models.sales.forecast;

import crm.models.sales.series.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes forecasts of the nodes of several trees under one total add up: the least squares solution
 * weighted by the variance of each node's errors (Wickramasuriya, Athanasopoulos and Hyndman 2019,
 * MinT with a diagonal matrix), found in two sweeps over the trees. Going up, each node's forecast
 * is combined with the sum of its children's, each by its precision; going down, the difference
 * between a parent and its children is shared out by their variances. The total combines all trees,
 * so it is the same in each.
 */
final class Reconciliation {
  private static final int CENTS_PER_ONE = 100;

  private final int nodes;
  private final double[] variances;
  private final boolean mayBeNegative;

  /** Children that add up to a parent; those of later nodes come last. */
  private final List<Family> families;

  /**
   * @param parent the place of the parent among the nodes
   * @param children the places of the children of one tree
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Family(int parent, int[] children) {}

  /**
   * A series.
   *
   * @param parentId the parent's id; its level is that above in the tree
   * @param variance of the errors of its forecast, in any unit, above 0
   */
  record Node(Level level, String id, String parentId, double variance) {}

  /**
   * @param nodes the total first, and every parent before its children
   * @param mayBeNegative whether a point may be below 0; if not, none is
   */
  Reconciliation(List<Node> nodes, boolean mayBeNegative) {
    this.nodes = nodes.size();
    this.variances = nodes.stream().mapToDouble(Node::variance).toArray();
    this.mayBeNegative = mayBeNegative;
    this.families = families(nodes);
  }

  private static List<Family> families(List<Node> nodes) {
    Map<String, Integer> categories = new HashMap<>();
    Map<Integer, Map<Level, List<Integer>>> children = new HashMap<>();
    for (int place = 0; place < nodes.size(); place++) {
      Node node = nodes.get(place);
      if (node.level() == Level.CATEGORY) {
        categories.put(node.id(), place);
      }
      if (node.level() != Level.TOTAL) {
        int parent = node.level() == Level.PRODUCT ? categories.get(node.parentId()) : 0;
        children
            .computeIfAbsent(parent, of -> new HashMap<>())
            .computeIfAbsent(node.level(), level -> new ArrayList<>())
            .add(place);
      }
    }
    List<Family> families = new ArrayList<>();
    children.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            parent ->
                parent.getValue().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(
                        tree ->
                            families.add(
                                new Family(
                                    parent.getKey(),
                                    tree.getValue().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()))));
    return families;
  }

  /**
   * Forecasts that add up, in cents.
   *
   * @param points a forecast per node
   */
  long[] cents(double[] points) {
    return roundedToCents(coherent(points));
  }

  /** Forecasts that add up but for the last bits. */
  double[] coherent(double[] points) {
    double[] combined = points.clone();
    double[] variance = variances.clone();
    for (int f = families.size() - 1; f >= 0; f--) {
      Family family = families.get(f);
      double sum = sum(combined, family);
      double spread = sum(variance, family);
      double own = variance[family.parent];
      combined[family.parent] = (combined[family.parent] * spread + sum * own) / (own + spread);
      variance[family.parent] = own * spread / (own + spread);
    }
    combined[0] = atLeastAllowed(combined[0]);
    for (Family family : families) {
      double total = combined[family.parent];
      double share = (total - sum(combined, family)) / sum(variance, family);
      double positive = 0;
      for (int child : family.children) {
        combined[child] = atLeastAllowed(combined[child] + variance[child] * share);
        positive += combined[child];
      }
      if (!mayBeNegative && positive > 0) {
        for (int child : family.children) {
          combined[child] *= total / positive;
        }
      }
    }
    return combined;
  }

  private double atLeastAllowed(double point) {
    return mayBeNegative ? point : Math.max(0, point);
  }

  private static double sum(double[] values, Family family) {
    double sum = 0;
    for (int child : family.children) {
      sum += values[child];
    }
    return sum;
  }

  /** Each family is rounded down, and the cents that are missing go to the largest remainders. */
  private long[] roundedToCents(double[] coherent) {
    long[] cents = new long[nodes];
    cents[0] = Math.round(coherent[0] * CENTS_PER_ONE);
    for (Family family : families) {
      long missing = cents[family.parent];
      for (int child : family.children) {
        cents[child] = (long) Math.floor(coherent[child] * CENTS_PER_ONE);
        missing -= cents[child];
      }
      int[] order =
          IntStream.of(family.children)
              .boxed()
              .sorted(
                  missing < 0
                      ? Comparator.comparingLong(child -> -cents[child])
                      : Comparator.comparingDouble(
                          child -> cents[child] - coherent[child] * CENTS_PER_ONE))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int given = 0; missing != 0; given++) {
        long cent = Long.signum(missing);
        cents[order[given % order.length]] += cent;
        missing -= cent;
      }
    }
    return cents;
  }
}
