package crm.learning.purchasing;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Customers counted by what a purchase model knows of them. Customers who are alike are one cell,
 * so that a fit costs what there are kinds of customers, not what there are customers.
 *
 * @param purchases repeat purchases x, ascending
 * @param recency time from the first to the last purchase, t_x; 0 without a repeat purchase
 * @param age time from the first purchase to the end of the observation, T
 * @param customers how many are so
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PurchaseCells(double[] purchases, double[] recency, double[] age, long[] customers) {
  /** Cells summed by one thread; fixed, so that sums do not depend on the number of threads. */
  private static final int PART = 8192;

  /** The likelihood of some cells under one model: adds the log-likelihood, then its gradient. */
  interface Likelihood {
    /**
     * @param parameters of the model
     * @param sums the log-likelihood, and its derivative by each parameter
     */
    void add(PurchaseCells cells, int from, int to, double[] parameters, double[] sums);
  }

  public PurchaseCells {
    for (int i = 1; i < purchases.length; i++) {
      if (purchases[i] < purchases[i - 1]) {
        throw new IllegalArgumentException("Cells are sorted by purchases.");
      }
    }
  }

  public int size() {
    return purchases.length;
  }

  public long totalCustomers() {
    return Arrays.stream(customers).sum();
  }

  public double totalPurchases() {
    return total(i -> purchases[i]);
  }

  public double totalAge() {
    return total(i -> age[i]);
  }

  private double total(IntToDoubleFunction value) {
    return IntStream.range(0, size()).mapToDouble(i -> customers[i] * value.applyAsDouble(i)).sum();
  }

  /**
   * The repeat purchases above which a customer is no customer as the others are, but a machine or
   * a reseller: ten times what 99 of 100 customers do not exceed. One of them would bend a fit to
   * thousands.
   */
  public double maxPurchases() {
    long left = totalCustomers() / 100;
    int last = size() - 1;
    while (last > 0 && left >= customers[last]) {
      left -= customers[last--];
    }
    return size() == 0 ? 0 : 10 * Math.max(1, purchases[last]);
  }

  /** Returns how many of the cells are of customers with no more repeat purchases than that. */
  public int sizeUpTo(double max) {
    int size = size();
    while (size > 0 && purchases[size - 1] > max) {
      size--;
    }
    return size;
  }

  /** The customers with no more than {@link #maxPurchases}. */
  public PurchaseCells withoutOutliers() {
    return first(sizeUpTo(maxPurchases()));
  }

  /** The first cells. */
  public PurchaseCells first(int size) {
    return new PurchaseCells(
        Arrays.copyOf(purchases, size),
        Arrays.copyOf(recency, size),
        Arrays.copyOf(age, size),
        Arrays.copyOf(customers, size));
  }

  /** The same customers on another clock. */
  PurchaseCells times(double factor) {
    return new PurchaseCells(
        purchases,
        Arrays.stream(recency).map(time -> time * factor).toArray(),
        Arrays.stream(age).map(time -> time * factor).toArray(),
        customers);
  }

  /**
   * @return the log-likelihood of all customers, and its derivative by each parameter
   */
  double[] sum(Likelihood likelihood, double[] parameters) {
    double[] total = new double[1 + parameters.length];
    double[][] parts =
        IntStream.range(0, (size() + PART - 1) / PART)
            .parallel()
            .mapToObj(
                part -> {
                  double[] sums = new double[total.length];
                  int from = part * PART;
                  likelihood.add(this, from, Math.min(size(), from + PART), parameters, sums);
                  return sums;
                })
            .toArray(double[][]::new);
    for (double[] part : parts) {
      for (int i = 0; i < total.length; i++) {
        total[i] += part[i];
      }
    }
    return total;
  }
}
