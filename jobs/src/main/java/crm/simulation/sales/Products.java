package crm.simulation.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the company sells, and what of it is bought together. */
public final class Products {
  public static final int COUNT = 200;

  /** Of what is put into a basket, the share that is taken from the favourite category. */
  public static final double FAVOURITE_RATE = 0.6;

  /** Of a basket with one product, a share also holds another. */
  public record Rule(String ifBought, String thenBought, double confidence) {}

  public static final List<String> CATEGORIES = List.of("Kitchen", "Garden", "Paper", "Toys");
  private static final int GARDEN = 1;
  private static final int TOYS = 3;

  /** A tenth of the products leads to another that is rarely bought alone. */
  private static final List<Integer> LEADING =
      IntStream.iterate(10, product -> product <= COUNT / 2, product -> product + 10)
          .boxed()
          .toList();

  private Products() {}

  /** The rules by which baskets are filled. */
  public static List<Rule> rules() {
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
   *
   * @param favourite place of the customer's category among {@link #CATEGORIES}
   * @return numbers of products, from 1
   */
  public static Set<Integer> basket(LocalDate day, int favourite, Random random) {
    Set<Integer> basket = new TreeSet<>();
    boolean christmas = day.getMonth() == Month.NOVEMBER || day.getMonth() == Month.DECEMBER;
    int picks = 1 + (int) (-(christmas ? 3 : 2) * Math.log(1 - random.nextDouble()));
    for (int pick = 0; pick < picks; pick++) {
      int product = 1 + (int) (COUNT * Math.pow(random.nextDouble(), 2));
      if (random.nextDouble() < FAVOURITE_RATE) {
        product = neighbour(product, favourite);
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

  public static String sku(int product) {
    return "P%03d".formatted(product);
  }

  public static BigDecimal price(int product) {
    return new BigDecimal(2 + product * 37 % 90).add(new BigDecimal("0.95"));
  }

  /** The category of a product. */
  public static String category(int product) {
    return CATEGORIES.get((product - 1) % CATEGORIES.size());
  }

  /** The line of a product in a dump of all. */
  static String line(int product) {
    String category = category(product);
    return "%s,\"%s article, no. %d\",%s,%s"
        .formatted(sku(product), category, product, category, price(product));
  }
}
