package crm.simulation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the company sells, and what of it is bought together. */
final class Products {
  static final int COUNT = 200;

  /** Of a basket with one product, a share also holds another. */
  record Rule(String ifBought, String thenBought, double confidence) {}

  static final List<String> CATEGORIES = List.of("Kitchen", "Garden", "Paper", "Toys");
  private static final int GARDEN = 1;
  private static final int TOYS = 3;

  /** A tenth of the products leads to another that is rarely bought alone. */
  private static final List<Integer> LEADING =
      IntStream.iterate(10, product -> product <= COUNT / 2, product -> product + 10)
          .boxed()
          .toList();

  private Products() {}

  /** The rules by which baskets are filled. */
  static List<Rule> rules() {
    return LEADING.stream()
        .map(product -> new Rule(sku(product), sku(following(product)), confidence(product)))
        .toList();
  }

  private static int following(int product) {
    return COUNT - product / 10;
  }

  /** From 0.36 to 0.90. */
  private static double confidence(int product) {
    return (30 + 6 * product / 10) / 100.0;
  }

  /**
   * Draws the products of an order: few products that many buy, some of them of the customer's or
   * the season's category, and those that go with them.
   */
  static Set<Integer> basket(LocalDate day, Preference taste, Random random) {
    Set<Integer> basket = new TreeSet<>();
    boolean christmas = day.getMonth() == Month.NOVEMBER || day.getMonth() == Month.DECEMBER;
    int picks = 1 + (int) (-(christmas ? 3 : 2) * Math.log(1 - random.nextDouble()));
    for (int pick = 0; pick < picks; pick++) {
      int product = 1 + (int) (COUNT * Math.pow(random.nextDouble(), 2));
      if (random.nextDouble() < Preference.FOLLOWED_RATE) {
        product = neighbour(product, taste.category());
      }
      if (random.nextDouble() < 0.3) {
        product = seasonal(day, product);
      }
      basket.add(product);
    }
    for (int product : List.copyOf(basket)) {
      if (LEADING.contains(product) && random.nextDouble() < confidence(product)) {
        basket.add(following(product));
      }
    }
    return basket;
  }

  /** The neighbour of a product that is of the season's category, if there is a season. */
  private static int seasonal(LocalDate day, int product) {
    return switch (day.getMonth()) {
      case APRIL, MAY, JUNE, JULY -> neighbour(product, GARDEN);
      case NOVEMBER, DECEMBER -> neighbour(product, TOYS);
      default -> product;
    };
  }

  /** As much bought as the product, but of that category. */
  private static int neighbour(int product, int category) {
    return (product - 1) / CATEGORIES.size() * CATEGORIES.size() + category + 1;
  }

  static String sku(int product) {
    return "P%03d".formatted(product);
  }

  static BigDecimal price(int product) {
    return new BigDecimal(2 + product * 37 % 90).add(new BigDecimal("0.95"));
  }

  /** The lines of a dump of all products. */
  static List<String> master() {
    List<String> lines = new ArrayList<>();
    for (int product = 1; product <= COUNT; product++) {
      String category = CATEGORIES.get((product - 1) % CATEGORIES.size());
      lines.add(
          "%s,\"%s article, no. %d\",%s,%s"
              .formatted(sku(product), category, product, category, price(product)));
    }
    return lines;
  }
}
