package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static java.util.stream.Collectors.joining;

import crm.warehouse.Table;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A random history of one shop's orders, with every trouble of real deliveries: late, future,
 * duplicated, amended, moved to another customer, cancelled, deleted and re-opened rows, and days
 * without any; and returns, which may come before the order they name. Knows what each customer
 * bought, and on which days, reckoned without Spark.
 */
final class PurchaseHistory {
  static final LocalDate START = LocalDate.of(2026, 1, 29);
  static final int DAYS = 10;

  private static final int ORDERS_COUNT = 14;
  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(4);

  /** What was bought, by a customer or on a day. */
  private record Bought(
      LocalDate first, LocalDate last, long orders, BigDecimal gross, BigDecimal returned) {}

  /** One delivered version of an order, with its lines' amount on one line, or of a tombstone. */
  private record Version(
      String key,
      String customer,
      LocalDate on,
      boolean cancelled,
      BigDecimal amount,
      Long sequence,
      boolean deleted,
      LocalDate delivered) {}

  private record Return(
      String order, String customer, BigDecimal amount, LocalDate on, LocalDate delivered) {}

  /** An order that counts. */
  private record Order(String key, String customer, LocalDate on, BigDecimal amount) {}

  private final String source;
  private final List<Version> orders = new ArrayList<>();
  private final List<Version> lines = new ArrayList<>();
  private final List<Return> returns = new ArrayList<>();

  PurchaseHistory(long seed) {
    source = "shop_%03d".formatted(seed);
    Random random = new Random(seed);
    boolean sequenced = random.nextBoolean();
    for (int order = 1; order <= ORDERS_COUNT; order++) {
      live("O" + order, sequenced, random);
    }
    for (int i = 0; i < 10; i++) {
      LocalDate delivered = START.plusDays(random.nextInt(DAYS));
      // One in four names no order, and some an order that nobody ever heard of.
      String order = random.nextInt(4) == 0 ? null : "O" + (1 + random.nextInt(ORDERS_COUNT + 2));
      String customer = random.nextInt(5) == 0 ? null : customer(random);
      returns.add(new Return(order, customer, amount(random), near(delivered, random), delivered));
    }
  }

  private void live(String key, boolean sequenced, Random random) {
    LocalDate delivered = START.plusDays(random.nextInt(DAYS));
    Version version =
        new Version(
            key,
            customer(random),
            near(delivered, random),
            false,
            amount(random),
            sequenced ? 10L : null,
            false,
            delivered);
    orders.add(version);
    lines.add(version);
    while (random.nextInt(10) < 7) {
      delivered = delivered.plusDays(1 + random.nextInt(3));
      if (delivered.isAfter(START.plusDays(DAYS - 1))) {
        return;
      }
      // A sequence below the one before is an old version that comes late.
      Long sequence = sequenced ? version.sequence() + random.nextInt(4) - 1 : null;
      Version next =
          switch (random.nextInt(7)) {
            case 0 -> version; // The same again.
            case 1 -> with(version, customer(random), version.on(), version.cancelled(), false);
            case 2 -> with(version, version.customer(), near(delivered, random), false, false);
            case 3 -> with(version, version.customer(), version.on(), true, false);
            case 4 -> with(version, version.customer(), version.on(), version.cancelled(), true);
            case 5 -> with(version, null, version.on(), version.cancelled(), false);
            default -> with(version, version.customer(), version.on(), false, false);
          };
      version = redelivered(next, amount(random), sequence, delivered);
      // Lines and orders come in files of their own: one may change without the other.
      int which = random.nextInt(3);
      if (which != 1) {
        orders.add(version);
      }
      if (which != 0) {
        lines.add(version);
      }
    }
  }

  private static Version with(
      Version v, String customer, LocalDate on, boolean cancelled, boolean deleted) {
    return new Version(
        v.key(), customer, on, cancelled, v.amount(), v.sequence(), deleted, v.delivered());
  }

  private static Version redelivered(
      Version v, BigDecimal amount, Long sequence, LocalDate delivered) {
    return new Version(
        v.key(), v.customer(), v.on(), v.cancelled(), amount, sequence, v.deleted(), delivered);
  }

  private static String customer(Random random) {
    return "C" + (1 + random.nextInt(5));
  }

  private static BigDecimal amount(Random random) {
    return BigDecimal.valueOf(random.nextInt(4) * 12345L, 4);
  }

  /** Up to five days late, up to three days ahead. */
  private static LocalDate near(LocalDate day, Random random) {
    return day.plusDays(random.nextInt(9) - 5);
  }

