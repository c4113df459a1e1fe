package crm.learning.purchasing;

import java.util.function.DoubleConsumer;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Draws buyers by the process that {@link BetaGeometric} describes: at a rate of the buyer's own,
 * until the buyer leaves for good after a repeat purchase with a probability of the buyer's own.
 *
 * @param rate purchases per unit of time while the buyer stays
 * @param leavesRate probability of leaving after a repeat purchase
 */
public record SimulatedBuyer(double rate, double leavesRate) {

  /** Draws a buyer whose rate is Gamma(r, alpha) and whose probability to leave is Beta(a, b). */
  public static SimulatedBuyer draw(
      double r, double alpha, double a, double b, RandomDataGenerator random) {
    // A rate of zero would put the next purchase nowhere.
    double rate = Math.max(random.nextGamma(r, 1 / alpha), Double.MIN_NORMAL);
    return new SimulatedBuyer(rate, random.nextBeta(a, b));
  }

  /**
   * Draws purchases from the first one until the buyer leaves or the time is over.
   *
   * @param first time of the first purchase
   * @param end later purchases are not drawn
   * @param purchase takes the time of each, ascending; may draw from the same chance
   * @return whether the buyer left
   */
  public boolean buy(
      double first, double end, RandomDataGenerator random, DoubleConsumer purchase) {
    for (double time = first; time < end; time -= Math.log(1 - random.nextDouble()) / rate) {
      purchase.accept(time);
      if (time > first && random.nextDouble() < leavesRate) {
        return true;
      }
    }
    return false;
  }
}
