package crm.simulation;

import java.util.Random;

/** One side of customers' lives, as the company's systems tell it. */
interface Scenario {
  /** Distinguishes its chance from that of the others, so that a new story changes none of them. */
  String name();

  void simulate(SimulatedCustomer life, Random random, Deliveries deliveries);
}
