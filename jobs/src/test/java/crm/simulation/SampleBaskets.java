package crm.simulation;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What customers of the sample company put into their baskets on a day without a season. */
public final class SampleBaskets {
  private SampleBaskets() {}

  /** Numbers of products. */
  public static List<int[]> of(long seed, int baskets) {
    Random random = new Random(seed);
    LocalDate day = LocalDate.of(2026, 2, 2);
    return IntStream.range(0, baskets)
        .mapToObj(
            b ->
                Products.basket(day, Preference.any(random), random).stream()
                    .mapToInt(p -> p)
                    .toArray())
        .toList();
  }

  /** The rules that are planted: numbers of two products each. */
  public static List<int[]> rules() {
    return Products.rules().stream()
        .map(rule -> new int[] {number(rule.ifBought()), number(rule.thenBought())})
        .toList();
  }

  private static int number(String sku) {
    return Integer.parseInt(sku.substring(1));
  }
}
