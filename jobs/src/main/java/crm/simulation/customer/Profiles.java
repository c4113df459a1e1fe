package crm.simulation.customer;

import static crm.simulation.customer.CustomerFiles.LIVES;
import static crm.simulation.customer.CustomerFiles.PROFILES;

import crm.simulation.delivery.Deliveries;
import crm.simulation.delivery.Scenario;
import crm.simulation.delivery.Simulation;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The customer master: who registers, moves, and grants or withdraws consent to e-mail. */
public record Profiles(LocalDate end) implements Scenario<SimulatedCustomer> {
  private static final List<String> CITIES =
      List.of("Hamburg", "Lyon", "Porto", "Gdansk", "Ghent", "Turku");
  private static final List<String> COUNTRIES =
      List.of("Germany", "France", "Portugal", "Poland", "Belgium", "Finland");
  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Ben", "Chiara", "Dmitri", "Elif", "Femke", "Goran", "Hana", "Ines", "Jonas");
  private static final List<String> LAST_NAMES =
      List.of("Almeida", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer", "Novak", "O'Neill");

  private static final double GRANTS = 0.6;
  private static final double MEAN_DAYS_TO_CHANGE = 700;
  private static final double MOVES = 0.2;

  @Override
  public String name() {
    return "profiles";
  }

  @Override
  public void simulate(SimulatedCustomer life, Random random, Deliveries deliveries) {
    boolean granted = random.nextDouble() < GRANTS;
    long place = life.number();
    LocalDateTime when = life.registered();
    String status = granted ? "granted" : "denied";
    while (!when.toLocalDate().isAfter(end)) {
      deliveries.deliver(
          PROFILES,
          when.toLocalDate(),
          Deliveries.ON_TIME,
          json(life.number(), place, "upsert", life.registered(), status, life.taste(), when));
      double days = MEAN_DAYS_TO_CHANGE * -Math.log(1 - random.nextDouble());
      when = Simulation.moment(when.toLocalDate().plusDays(1 + (long) days), random);
      if (random.nextDouble() < MOVES) {
        place++;
      } else {
        granted = !granted;
        status = granted ? "granted" : "withdrawn";
      }
    }
    deliveries.add(
        LIVES,
        life.registered().toLocalDate(),
        Deliveries.ON_TIME,
        "%s,%s,%s,%d,%.6f,%.6f,%s,%s,%s"
            .formatted(
                life.id(),
                life.registered().toLocalDate(),
                life.orders().isEmpty() ? "" : life.orders().get(0).toLocalDate(),
                Math.max(0, life.orders().size() - 1),
                7 * life.buyer().rate(),
                life.buyer().leavesRate(),
                life.leftOn().map(LocalDate::toString).orElse(""),
                life.taste().categoryName(),
                life.taste().isStated()));
  }

  /** The record by which a customer is deleted at noon of a day. */
  public static String deletion(long number, LocalDate day) {
    return json(
        number,
        number,
        "delete",
        day.minusDays(1).atStartOfDay(),
        "withdrawn",
        new Preference(0, false),
        day.atTime(12, 0, 1));
  }

  /**
   * One record of the customer master.
   *
   * @param place chooses city and country
   */
  private static String json(
      long number,
      long place,
      String operation,
      LocalDateTime registered,
      String status,
      Preference taste,
      LocalDateTime changed) {
    return String.format(
        Locale.ROOT,
        "{\"op\":\"%s\",\"id\":\"%s\",\"name\":\"%s %s\",\"city\":\"%s\",\"country\":\"%s\","
            + "\"registered_at\":\"%s\",\"email\":\"customer%d@example.com\","
            + "\"email_marketing\":\"%s\",%s\"changed_at\":\"%s\"}",
        operation,
        SimulatedCustomer.id(number),
        pick(FIRST_NAMES, number),
        pick(LAST_NAMES, number / 7),
        pick(CITIES, place),
        pick(COUNTRIES, place),
        Simulation.text(registered),
        number,
        status,
        taste.isStated() ? "\"interests\":[\"%s\"],".formatted(taste.categoryName()) : "",
        Simulation.text(changed));
  }

  private static String pick(List<String> names, long number) {
    return names.get((int) (number % names.size()));
  }
}
