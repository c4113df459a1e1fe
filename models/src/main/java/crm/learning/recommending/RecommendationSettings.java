package crm.learning.recommending;

import static crm.warehouse.settings.ConfigSection.Limit.above;
import static crm.warehouse.settings.ConfigSection.Limit.atMost;

import crm.warehouse.settings.ConfigSection;
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
 * @param holdoutDays the last days, whose purchases are to be predicted from those before
 * @param minCustomers with fewer customers to test with, popularity is taken untested
 * @param maxCustomerProducts customers with more products do not say which belong together
 * @param neighbours of each product, how many like it count
 * @param shrinkage customers who are added to those with either product of a pair
 * @param als parameters of the matrix factorisation
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
    static Als of(ConfigSection section) {
      return new Als(
          section.whole("rank", 1, 256),
          section.whole("iterations", 1, 30),
          section.number("regularization", above(0), atMost(1_000)).doubleValue(),
          section.number("confidence", above(0), atMost(1_000)).doubleValue(),
          section.seed("seed"));
    }
  }

  public RecommendationSettings {
    methods = List.copyOf(methods);
  }

  public static RecommendationSettings of(ConfigSection section) {
    return new RecommendationSettings(
        section.whole("per-customer", 1, 100),
        section.choice("already-bought", "exclude", "include").equals("include"),
        expression(section, "products"),
        section.whole("window-days", 0, 36_500),
        section.anyOf("methods", List.of(Method.values())),
        section.whole("holdout-days", 1, 3_650),
        section.whole("min-customers", 1, 1_000_000),
        section.whole("max-customer-products", 2, 10_000),
        section.whole("neighbours", 1, 1_000),
        section.whole("shrinkage", 0, 1_000_000),
        Als.of(section.section("als")));
  }

  private static String expression(ConfigSection section, String key) {
    String expression = section.text(key).orElse(".*");
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      section.check(key, false, "a regular expression, as in .* for all: " + e.getDescription());
    }
    return expression;
  }
}
