package crm.run;

import static crm.warehouse.tables.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.CustomerTables.CUSTOMER_RFM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crm.store.AsOf;
import crm.store.PublishedTables;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.tables.AllTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * UCI Online Retail (doi 10.24432/C5BW33), 305 daily files, by the source that is shipped: its
 * published counts come out, and day by day ends as in bulk. Skipped where the data is not beside
 * the project.
 */
class OnlineRetailTest {
  private static final Path PROJECT = Path.of(System.getProperty("crm.project.dir"));
  private static final Path DATA = PROJECT.resolveSibling("shared").resolve("data/online_retail");
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate LAST = LocalDate.of(2011, 12, 10);

  @BeforeAll
  static void dataIsThere() {
    assumeThat(DATA)
        .as("Skipped: no ../shared/data/online_retail beside the project.")
        .isDirectory();
  }

  @Test
  void thePublishedNumbersComeOut(@TempDir Path home) throws IOException {
    Workbench bench = workbench(home);
    assertThat(bench.run(FIRST, LAST)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(
            sql(
                bench,
                """
                select count(*), count(distinct customer_id), count(distinct order_id),
                  sum(line_amount)
                from core.order_lines join core.orders using (source, order_id)
                where customer_id is not null and line_amount > 0
                """))
        .containsExactly("397884|4338|18532|8911407.9040");
    assertThat(
            sql(
                bench,
                """
                select customer_id, recency_days, frequency_orders, monetary
                from curated.customer_rfm
                where customer_id in ('12347', '12348', '12349', '12350', '14646')
                """))
        .containsExactly(
            "12347|3|7|4310.00",
            "12348|76|4|1797.24",
            "12349|19|1|1757.55",
            "12350|311|1|334.40",
            "14646|2|73|280206.02");
    assertThat(
            sql(
                bench,
                """
                select round(100 * sum(if(place <= 868, monetary, 0)) / sum(monetary), 1),
                  sum(if(frequency_orders = 1, 1, 0)), sum(monetary)
                from (select *, row_number() over (order by monetary desc) place
                  from curated.customer_rfm)
                """))
        .containsExactly("74.6|1493|8911407.90");
    nettedTotalsReconcile(bench);
  }

  /**
   * Net of returns, the identified customers are worth 8,300,065.81. RFM scores those who ordered;
   * 88 return lines belong to customers who never did.
   */
  private static void nettedTotalsReconcile(Workbench bench) throws IOException {
    assertThat(
            sql(bench, "select sum(gross_amount - returned_amount) from core.customer_purchases"))
        .containsExactly("8300065.8140");
    assertThat(
            sql(
                bench,
                """
                select case when r.customer_id is null then 'nobody known'
                    when p.orders > 0 then 'scored' else 'never ordered' end,
                  count(*), sum(r.amount)
                from core.order_returns r
                left join core.customer_purchases p using (source, customer_id)
                group by 1
                """))
        .containsExactly(
            "never ordered|88|10411.2400",
            "nobody known|383|285470.4000",
            "scored|8817|600930.8500");
    Workbench net = new Workbench(bench.home(), "sources = [online_retail]\nbase-currency = GBP");
    assertThat(net.run(LAST, "customer_rfm")).isEqualTo(ExitCode.OK);
    assertThat(sql(net, "select sum(monetary) from curated.customer_rfm"))
        .as("8,300,065.81 and the 10,411.24 of those who never ordered, rounded per customer")
        .containsExactly("8310477.05");
  }

  /** Eleven days with two Saturdays, on which no files come. */
  @Test
  void dayByDayEndsAsInBulk(@TempDir Path one, @TempDir Path other) throws IOException {
    LocalDate last = FIRST.plusDays(10);
    Workbench daily = workbench(one);
    for (LocalDate day = FIRST; !day.isAfter(last); day = day.plusDays(1)) {
      assertThat(daily.run(day)).as(daily.said()).isEqualTo(ExitCode.OK);
    }
    Workbench bulk = workbench(other);
    assertThat(bulk.run(FIRST, last)).isEqualTo(ExitCode.OK);
    for (Table table : AllTables.ALL) {
      if (table.kind() == Kind.LOG) {
        continue;
      }
      boolean asLoaded = table.kind() != Kind.SNAPSHOT && !table.equals(CUSTOMER_PURCHASES);
      assertThat(asLoaded ? daily.rows(table) : seen(daily, table, last))
          .as("%s", table)
          .isEqualTo(asLoaded ? bulk.rows(table) : seen(bulk, table, last));
    }
    assertThat(seen(daily, CUSTOMER_RFM, last)).hasSizeGreaterThan(500);
  }

  private static List<String> seen(Workbench bench, Table table, LocalDate date) {
    return Workbench.lines(AsOf.visible(table, bench.stored(table), date));
  }

  private static List<String> sql(Workbench bench, String query) {
    return Workbench.lines(new PublishedTables(bench.warehouse()).query(query));
  }

  private static Workbench workbench(Path home) throws IOException {
    Workbench bench =
        new Workbench(home, Files.readString(PROJECT.resolve("conf/online-retail.conf")));
    Files.createDirectories(home.resolve("landing"));
    Files.createSymbolicLink(home.resolve("landing/online_retail"), DATA);
    return bench;
  }
}
