package crm.simulation.customer;

import crm.learning.purchasing.SimulatedBuyer;
import crm.simulation.delivery.Simulation;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.random.JDKRandomGenerator;
import org.hipparchus.random.RandomDataGenerator;

/**
 * What is true of one customer, whose orders follow the BG/NBD process (Fader, Hardie and Lee
 * 2005).
 *
 * @param orders moments of the orders up to the company's last day, ascending
 * @param buyer how the customer buys, by the day
 * @param hasLeft whether the customer left with the last of the orders
 * @param taste what the customer likes, and buys more of
 */
public record SimulatedCustomer(
    long number,
    LocalDateTime registered,
    List<LocalDateTime> orders,
    SimulatedBuyer buyer,
    boolean hasLeft,
    Preference taste) {

  /** Gamma distribution of the orders per week. */
  public static final double R = 0.7;

  public static final double ALPHA_WEEKS = 5;

  /** Beta distribution of the probability of leaving. */
  public static final double A = 0.6;

  public static final double B = 4;

  /** Share of those who register and never order. */
  public static final double NEVER_ORDERS = 0.15;

  /** Share of the customers who register in the first two months; the others do evenly. */
  private static final double EARLY = 0.3;

  private static final int EARLY_DAYS = 60;

  /** Draws the customer of a number. */
  public static SimulatedCustomer draw(Simulation simulation, long number) {
    Random random = simulation.chance(number, "life");
    RandomDataGenerator draws = RandomDataGenerator.of(new JDKRandomGenerator(random));
    int within =
        random.nextDouble() < EARLY ? Math.min(EARLY_DAYS, simulation.days()) : simulation.days();
    LocalDateTime registered =
        Simulation.moment(simulation.start().plusDays(random.nextInt(within)), random);
    SimulatedBuyer buyer = SimulatedBuyer.draw(R, 7 * ALPHA_WEEKS, A, B, draws);
    List<LocalDateTime> orders = new ArrayList<>();
    boolean left = false;
    if (random.nextDouble() >= NEVER_ORDERS) {
      LocalDate day = registered.toLocalDate();
      long end = ChronoUnit.DAYS.between(day, simulation.end()) + 1;
      left =
          buyer.buy(
              random.nextDouble() * 5,
              (double) end,
              draws,
              time -> orders.add(Simulation.moment(day.plusDays((long) time), random)));
    }
    return new SimulatedCustomer(
        number,
        registered,
        List.copyOf(orders),
        buyer,
        left,
        Preference.any(simulation.chance(number, "taste")));
  }

  /** The day of the last order, if the customer left with it. */
  public Optional<LocalDate> leftOn() {
    return hasLeft ? Optional.of(orders.get(orders.size() - 1).toLocalDate()) : Optional.empty();
  }

  /** As the company's systems name the customer. */
  public String id() {
    return id(number);
  }

  /** As the company's systems name the customer of a number. */
  static String id(long number) {
    return "C%06d".formatted(number);
  }
}
