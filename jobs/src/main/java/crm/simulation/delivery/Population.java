package crm.simulation.delivery;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Actors of one kind, numbered from 1, and the scenarios of their lives.
 *
 * @param name of one of them
 * @param size how many
 * @param draw makes the actor of a number, the same in every scenario
 */
public record Population<A>(
    Simulation simulation, String name, long size, Draw<A> draw, List<Scenario<A>> scenarios)
    implements FlatMapFunction<Long, Row> {

  /** Makes an actor by its number. */
  public interface Draw<A> extends Serializable {
    A draw(Simulation simulation, long number);
  }

  /** Delivers all lines of one actor: rows of {@link Deliveries#SCHEMA}. */
  @Override
  public Iterator<Row> call(Long number) {
    A actor = draw.draw(simulation, number);
    return scenarios.stream()
        .flatMap(
            scenario -> {
              Random random = simulation.chance(number, scenario.name());
              Deliveries deliveries = new Deliveries(simulation, name, number, random);
              scenario.simulate(actor, random, deliveries);
              return deliveries.rows().stream();
            })
        .iterator();
  }
}
