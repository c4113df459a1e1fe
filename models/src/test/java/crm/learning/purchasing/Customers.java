package crm.learning.purchasing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.random.RandomDataGenerator;

/** Customers of tests, given or simulated, and what they do later. */
public final class Customers {
  /** One customer, as of the end of the observation, and the purchases in the time after. */
  public record Customer(double purchases, double recency, double age, int later) {}

  private final List<Customer> all = new ArrayList<>();
  private double[] later;

  public Customers add(double purchases, double recency, double age) {
    return add(1, purchases, recency, age);
  }

  public Customers add(int count, double purchases, double recency, double age) {
    for (int i = 0; i < count; i++) {
      all.add(new Customer(purchases, recency, age, 0));
    }
    return this;
  }

  public PurchaseCells cells() {
    List<Customer> sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.comparingDouble(Customer::purchases)
            .thenComparingDouble(Customer::recency)
            .thenComparingDouble(Customer::age)
            .thenComparingInt(Customer::later));
    List<Customer> kinds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (Customer one : sorted) {
      int last = kinds.size() - 1;
      if (last >= 0 && kinds.get(last).equals(one)) {
        counts.set(last, counts.get(last) + 1);
      } else {
        kinds.add(one);
        counts.add(1L);
      }
    }
    later = kinds.stream().mapToDouble(Customer::later).toArray();
    return new PurchaseCells(
        kinds.stream().mapToDouble(Customer::purchases).toArray(),
        kinds.stream().mapToDouble(Customer::recency).toArray(),
        kinds.stream().mapToDouble(Customer::age).toArray(),
        counts.stream().mapToLong(Long::longValue).toArray());
  }

  /** What customers of each of the cells bought later. */
  public double[] later() {
    return later;
  }

  /** Customers as BG/NBD describes them, each first seen at some time before the end. */
  public static Customers simulated(
      int count, long seed, double r, double alpha, double a, double b, double oldest) {
    RandomDataGenerator random = new RandomDataGenerator(seed);
    Customers customers = new Customers();
    for (int i = 0; i < count; i++) {
      SimulatedBuyer buyer = SimulatedBuyer.draw(r, alpha, a, b, random);
      double age = oldest * (0.25 + 0.75 * random.nextDouble());
      List<Double> times = new ArrayList<>();
      buyer.buy(0, age + oldest, random, times::add);
      int seen = (int) times.stream().filter(time -> time <= age).count();
      customers.all.add(new Customer(seen - 1, times.get(seen - 1), age, times.size() - seen));
    }
    return customers;
  }
}
