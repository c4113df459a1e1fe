package crm.learning.itemsets;

import java.io.Serializable;
import java.util.Arrays;

/** Distinct items, by their codes; ordered by size, then item by item. */
public final class Itemset implements Comparable<Itemset>, Serializable {
  private static final long serialVersionUID = 1;

  private final int[] items;

  private Itemset(int[] items) {
    this.items = items;
  }

  /** The set of these items, given in any order. */
  public static Itemset of(int... items) {
    int[] ascending = items.clone();
    Arrays.sort(ascending);
    return new Itemset(ascending);
  }

  public int size() {
    return items.length;
  }

  /** The item at that place in ascending order. */
  public int item(int place) {
    return items[place];
  }

  /** This set and one more item. */
  public Itemset and(int item) {
    int[] more = Arrays.copyOf(items, items.length + 1);
    more[items.length] = item;
    Arrays.sort(more);
    return new Itemset(more);
  }

  /** This set but for the item at that place. */
  public Itemset without(int place) {
    int[] rest = new int[items.length - 1];
    System.arraycopy(items, 0, rest, 0, place);
    System.arraycopy(items, place + 1, rest, place, rest.length - place);
    return new Itemset(rest);
  }

  /**
   * The items at the places whose bit is set.
   *
   * @param places of at most 31 items
   */
  public Itemset subset(int places) {
    int[] chosen = new int[Integer.bitCount(places)];
    int next = 0;
    for (int place = 0; place < items.length; place++) {
      if ((places >> place & 1) == 1) {
        chosen[next++] = items[place];
      }
    }
    return new Itemset(chosen);
  }

  /** Returns whether both have the same items but for the last. */
  boolean differsInLastOnly(Itemset other) {
    int last = items.length - 1;
    return Arrays.equals(items, 0, last, other.items, 0, last);
  }

  int last() {
    return items[items.length - 1];
  }

  @Override
  public int compareTo(Itemset other) {
    int bySize = Integer.compare(items.length, other.items.length);
    return bySize != 0 ? bySize : Arrays.compare(items, other.items);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Itemset set && Arrays.equals(items, set.items);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return Arrays.toString(items);
  }
}
