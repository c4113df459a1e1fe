package crm.simulation;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** What the sample company sells in a season, by baskets. */
public final class SampleSales {
  /** Takes a product of a basket. */
  public interface Sold {
    void sold(LocalDate day, String sku, String amount);
  }

  private SampleSales() {}

  /** The same number of baskets on every day, so that what changes is what the season changes. */
  public static void tell(LocalDate first, LocalDate last, int basketsPerDay, long seed, Sold to) {
    Random random = new Random(seed);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      for (int basket = 0; basket < basketsPerDay; basket++) {
        for (int product : Products.basket(day, Preference.any(random), random)) {
          to.sold(day, Products.sku(product), Products.price(product).toPlainString());
        }
      }
    }
  }

  /** The category of a product, as the company's master says. */
  public static String category(String sku) {
    return Products.master().stream()
        .filter(line -> line.startsWith(sku + ","))
        .map(line -> List.of(line.split(",", -1)))
        .map(cells -> cells.get(cells.size() - 2))
        .findFirst()
        .orElseThrow();
  }
}
