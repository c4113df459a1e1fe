package crm.simulation;

import static crm.simulation.SampleFile.LIVES;
import static crm.simulation.SampleFile.PROFILES;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The customer master: who registers, moves, and grants or withdraws consent to e-mail. */
record Profiles(LocalDate end) implements Scenario {
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
      when = SampleCompany.moment(when.toLocalDate().plusDays(1 + (long) days), random);
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
                life.ordersPerWeek(),
                life.leavesRate(),
                life.left().map(LocalDate::toString).orElse(""),
                life.taste().categoryName(),
                life.taste().isStated()));
  }

  /**
   * One record of the customer master.
   *
   * @param place chooses city and country
   */
  static String json(
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
        SampleCompany.id(number),
        pick(FIRST_NAMES, number),
        pick(LAST_NAMES, number / 7),
        pick(CITIES, place),
        pick(COUNTRIES, place),
        SampleCompany.text(registered),
        number,
        status,
        taste.isStated() ? "\"interests\":[\"%s\"],".formatted(taste.categoryName()) : "",
        SampleCompany.text(changed));
  }

  private static String pick(List<String> names, long number) {
    return names.get((int) (number % names.size()));
  }
}
