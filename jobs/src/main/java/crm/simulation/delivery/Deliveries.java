package crm.simulation.delivery;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The lines that the company's systems deliver of one actor. Not all goes well: a few come twice
 * and a share has a broken copy. What would be delivered after the last day is left out.
 */
public final class Deliveries {
  /** How a line came, where nothing was wrong with it. */
  public static final String ON_TIME = "on_time";

  /** Days after its event date. */
  public static final String LATE = "late";

  /** Once more, the day after. */
  static final String AGAIN = "again";

  /** In place of a line: the file is there, whether it has lines or not. */
  static final String NONE = "none";

  /** Lines in the order in which they stand in their files: by actor and number. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          "file STRING, day DATE, population STRING, actor BIGINT, number INT, "
              + "kind STRING, line STRING");

  private static final double AGAIN_RATE = 0.005;

  private final Simulation simulation;
  private final String population;
  private final long actor;
  private final Random random;
  private final List<Row> rows = new ArrayList<>();

  Deliveries(Simulation simulation, String population, long actor, Random random) {
    this.simulation = simulation;
    this.population = population;
    this.actor = actor;
    this.random = random;
  }

  List<Row> rows() {
    return rows;
  }

  /** Delivers a line as a system does that may repeat itself and that people type into. */
  public void deliver(DeliveredFile file, LocalDate day, String kind, String line) {
    add(file, day, kind, line);
    if (random.nextDouble() < AGAIN_RATE) {
      add(file, day.plusDays(1), AGAIN, line);
    }
    if (random.nextDouble() < simulation.dirtyRate()) {
      Corruption corruption = file.anyCorruption(random);
      add(file, day, corruption.kind(), file.corrupted(corruption, line));
    }
  }

  /** Delivers the file of a day even if it has no lines. */
  public void open(DeliveredFile file, LocalDate day) {
    add(file, day, NONE, "");
  }

  /** Adds a line as it is. */
  public void add(DeliveredFile file, LocalDate day, String kind, String line) {
    if (!day.isAfter(simulation.end())) {
      rows.add(
          RowFactory.create(
              file.name(), java.sql.Date.valueOf(day), population, actor, rows.size(), kind, line));
    }
  }
}
