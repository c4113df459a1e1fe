package crm.engine.run;

import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.job.OutcomeCounts;
import crm.warehouse.tables.ops.OpsTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is reported of every file equals what the one who wrote it counted: in = accepted + rejected
 * + duplicates + unchanged + collapsed + filtered + suppressed + other day; and what was rejected
 * is kept.
 */
class ConservationTest {
  private static final LocalDate START = LocalDate.of(2026, 2, 27);
  private static final int DAYS = 4;
  private static final String SOURCE =
      """
      source = shop
      max-rejected-percent = 100
      feeds.orders {
        files = "orders_{date}_*.csv"
        format { type = delimited }
        tables.orders {
          where = "kind = 'sale'"
          sequence = "try_cast(version as bigint)"
          columns {
            order_id = id, customer_id = customer, ordered_at = at, status = "'placed'"
          }
        }
      }
      feeds.visits {
        files = "visits_{date}_*.jsonl"
        format { type = json }
        tables.interactions.columns {
          interaction_id = id, customer_id = customer, occurred_at = at, channel = "'web'", type = type
        }
      }
      feeds.products {
        files = "products_{date}.csv"
        format { type = delimited }
        tables.products {
          delivery = full
          max-deleted-percent = 100
          columns { product_id = id, name = name }
        }
      }
      """;

  private final Random random = new Random(7);
  private final Map<String, OutcomeCounts> expected = new TreeMap<>();
  private final List<String> rejected = new ArrayList<>();

