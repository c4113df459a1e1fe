package crm.learning.recommending;

import crm.learning.itemsets.Catalogue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What most customers buy; it scores nobody, because it is what everybody gets who gets nothing
 * better.
 */
public final class Popularity implements Recommender {
  private final long[] customers;
  private final Map<String, Assortment> assortments;

  Popularity(long[] customers, Map<String, Assortment> assortments) {
    this.customers = customers;
    this.assortments = assortments;
  }

  /** Per product, how many bought it. */
  public long[] customers() {
    return customers;
  }

  /** Of each source. */
  Map<String, Assortment> assortments() {
    return assortments;
  }

  /** The products of one source. */
  static final class Assortment implements Serializable {
    private final int first;
    private final int end;
    private final int[] mostBought;

    Assortment(int first, int end, int[] mostBought) {
      this.first = first;
      this.end = end;
      this.mostBought = mostBought;
    }

    /** Code of the first one. */
    int first() {
      return first;
    }

    /** Code after the last. */
    int end() {
      return end;
    }

    /** Those that anybody bought, the most bought first. */
    int[] mostBought() {
      return mostBought;
    }
  }

  static Popularity of(Catalogue catalogue, long[] customers) {
    Map<String, List<Integer>> bySource = new HashMap<>();
    for (int code = 0; code < customers.length; code++) {
      bySource
          .computeIfAbsent(catalogue.items().get(code).source(), source -> new ArrayList<>())
          .add(code);
    }
    Map<String, Assortment> assortments = new HashMap<>();
    bySource.forEach(
        (source, codes) ->
            assortments.put(
                source,
                new Assortment(
                    codes.get(0),
                    codes.get(codes.size() - 1) + 1,
                    codes.stream()
                        .filter(code -> customers[code] > 0)
                        .sorted(
                            Comparator.comparingLong((Integer code) -> -customers[code])
                                .thenComparingInt(code -> code))
                        .mapToInt(Integer::intValue)
                        .toArray())));
    return new Popularity(customers, assortments);
  }

  @Override
  public Method method() {
    return Method.POPULARITY;
  }

  @Override
  public void score(History history, Scores scores) {}

  @Override
  public int because(History history, int product) {
    throw new IllegalStateException("Popularity takes no reason from the customer's products.");
  }
}
