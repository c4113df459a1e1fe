package crm.simulation;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.random.JDKRandomGenerator;
import org.hipparchus.random.RandomDataGenerator;

/**
 * What is true of one customer. Orders follow the BG/NBD process (Fader, Hardie and Lee 2005): at a
 * rate of the customer's own, drawn from a gamma distribution, until the customer leaves for good
 * after a repeat order with a probability of the customer's own, drawn from a beta distribution.
 *
 * @param orders moments of the orders up to the company's last day, ascending
 * @param ordersPerWeek while the customer stays
 * @param leavesRate probability of leaving after a repeat order
 * @param left the day of the last order of a customer who left
 * @param taste what the customer likes, and buys more of
 */
record SimulatedCustomer(
    long number,
    LocalDateTime registered,
    List<LocalDateTime> orders,
    double ordersPerWeek,
    double leavesRate,
    Optional<LocalDate> left,
    Preference taste) {

  /** Gamma distribution of the orders per week. */
  static final double R = 0.7;

  static final double ALPHA_WEEKS = 5;

  /** Beta distribution of the probability of leaving. */
  static final double A = 0.6;

  static final double B = 4;

  /** Share of those who register and never order. */
  static final double NEVER_ORDERS = 0.15;

  /** Share of the customers who register in the first two months; the others do evenly. */
  private static final double EARLY = 0.3;

  private static final int EARLY_DAYS = 60;

  static SimulatedCustomer of(SampleCompany company, long number) {
    Random random = new Random(company.seedOf(number, "life"));
    RandomDataGenerator draws = RandomDataGenerator.of(new JDKRandomGenerator(random));
    int within =
        random.nextDouble() < EARLY ? Math.min(EARLY_DAYS, company.days()) : company.days();
    LocalDateTime registered =
        SampleCompany.moment(company.start().plusDays(random.nextInt(within)), random);
    double rate = draws.nextGamma(R, 1 / ALPHA_WEEKS);
    double leaves = draws.nextBeta(A, B);
    List<LocalDateTime> orders = new ArrayList<>();
    Optional<LocalDate> left = Optional.empty();
    if (random.nextDouble() >= NEVER_ORDERS) {
      double days = random.nextDouble() * 5;
      LocalDate day = registered.toLocalDate().plusDays((long) days);
      while (!day.isAfter(company.end()) && left.isEmpty()) {
        orders.add(SampleCompany.moment(day, random));
        if (orders.size() > 1 && random.nextDouble() < leaves) {
          left = Optional.of(day);
        }
        days += 7 * exponential(random) / rate;
        day = registered.toLocalDate().plusDays((long) Math.min(days, 1e6));
      }
    }
    return new SimulatedCustomer(
        number,
        registered,
        List.copyOf(orders),
        rate,
        leaves,
        left,
        Preference.any(new Random(company.seedOf(number, "taste"))));
  }

  private static double exponential(Random random) {
    return -Math.log(1 - random.nextDouble());
  }

  /** As the company's systems name the customer. */
  String id() {
    return SampleCompany.id(number);
  }
}
