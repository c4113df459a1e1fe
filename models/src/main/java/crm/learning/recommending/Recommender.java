package crm.learning.recommending;

import java.io.Serializable;

/** Scores products for a customer by what the customer bought, on whichever machine that is. */
public interface Recommender extends Serializable {
  Method method();

  /** Adds to the scores of products that may suit; those that are not above zero do not. */
  void score(History history, Scores scores);

  /**
   * The customer's product that contributes most to another one's score.
   *
   * @param product one that the customer has not bought, with a score above zero
   */
  int because(History history, int product);
}
