package crm.simulation.delivery;

import java.io.Serializable;
import java.util.Random;

/**
 * One side of the lives of actors, as the company's systems tell it.
 *
 * @param <A> whose life: a customer, say
 */
public interface Scenario<A> extends Serializable {
  /** Distinguishes its chance from that of the others, so that a new one changes none of them. */
  String name();

  void simulate(A actor, Random random, Deliveries deliveries);
}
