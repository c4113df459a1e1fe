package crm.simulation.customer;

import crm.simulation.sales.Products;
import java.util.Random;

/**
 * What a customer likes.
 *
 * @param category place of the favourite among the categories of products
 * @param isStated whether the customer says so when registering
 */
public record Preference(int category, boolean isStated) {
  /** Share of the customers who say what they like. */
  static final double STATED_RATE = 0.3;

  public static Preference any(Random random) {
    return new Preference(
        random.nextInt(Products.CATEGORIES.size()), random.nextDouble() < STATED_RATE);
  }

  String categoryName() {
    return Products.CATEGORIES.get(category);
  }
}
