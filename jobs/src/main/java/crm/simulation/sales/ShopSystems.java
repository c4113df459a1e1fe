package crm.simulation.sales;

import static crm.simulation.sales.SalesFiles.PRODUCTS;
import static crm.simulation.sales.SalesFiles.RETURNS;
import static crm.simulation.sales.SalesFiles.SALES;

import crm.simulation.delivery.Deliveries;
import crm.simulation.delivery.Scenario;
import crm.simulation.delivery.Simulation;
import java.time.LocalDate;
import java.util.Random;

/** What no customer causes: the shop's daily files, and all products each quarter. */
public record ShopSystems() implements Scenario<Simulation> {
  @Override
  public String name() {
    return "shop";
  }

  @Override
  public void simulate(Simulation simulation, Random random, Deliveries deliveries) {
    LocalDate end = simulation.end();
    for (LocalDate day = simulation.start(); !day.isAfter(end); day = day.plusDays(1)) {
      deliveries.open(SALES, day);
      deliveries.open(RETURNS, day);
    }
    for (LocalDate day = simulation.start(); !day.isAfter(end); day = day.plusMonths(3)) {
      for (int product = 1; product <= Products.COUNT; product++) {
        deliveries.add(PRODUCTS, day, Deliveries.ON_TIME, Products.line(product));
      }
    }
  }
}
