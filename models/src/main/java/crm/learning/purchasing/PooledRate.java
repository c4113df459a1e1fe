package crm.learning.purchasing;

import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * One rate for all, a Poisson process: what remains to be said where customers are too few or too
 * alike to tell them apart.
 *
 * @param rate repeat purchases per unit of time
 */
record PooledRate(double rate) implements PurchaseModel {
  static PooledRate of(PurchaseCells cells) {
    return new PooledRate(cells.totalPurchases() / cells.totalAge());
  }

  static void addLikelihood(
      PurchaseCells cells, int from, int to, double[] parameters, double[] sums) {
    double rate = parameters[0];
    for (int i = from; i < to; i++) {
      double x = cells.purchases()[i];
      long n = cells.customers()[i];
      sums[0] += n * ((x == 0 ? 0 : x * Math.log(rate)) - rate * cells.age()[i]);
      sums[1] += n * (x / rate - cells.age()[i]);
    }
  }

  @Override
  public PurchaseMethod method() {
    return PurchaseMethod.POOLED_RATE;
  }

  @Override
  public double[] parameters() {
    return new double[] {rate};
  }

  @Override
  public double aliveProbability(double purchases, double recency, double age) {
    return 1;
  }

  @Override
  public double[] expectedIfAlive(double purchases, double age, double[] times) {
    return Arrays.stream(times).map(time -> rate * time).toArray();
  }

  @Override
  public double moreThanIfAlive(long count, double purchases, double age, double time) {
    return rate * time == 0 ? 0 : Gamma.regularizedGammaP(count + 1.0, rate * time);
  }
}
