package crm.models.marketing.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What baskets hold, to be compared with what earlier ones held: how many have each of the products
 * that most have, and all other products together.
 *
 * @param products at most {@value #MOST}, by source and id
 */
record ProductShares(Map<String, Long> products, long others) {
  private static final int MOST = 100;

  ProductShares {
    products = new TreeMap<>(products);
  }

  static ProductShares of(List<Baskets.Item> items, long[] baskets) {
    List<Integer> order = new ArrayList<>();
    long others = 0;
    for (int code = 0; code < baskets.length; code++) {
      order.add(code);
      others += baskets[code];
    }
    order.sort(
        Comparator.comparingLong((Integer code) -> -baskets[code]).thenComparingInt(code -> code));
    Map<String, Long> most = new TreeMap<>();
    for (int code : order.subList(0, Math.min(MOST, order.size()))) {
      if (baskets[code] > 0) {
        most.put(items.get(code).source() + "/" + items.get(code).id(), baskets[code]);
        others -= baskets[code];
      }
    }
    return new ProductShares(most, others);
  }

  /**
   * Population stability index to these from earlier shares, over the products that either has
   * among its most bought. Half a basket more each keeps it finite.
   */
  double drift(ProductShares earlier) {
    TreeMap<String, Long> names = new TreeMap<>(earlier.products);
    names.putAll(products);
    double groups = names.size() + 1.0;
    double now = total() + groups / 2;
    double before = earlier.total() + groups / 2;
    double index = term((others + 0.5) / now, (earlier.others + 0.5) / before);
    for (String name : names.keySet()) {
      index +=
          term(
              (products.getOrDefault(name, 0L) + 0.5) / now,
              (earlier.products.getOrDefault(name, 0L) + 0.5) / before);
    }
    return index;
  }

  private static double term(double now, double before) {
    return (now - before) * Math.log(now / before);
  }

  private long total() {
    return others + products.values().stream().mapToLong(Long::longValue).sum();
  }
}