  @Test
  void everyRecordIsCountedOnceAndNoneIsLost(@TempDir Path home) {
    Workbench bench = Workbench.ofSource(home, SOURCE);
    Set<String> visits = new HashSet<>();
    Map<String, String> products = new HashMap<>();
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = START.plusDays(day);
      orders(bench, date);
      visits(bench, date, visits);
      products(bench, date, products);
      assertThat(bench.load(date)).as(bench.said()).isEqualTo(ExitCode.OK);
    }
    assertThat(reported(bench)).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(
            bench.stored(OpsTables.REJECTED_ROWS).select("raw_record").collectAsList().stream()
                .map(row -> row.getString(0)))
        .containsExactlyInAnyOrderElementsOf(rejected);
    for (Table table : List.of(ORDERS, INTERACTIONS, PRODUCTS)) {
      long stored =
          expected.entrySet().stream()
              .filter(file -> file.getKey().startsWith(table.qualifiedName()))
              .mapToLong(file -> file.getValue().accepted() + file.getValue().tombstones())
              .sum();
      assertThat(bench.stored(table).count()).as("rows of %s", table).isEqualTo(stored);
    }
    Map<Table, List<String>> dayByDay = new HashMap<>();
    for (Table table : List.of(ORDERS, INTERACTIONS, PRODUCTS)) {
      dayByDay.put(table, bench.rows(table));
    }
    assertThat(bench.load(START, START.plusDays(DAYS - 1))).isEqualTo(ExitCode.OK);
    dayByDay.forEach(
        (table, rows) -> assertThat(bench.rows(table)).as("%s in bulk", table).isEqualTo(rows));
  }

  /** Two files a day; of the versions of a key the highest counts, equal ones are duplicates. */
  private void orders(Workbench bench, LocalDate date) {
    Map<String, int[]> counts = new TreeMap<>();
    Map<String, TreeMap<Integer, List<String>>> filesByVersion = new TreeMap<>();
    for (String part : List.of("a", "b")) {
      String file = "orders_" + date + "_" + part + ".csv";
      int[] count = counts.computeIfAbsent(file, f -> new int[7]);
      StringBuilder text = new StringBuilder("kind,id,version,customer,at\n");
      for (int i = 0; i < 60; i++) {
        int version = 1 + random.nextInt(3);
        String id = "O" + random.nextInt(25);
        // The content follows from key and version, so that equal versions are equal records.
        String line = "sale,%s,%d,C%d,%s 10:00:00".formatted(id, version, version, date);
        switch (random.nextInt(10)) {
          case 0 -> {
            line = line.replace("sale", "quote");
            count[5]++;
          }
          case 1 -> {
            line = line.replace(" 10:00:00", " noon");
            count[1]++;
            rejected.add(line);
          }
          case 2 -> {
            line = line + ",more";
            count[1]++;
            rejected.add(line);
          }
          default ->
              filesByVersion
                  .computeIfAbsent(id, key -> new TreeMap<>())
                  .computeIfAbsent(version, v -> new ArrayList<>())
                  .add(file);
        }
        text.append(line).append('\n');
      }
      bench.land(file, text.toString());
    }
    filesByVersion.forEach(
        (id, versions) -> {
          List<String> newest = versions.pollLastEntry().getValue();
          counts.get(newest.get(0))[0]++; // The first file, by name, has the one that counts.
          newest.stream().skip(1).forEach(file -> counts.get(file)[2]++);
          versions.values().forEach(older -> older.forEach(file -> counts.get(file)[4]++));
        });
    counts.forEach((file, count) -> expect(ORDERS, file, count));
  }

  /** Events: the first delivery counts, whatever the day; other content is a conflict. */
  private void visits(Workbench bench, LocalDate date, Set<String> known) {
    for (String part : List.of("a", "b")) {
      int[] count = new int[7];
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        String id = "V" + random.nextInt(150);
        String line =
            "{\"id\":\"%s\",\"customer\":\"C1\",\"at\":\"%s 09:00:00\",\"type\":\"visit\"}"
                .formatted(id, START);
        if (random.nextInt(8) == 0) {
          line = line.substring(0, line.length() - 1);
          count[1]++;
          rejected.add(line);
        } else if (known.add(id)) {
          count[0]++;
        } else if (random.nextInt(4) == 0) {
          line = line.replace("visit", "click");
          count[1]++;
          rejected.add(line);
        } else {
          count[2]++;
        }
        text.append(line).append('\n');
      }
      String file = "visits_" + date + "_" + part + ".jsonl";
      bench.land(file, text.toString());
      expect(INTERACTIONS, file, count);
    }
  }

  /** Full dumps: what is as stored is unchanged, what vanished is gone. */
  private void products(Workbench bench, LocalDate date, Map<String, String> stored) {
    int[] count = new int[7];
    Map<String, String> dump = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      if (random.nextInt(4) > 0) {
        dump.put(
            "P" + i,
            random.nextInt(5) == 0 ? "renamed " + date : stored.getOrDefault("P" + i, "new"));
      }
    }
    List<String> ids = new ArrayList<>(dump.keySet());
    Collections.shuffle(ids, random);
    StringBuilder text = new StringBuilder("id,name\n");
    for (String id : ids) {
      text.append(id).append(',').append(dump.get(id)).append('\n');
      count[dump.get(id).equals(stored.get(id)) ? 3 : 0]++;
    }
    Set<String> vanished = new TreeSet<>(stored.keySet());
    vanished.removeAll(dump.keySet());
    String file = "products_" + date + ".csv";
    bench.land(file, text.toString());
    expect(PRODUCTS, file, count);
    if (!vanished.isEmpty()) {
      expected.put(
          key(PRODUCTS, null, date), new OutcomeCounts(0, 0, 0, 0, 0, 0, 0, 0, vanished.size()));
    }
    stored.clear();
    stored.putAll(dump);
  }

  private void expect(Table table, String file, int[] count) {
    LocalDate date = LocalDate.parse(file.replaceAll(".*(\\d{4}-\\d{2}-\\d{2}).*", "$1"));
    expected.put(
        key(table, file, date),
        new OutcomeCounts(count[0], count[1], count[2], count[3], count[4], count[5], 0, 0, 0));
  }

  private static String key(Table table, String file, LocalDate date) {
    return table + " " + date + " " + file;
  }

  private static Map<String, OutcomeCounts> reported(Workbench bench) {
    Map<String, OutcomeCounts> reported = new TreeMap<>();
    for (Row row : bench.stored(OpsTables.FILE_LOADS).collectAsList()) {
      Function<String, Long> count = row::getAs;
      OutcomeCounts counts =
          new OutcomeCounts(
              count.apply("accepted"),
              count.apply("rejected"),
              count.apply("duplicates"),
              count.apply("unchanged"),
              count.apply("collapsed"),
              count.apply("filtered"),
              count.apply("suppressed"),
              count.apply("other_day"),
              count.apply("tombstones"));
      assertThat(row.<Long>getAs("records_in")).isEqualTo(counts.recordsIn());
      reported.put(
          row.getAs("table")
              + " "
              + row.<java.sql.Date>getAs("logical_date").toLocalDate()
              + " "
              + row.getAs("file"),
          counts);
    }
    return reported;
  }
}
