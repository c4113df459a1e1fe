package crm.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small shop, the same for the same seed: customers who register, buy while they are active,
 * bring some of it back, visit the web site and change their mind about e-mail. Each customer
 * orders at a rate of their own and may leave for good after any order, as in the BG/NBD model.
 */
public final class SampleCompany {
  private static final int PRODUCTS = 60;
  private static final List<String> CITIES =
      List.of("Hamburg", "Lyon", "Porto", "Gdansk", "Ghent", "Turku");
  private static final List<String> COUNTRIES =
      List.of("Germany", "France", "Portugal", "Poland", "Belgium", "Finland");
  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Ben", "Chiara", "Dmitri", "Elif", "Femke", "Goran", "Hana", "Ines", "Jonas");
  private static final List<String> LAST_NAMES =
      List.of("Almeida", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer", "Novak", "O'Neill");
  private static final List<String> CATEGORIES = List.of("Kitchen", "Garden", "Paper", "Toys");

  /** The header of the sales files. */
  static final String SALES_HEADER =
      "order_id,line,customer,ordered_at,channel,sku,quantity,unit_price,currency,status";

  private static final String RETURNS_HEADER =
      "return_id,order_id,customer,sku,quantity,amount,returned_at";
  private static final String PRODUCTS_HEADER = "sku,name,category,list_price";

  private final long seed;
  private final int customers;
  private final LocalDate start;
  private final int days;

  /**
   * @param seed the same seed gives the same company
   * @param customers how many customers register over time
   * @param start the first day
   * @param days how many days
   */
  public SampleCompany(long seed, int customers, LocalDate start, int days) {
    this.seed = seed;
    this.customers = customers;
    this.start = start;
    this.days = days;
  }

  /** The last day. */
  public LocalDate end() {
    return start.plusDays(days - 1L);
  }

  /** The lines of the day's files, by feed and day. */
  private static final class Deliveries {
    private final Map<LocalDate, List<String>> lines = new TreeMap<>();

    void add(LocalDate day, String line) {
      lines.computeIfAbsent(day, d -> new ArrayList<>()).add(line);
    }
  }

  /** Writes the files of all days below the landing folder. */
  public void write(Path landing) throws IOException {
    Deliveries sales = new Deliveries();
    Deliveries returns = new Deliveries();
    Deliveries profiles = new Deliveries();
    Deliveries visits = new Deliveries();
    for (int number = 1; number <= customers; number++) {
      live(number, sales, returns, profiles, visits);
    }
    for (LocalDate day = start; !day.isAfter(end()); day = day.plusDays(1)) {
      write(landing, "shop/sales_" + day + ".csv", SALES_HEADER, lines(sales, day));
      write(landing, "shop/returns_" + day + ".csv", RETURNS_HEADER, lines(returns, day));
      write(landing, "profiles/customers_" + day + ".jsonl", null, lines(profiles, day));
      write(landing, "web/visits_" + day + ".jsonl", null, lines(visits, day));
    }
    // The product master comes whole, on the first day of each quarter.
    for (LocalDate day = start; !day.isAfter(end()); day = day.plusMonths(3)) {
      write(landing, "erp/products_" + day + ".csv", PRODUCTS_HEADER, products());
    }
  }

  private static List<String> lines(Deliveries deliveries, LocalDate day) {
    return deliveries.lines.getOrDefault(day, List.of());
  }

  /** Writes one file; a header is also written where there are no lines. */
  static void write(Path landing, String name, String header, List<String> lines)
      throws IOException {
    Path file = landing.resolve(name);
    Files.createDirectories(file.getParent());
    List<String> all = new ArrayList<>();
    if (header != null) {
      all.add(header);
    }
    all.addAll(lines);
    Files.write(file, all, StandardCharsets.UTF_8);
  }

  private static String id(int number) {
    return "C%06d".formatted(number);
  }

  private void live(
      int number, Deliveries sales, Deliveries returns, Deliveries profiles, Deliveries visits) {
    Random random = new Random(seed * 1_000_003L + number);
    int registeredAfter = number <= customers / 3 ? 0 : random.nextInt(days);
    LocalDateTime registered = moment(start.plusDays(registeredAfter), random);
    String email = profile(number, registered, random, profiles);
    double meanDaysBetween = 15 + 150 * -Math.log(1 - random.nextDouble());
    double leaves = 0.02 + 0.3 * random.nextDouble() * random.nextDouble();
    boolean granted = random.nextDouble() < 0.6;
    double day = registeredAfter + random.nextDouble() * 5;
    int order = 0;
    while (day < days && (order > 0 || random.nextDouble() < 0.85)) {
      LocalDate on = start.plusDays((long) day);
      if (random.nextDouble() < seasonal(on)) {
        order++;
        order(number, order, moment(on, random), random, sales, returns);
        visit(number, order, moment(on, random), visits);
        if (random.nextDouble() < leaves) {
          break;
        }
      }
      day += meanDaysBetween * -Math.log(1 - random.nextDouble());
    }
    if (granted && random.nextDouble() < 0.15 && day < days) {
      LocalDateTime when = moment(start.plusDays((long) day), random);
      profiles.add(
          when.toLocalDate(), json(number, "upsert", registered, email, "withdrawn", when));
    }
  }

  private String profile(int number, LocalDateTime registered, Random random, Deliveries profiles) {
    String email = "customer%d@example.com".formatted(number);
    String status = random.nextDouble() < 0.6 ? "granted" : "denied";
    profiles.add(
        registered.toLocalDate(), json(number, "upsert", registered, email, status, registered));
    return email;
  }

  /** One record of the customer master. */
  static String json(
      int number,
      String operation,
      LocalDateTime registered,
      String email,
      String status,
      LocalDateTime changed) {
    int place = number % CITIES.size();
    return String.format(
        Locale.ROOT,
        "{\"op\":\"%s\",\"id\":\"%s\",\"name\":\"%s %s\",\"city\":\"%s\",\"country\":\"%s\","
            + "\"registered_at\":\"%s\",\"email\":\"%s\",\"email_marketing\":\"%s\","
            + "\"changed_at\":\"%s\"}",
        operation,
        id(number),
        FIRST_NAMES.get(number % FIRST_NAMES.size()),
        LAST_NAMES.get(number / 7 % LAST_NAMES.size()),
        CITIES.get(place),
        COUNTRIES.get(place),
        text(registered),
        email,
        status,
        text(changed));
  }

  private static void order(
      int customer,
      int order,
      LocalDateTime at,
      Random random,
      Deliveries sales,
      Deliveries returns) {
    String orderId = "O%06d-%03d".formatted(customer, order);
    String channel = random.nextDouble() < 0.7 ? "web" : "store";
    String status = random.nextDouble() < 0.01 ? "cancelled" : "placed";
    int lines = 1 + (int) (-2 * Math.log(1 - random.nextDouble()));
    for (int line = 1; line <= lines; line++) {
      int product = (int) (PRODUCTS * Math.pow(random.nextDouble(), 2)) + 1;
      int quantity = 1 + random.nextInt(3);
      sales.add(
          at.toLocalDate(),
          "%s,%d,%s,%s,%s,%s,%d,%s,EUR,%s"
              .formatted(
                  orderId,
                  line,
                  id(customer),
                  text(at),
                  channel,
                  sku(product),
                  quantity,
                  price(product),
                  status));
      if (random.nextDouble() < 0.05) {
        LocalDateTime back = at.plusDays(1L + random.nextInt(20));
        returns.add(
            back.toLocalDate(),
            "R%s-%d,%s,%s,%s,%d,%s,%s"
                .formatted(
                    orderId,
                    line,
                    orderId,
                    id(customer),
                    sku(product),
                    1,
                    price(product),
                    text(back)));
      }
    }
  }

  private static void visit(int customer, int order, LocalDateTime at, Deliveries visits) {
    visits.add(
        at.toLocalDate(),
        "{\"id\":\"V%06d-%03d\",\"customer\":\"%s\",\"at\":\"%s\",\"type\":\"visit\"}"
            .formatted(customer, order, id(customer), text(at)));
  }

  private static List<String> products() {
    List<String> lines = new ArrayList<>();
    for (int product = 1; product <= PRODUCTS; product++) {
      String category = CATEGORIES.get(product % CATEGORIES.size());
      lines.add(
          "%s,\"%s article, no. %d\",%s,%s"
              .formatted(sku(product), category, product, category, price(product)));
    }
    return lines;
  }

  private static String sku(int product) {
    return "P%03d".formatted(product);
  }

  private static BigDecimal price(int product) {
    return new BigDecimal(2 + product * 37 % 90)
        .add(new BigDecimal("0.95"))
        .setScale(2, RoundingMode.HALF_UP);
  }

  /** How likely an intended order happens on the day: more before Christmas, less in summer. */
  private static double seasonal(LocalDate day) {
    return switch (day.getMonth()) {
      case NOVEMBER, DECEMBER -> 1.0;
      case JUNE, JULY, AUGUST -> 0.6;
      default -> 0.8;
    };
  }

  private static LocalDateTime moment(LocalDate day, Random random) {
    return day.atTime(LocalTime.of(7 + random.nextInt(14), random.nextInt(60), random.nextInt(60)));
  }

  private static String text(LocalDateTime moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ')
        + (moment.getSecond() == 0 ? ":00" : "");
  }
}
