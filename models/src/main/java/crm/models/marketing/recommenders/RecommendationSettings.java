package crm.models.marketing.recommenders;

import crm.warehouse.UserError;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is recommended, and how it is found.
 *
 * @param perCustomer most products recommended to a customer
 * @param repeats whether products that a customer has bought may be recommended to that customer
 * @param products ids of the products that may be recommended, as a regular expression
 * @param windowDays days up to the date whose orders count; 0 for all
 * @param methods those that compete; popularity always does
 * @param holdoutDays the last days, whose purchases are to be foretold from those before
 * @param minCustomers with fewer customers to test with, popularity is taken untested
 * @param maxCustomerProducts customers with more products do not say which belong together
 * @param neighbours of each product, how many like it count
 * @param shrinkage customers who are added to those with either product of a pair
 * @param als what matrix factorisation is told
 */
public record RecommendationSettings(
    int perCustomer,
    boolean repeats,
    String products,
    int windowDays,
    List<Method> methods,
    int holdoutDays,
    int minCustomers,
    int maxCustomerProducts,
    int neighbours,
    int shrinkage,
    Als als) {

  /**
   * Settings of alternating least squares for what is bought or not (Hu, Koren and Volinsky 2008).
   *
   * @param rank numbers that describe a product
   * @param iterations times that products and customers are fitted to each other
   * @param regularization how far numbers are drawn to zero, per order
   * @param confidence how much more an order says than no order
   * @param seed what random numbers start from
   */
  public record Als(int rank, int iterations, double regularization, double confidence, long seed)
      implements Serializable {
    public Als {
      whole("als.rank", rank, 1, 256);
      whole("als.iterations", iterations, 1, 30);
      positive("als.regularization", regularization);
      positive("als.confidence", confidence);
    }
  }

  public RecommendationSettings {
    whole("per-customer", perCustomer, 1, 100);
    whole("window-days", windowDays, 0, 36_500);
    whole("holdout-days", holdoutDays, 1, 3_650);
    whole("min-customers", minCustomers, 1, 1_000_000);
    whole("max-customer-products", maxCustomerProducts, 2, 10_000);
    whole("neighbours", neighbours, 1, 1_000);
    whole("shrinkage", shrinkage, 0, 1_000_000);
    methods = List.copyOf(methods);
    try {
      Pattern.compile(products);
    } catch (PatternSyntaxException e) {
      throw UserError.usage(
          "recommendations.products = '%s' is no regular expression: %s. Choose as in .* for all.",
          products, e.getDescription());
    }
  }

  private static void whole(String key, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw UserError.usage(
          "recommendations.%s is %d; choose %d to %d.", key, value, least, greatest);
    }
  }

  private static void positive(String key, double value) {
    if (!(value > 0 && value <= 1_000)) {
      throw UserError.usage("recommendations.%s is %s; choose above 0 to 1000.", key, value);
    }
  }
}