  /** The rows of the totals of every customer, by the definition, from the beginning. */
  List<String> purchases(LocalDate date) {
    Map<String, Bought> bought = new TreeMap<>();
    for (Order order : counting(date)) {
      bought.merge(order.customer(), bought(order, NOTHING), PurchaseHistory::sum);
    }
    for (Return back : returned(date)) {
      if (back.customer() != null && back.amount().signum() > 0) {
        bought.merge(
            back.customer(),
            new Bought(null, null, 0, NOTHING, back.amount()),
            PurchaseHistory::sum);
      }
    }
    return bought.entrySet().stream()
        .map(
            total -> {
              Bought b = total.getValue();
              return row(total.getKey(), b.first(), b.last(), b.orders(), b.gross(), b.returned());
            })
        .toList();
  }

  /** The rows of the days every customer bought on, by the definition, from the beginning. */
  List<String> purchaseDays(LocalDate date) {
    Map<String, BigDecimal> returned = new HashMap<>();
    returned(date)
        .forEach(
            back -> returned.merge(String.valueOf(back.order()), back.amount(), BigDecimal::add));
    Map<String, Bought> days = new TreeMap<>();
    for (Order order : counting(date)) {
      days.merge(
          order.customer() + "|" + order.on(),
          bought(order, returned.getOrDefault(order.key(), NOTHING)),
          PurchaseHistory::sum);
    }
    return days.entrySet().stream()
        .map(
            day -> {
              Bought b = day.getValue();
              return row(day.getKey(), b.orders(), b.gross(), b.returned());
            })
        .toList();
  }

  private String row(Object... values) {
    return source + "|" + Arrays.stream(values).map(String::valueOf).collect(joining("|"));
  }

  private static Bought bought(Order order, BigDecimal returned) {
    return new Bought(order.on(), order.on(), 1, order.amount(), returned);
  }

  private List<Order> counting(LocalDate date) {
    Map<String, Version> newestLines = newest(lines, date);
    List<Order> counting = new ArrayList<>();
    for (Version order : newest(orders, date).values()) {
      Version line = newestLines.get(order.key());
      boolean counts =
          !order.deleted()
              && !order.on().isAfter(date)
              && !order.cancelled()
              && order.customer() != null
              && line != null
              && !line.deleted()
              && line.amount().signum() > 0;
      if (counts) {
        counting.add(new Order(order.key(), order.customer(), order.on(), line.amount()));
      }
    }
    return counting;
  }

  private List<Return> returned(LocalDate date) {
    return returns.stream()
        .filter(back -> !back.delivered().isAfter(date) && !back.on().isAfter(date))
        .toList();
  }

  private static Map<String, Version> newest(List<Version> versions, LocalDate date) {
    Comparator<Version> order =
        Comparator.comparing(
                Version::sequence, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(Version::delivered);
    Map<String, Version> newest = new HashMap<>();
    versions.stream()
        .filter(version -> !version.delivered().isAfter(date))
        .sorted(order)
        .forEach(version -> newest.put(version.key(), version));
    return newest;
  }

  private static Bought sum(Bought a, Bought b) {
    return new Bought(
        earlier(a.first(), b.first()),
        later(a.last(), b.last()),
        a.orders() + b.orders(),
        a.gross().add(b.gross()),
        a.returned().add(b.returned()));
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  /** The delivered rows as they are stored, without the month. */
  Map<Table, List<Row>> stored() {
    Map<Table, List<Row>> stored = new HashMap<>();
    stored.put(ORDERS, orders.stream().map(this::order).toList());
    stored.put(ORDER_LINES, lines.stream().map(this::line).toList());
    List<Row> back = new ArrayList<>();
    for (Return r : returns) {
      back.add(returned(r, "R" + back.size()));
    }
    stored.put(ORDER_RETURNS, back);
    return stored;
  }

  private Row order(Version v) {
    boolean live = !v.deleted();
    return RowFactory.create(
        source,
        v.key(),
        live ? v.customer() : null,
        live ? Timestamp.valueOf(v.on().atTime(12, 0)) : null,
        live ? Date.valueOf(v.on()) : null,
        null,
        live ? (v.cancelled() ? "cancelled" : "placed") : null,
        v.sequence(),
        live ? (long) v.hashCode() : null,
        v.deleted(),
        Date.valueOf(v.delivered()),
        v.delivered().toString().substring(0, 7));
  }

  private Row line(Version v) {
    boolean live = !v.deleted();
    return RowFactory.create(
        source,
        v.key(),
        "1",
        null,
        live ? 1L : null,
        null,
        live ? v.amount() : null,
        null,
        v.sequence(),
        live ? (long) v.hashCode() : null,
        v.deleted(),
        Date.valueOf(v.delivered()),
        v.delivered().toString().substring(0, 7));
  }

  private Row returned(Return r, String id) {
    return RowFactory.create(
        source,
        id,
        r.order(),
        r.customer(),
        null,
        1L,
        r.amount(),
        Timestamp.valueOf(r.on().atTime(12, 0)),
        Date.valueOf(r.on()),
        (long) r.hashCode(),
        Date.valueOf(r.delivered()),
        r.delivered().toString().substring(0, 7));
  }
}
