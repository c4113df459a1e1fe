package crm.learning.purchasing;

/**
 * Tells of a customer how likely they still are one, and what they will buy within a time. A
 * customer is (x, t_x, T): repeat purchases, time from the first purchase to the last, and to the
 * end of the observation.
 */
public sealed interface PurchaseModel
    permits BetaGeometric, ParetoNbd, NegativeBinomial, PooledRate {
  PurchaseMethod method();

  /** In the order of {@link PurchaseMethod#parameterNames}. */
  double[] parameters();

  /** Probability that the customer has not left. */
  double aliveProbability(double purchases, double recency, double age);

  /** Expected purchases within each of the times, of a customer who has not left. */
  double[] expectedIfAlive(double purchases, double age, double[] times);

  /** Probability of more than {@code count} purchases within the time, if not left. */
  double moreThanIfAlive(long count, double purchases, double age, double time);

  /** Expected purchases within the time. */
  default double expected(double purchases, double recency, double age, double time) {
    return aliveProbability(purchases, recency, age)
        * expectedIfAlive(purchases, age, new double[] {time})[0];
  }
}
