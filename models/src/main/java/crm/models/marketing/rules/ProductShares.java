package crm.models.marketing.rules;

import crm.learning.itemsets.Catalogue;
import crm.learning.statistics.PopulationStability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What baskets hold, to be compared with what earlier ones held: how many have each of the products
 * that most have, and all other products together.
 *
 * @param products at most {@value #MAX_PRODUCTS}, by source and id
 */
record ProductShares(Map<String, Long> products, long others) {
  private static final int MAX_PRODUCTS = 100;

  ProductShares {
    products = new TreeMap<>(products);
  }

  static ProductShares of(List<Catalogue.Item> items, long[] baskets) {
    List<Integer> order = new ArrayList<>();
    long others = 0;
    for (int code = 0; code < baskets.length; code++) {
      order.add(code);
      others += baskets[code];
    }
    order.sort(
        Comparator.comparingLong((Integer code) -> -baskets[code]).thenComparingInt(code -> code));
    Map<String, Long> largest = new TreeMap<>();
    for (int code : order.subList(0, Math.min(MAX_PRODUCTS, order.size()))) {
      if (baskets[code] > 0) {
        largest.put(items.get(code).source() + "/" + items.get(code).id(), baskets[code]);
        others -= baskets[code];
      }
    }
    return new ProductShares(largest, others);
  }

  /**
   * Population stability index to these from earlier shares, over the products that either has
   * among its most bought.
   */
  double drift(ProductShares earlier) {
    Set<String> names = new TreeSet<>(earlier.products.keySet());
    names.addAll(products.keySet());
    return PopulationStability.index(earlier.bins(names), bins(names));
  }

  private List<Long> bins(Set<String> names) {
    List<Long> bins = new ArrayList<>(List.of(others));
    names.forEach(name -> bins.add(products.getOrDefault(name, 0L)));
    return bins;
  }
}
