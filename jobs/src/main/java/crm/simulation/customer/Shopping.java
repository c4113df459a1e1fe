package crm.simulation.customer;

import static crm.simulation.sales.SalesFiles.RETURNS;
import static crm.simulation.sales.SalesFiles.SALES;

import crm.simulation.delivery.Deliveries;
import crm.simulation.delivery.Scenario;
import crm.simulation.delivery.Simulation;
import crm.simulation.sales.Products;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Orders, some of which are delivered late, and what of them is brought back. */
public record Shopping() implements Scenario<SimulatedCustomer> {
  private static final double LATE_RATE = 0.01;
  private static final double CANCELLED_RATE = 0.01;
  private static final double RETURN_RATE = 0.05;

  @Override
  public String name() {
    return "shopping";
  }

  @Override
  public void simulate(SimulatedCustomer life, Random random, Deliveries deliveries) {
    Map<LocalDate, Integer> ofDay = new HashMap<>();
    for (LocalDateTime at : life.orders()) {
      order(life, at, ofDay.merge(at.toLocalDate(), 1, Integer::sum), random, deliveries);
      if (random.nextDouble() < CANCELLED_RATE) {
        cancelledOrder(life, at, ofDay.merge(at.toLocalDate(), 1, Integer::sum), deliveries);
      }
    }
  }

  /** Numbers of orders grow with time, as in most systems. */
  private static String orderId(SimulatedCustomer life, LocalDateTime at, int number) {
    return "O%ty%<tm%<td-%s-%d".formatted(at, life.id(), number);
  }

  private static void order(
      SimulatedCustomer life, LocalDateTime at, int number, Random random, Deliveries deliveries) {
    String order = orderId(life, at, number);
    String channel = random.nextDouble() < 0.7 ? "web" : "store";
    boolean late = random.nextDouble() < LATE_RATE;
    LocalDate delivered = at.toLocalDate().plusDays(late ? 1 + random.nextInt(3) : 0);
    int line = 0;
    for (int product : Products.basket(at.toLocalDate(), life.taste().category(), random)) {
      line++;
      deliveries.deliver(
          SALES,
          delivered,
          late ? Deliveries.LATE : Deliveries.ON_TIME,
          line(order, line, life, at, channel, product, 1 + random.nextInt(3), "placed"));
      if (random.nextDouble() < RETURN_RATE) {
        LocalDateTime back = at.plusDays(1L + random.nextInt(20));
        deliveries.deliver(
            RETURNS,
            back.toLocalDate().isBefore(delivered) ? delivered : back.toLocalDate(),
            Deliveries.ON_TIME,
            "R%s-%d\t%s\t%s\t%s\t1\t%s\t%s"
                .formatted(
                    order,
                    line,
                    order,
                    life.id(),
                    Products.sku(product),
                    Products.price(product),
                    Simulation.text(back)));
      }
    }
  }

  /** Placed, and cancelled the day after; besides those that follow the process. */
  private static void cancelledOrder(
      SimulatedCustomer life, LocalDateTime at, int number, Deliveries deliveries) {
    String order = orderId(life, at, number);
    int product = 1 + (int) (life.number() % Products.COUNT);
    deliveries.add(
        SALES,
        at.toLocalDate(),
        Deliveries.ON_TIME,
        line(order, 1, life, at, "web", product, 1, "placed"));
    deliveries.add(
        SALES,
        at.toLocalDate().plusDays(1),
        Deliveries.LATE,
        line(order, 1, life, at, "web", product, 1, "cancelled"));
  }

  private static String line(
      String order,
      int line,
      SimulatedCustomer life,
      LocalDateTime at,
      String channel,
      int product,
      int quantity,
      String status) {
    return "%s,%d,%s,%s,%s,%s,%d,%s,EUR,%s"
        .formatted(
            order,
            line,
            life.id(),
            Simulation.text(at),
            channel,
            Products.sku(product),
            quantity,
            Products.price(product),
            status);
  }
}
