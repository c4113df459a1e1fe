package crm.simulation.customer;

import static crm.simulation.customer.CustomerFiles.VISITS;

import crm.simulation.delivery.Deliveries;
import crm.simulation.delivery.Scenario;
import crm.simulation.delivery.Simulation;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;

/** Visits to the web site: before every order, and some that lead to none. */
public record Browsing() implements Scenario<SimulatedCustomer> {
  private static final double LATE_RATE = 0.02;

  @Override
  public String name() {
    return "browsing";
  }

  @Override
  public void simulate(SimulatedCustomer life, Random random, Deliveries deliveries) {
    int number = 0;
    for (LocalDateTime order : life.orders()) {
      visit(life, ++number, order, random, deliveries);
      while (random.nextDouble() < 0.3) {
        LocalDate day = order.toLocalDate().plusDays(random.nextInt(30));
        visit(life, ++number, Simulation.moment(day, random), random, deliveries);
      }
    }
  }

  private static void visit(
      SimulatedCustomer life, int number, LocalDateTime at, Random random, Deliveries deliveries) {
    boolean late = random.nextDouble() < LATE_RATE;
    deliveries.deliver(
        VISITS,
        at.toLocalDate().plusDays(late ? 1 + random.nextInt(5) : 0),
        late ? Deliveries.LATE : Deliveries.ON_TIME,
        "{\"id\":\"V%s-%d\",\"customer\":\"%s\",\"at\":\"%s\",\"type\":\"visit\"}"
            .formatted(life.id(), number, life.id(), Simulation.text(at)));
  }
}
