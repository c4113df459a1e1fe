package crm.learning.itemsets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds which of many itemsets a basket holds, by a tree of their items: a path from the root is an
 * ascending set. Nodes are numbered level by level, so that the children of a node lie side by
 * side, sorted by item. SPMF, which has such trees, is under the GPL.
 */
public final class ItemsetTrie implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int NONE = -1;

  private int[] item = new int[64];
  private int[] set = new int[64];

  /** Where a node's children begin; they end where the next node's begin. */
  private int[] children = new int[64];

  private int nodes;

  private ItemsetTrie() {}

  /**
   * @param sets distinct and not empty; a set's index in this list is what it is known by
   */
  public static ItemsetTrie of(List<Itemset> sets) {
    ItemsetTrie trie = new ItemsetTrie();
    Integer[] order = new Integer[sets.size()];
    Arrays.setAll(order, index -> index);
    Arrays.sort(order, (a, b) -> prefixFirst(sets.get(a), sets.get(b)));
    trie.build(sets, order);
    return trie;
  }

  /** Calls back with the index of every set all of whose items are in the basket. */
  public void forEachIn(int[] basket, IntConsumer found) {
    walk(0, basket, 0, found);
  }

  private void walk(int node, int[] basket, int from, IntConsumer found) {
    int child = children[node];
    int end = children[node + 1];
    for (int place = from; place < basket.length && child < end; place++) {
      int at = Arrays.binarySearch(item, child, end, basket[place]);
      if (at >= 0) {
        if (set[at] != NONE) {
          found.accept(set[at]);
        }
        walk(at, basket, place + 1, found);
        child = at + 1;
      } else {
        child = -at - 1;
      }
    }
  }

  /** Breadth first; each node is a range of the ordered sets that begin alike. */
  private void build(List<Itemset> sets, Integer[] order) {
    int[] from = new int[64];
    int[] to = new int[64];
    int[] depth = new int[64];
    to[0] = order.length;
    set[0] = NONE;
    nodes = 1;
    for (int node = 0; node < nodes; node++) {
      children[node] = nodes;
      int place = depth[node];
      int next = from[node];
      if (set[node] != NONE) {
        next++;
      }
      while (next < to[node]) {
        Itemset first = sets.get(order[next]);
        int after = next + 1;
        while (after < to[node] && sets.get(order[after]).item(place) == first.item(place)) {
          after++;
        }
        if (nodes + 1 >= item.length) {
          int more = 2 * item.length;
          item = Arrays.copyOf(item, more);
          set = Arrays.copyOf(set, more);
          children = Arrays.copyOf(children, more);
          from = Arrays.copyOf(from, more);
          to = Arrays.copyOf(to, more);
          depth = Arrays.copyOf(depth, more);
        }
        item[nodes] = first.item(place);
        set[nodes] = first.size() == place + 1 ? order[next] : NONE;
        from[nodes] = next;
        to[nodes] = after;
        depth[nodes] = place + 1;
        nodes++;
        next = after;
      }
    }
    children[nodes] = nodes;
  }

  /** Item by item, a set before those that go on from it. */
  private static int prefixFirst(Itemset a, Itemset b) {
    int common = Math.min(a.size(), b.size());
    for (int place = 0; place < common; place++) {
      int byItem = Integer.compare(a.item(place), b.item(place));
      if (byItem != 0) {
        return byItem;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
