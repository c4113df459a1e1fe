package crm.simulation;

import java.util.Random;

/**
 * What a customer likes.
 *
 * @param category place of the favourite among the categories of products
 * @param isStated whether the customer says so when registering
 */
record Preference(int category, boolean isStated) {
  /** Of what is put into a basket, the share that is taken from the favourite category. */
  static final double FOLLOWED_RATE = 0.6;

  /** Share of the customers who say what they like. */
  static final double STATED_RATE = 0.3;

  static Preference any(Random random) {
    return new Preference(
        random.nextInt(Products.CATEGORIES.size()), random.nextDouble() < STATED_RATE);
  }

  String categoryName() {
    return Products.CATEGORIES.get(category);
  }
}
