package crm.learning.scoring.effects;

import java.io.Serializable;
import java.util.List;

/**
 * A tree that adds to log-odds.
 *
 * @param nodes the root first
 */
public record Tree(List<Node> nodes) implements Serializable {

  /**
   * A question or an answer.
   *
   * @param feature the one asked for; -1 of a leaf
   * @param threshold up to it the left node follows
   * @param value what a leaf adds
   * @param cover rows of training that came here
   */
  public record Node(int feature, double threshold, int left, int right, double value, double cover)
      implements Serializable {

    public static Node leaf(double value, double cover) {
      return new Node(-1, 0, -1, -1, value, cover);
    }

    public boolean leaf() {
      return feature < 0;
    }
  }

  double value(double[] encoded) {
    Node node = nodes.get(0);
    while (!node.leaf()) {
      node = nodes.get(encoded[node.feature()] <= node.threshold() ? node.left() : node.right());
    }
    return node.value();
  }
}
