package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CONTACT_POINTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import crm.engine.store.PublishedTables;
import crm.testing.Sessions;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an export of many customers takes, in time and memory: {@code mvn test
 * -Dtest=ExportMeasurement -Dexport.customers=1000000}.
 */
class ExportMeasurement {
  private static final long CUSTOMERS_COUNT = Long.getLong("export.customers", 10_000);

  @TempDir private Path home;

  @Test
  void anExportIsBoundedInMemory() {
    AskedCompany company = new AskedCompany(home.resolve("warehouse"));
    company.commit(
        CUSTOMER_360, select("id % 7 orders, 'DE' country, cast(id as string) customer_id"));
    company.commit(
        CUSTOMERS, select("concat('Name ', id) full_name, cast(id as string) customer_id"));
    company.commit(
        CONTACT_POINTS,
        select(
            "'email' channel, concat(id, '@example.com') value, cast(id as string) customer_id"));
    company.commit(
        CONSENTS,
        select(
            "'email' channel, 'marketing' purpose, cast(id as string) customer_id,"
                + " if(id % 10 < 8, 'granted', 'withdrawn') status"));
    PublishedTables published = company.publish();
    for (String format : List.of("csv", "parquet")) {
      Audience audience =
          Audience.of(
              format,
              ConfigFactory.parseString(
                  """
                  purpose = marketing, channel = email, rule = "orders >= 0", formats = [%s]
                  columns = [customer_id, contact, full_name, country, orders]
                  """
                      .formatted(format)),
              "x.conf");
      System.gc();
      long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      heap().forEach(MemoryPoolMXBean::resetPeakUsage);
      Instant start = Instant.now();
      String told =
          new ExportAudiences(
                  home.resolve("exports").toString(), List.of(audience), Optional.empty())
              .run(published, start)
              .summary();
      System.out.printf(
          Locale.ROOT,
          "MEASURED %s in %.1f s; heap %d MB before, at most %d MB with garbage%n",
          told,
          Duration.between(start, Instant.now()).toMillis() / 1000.0,
          before >> 20,
          heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20);
      assertThat(told).contains("%,d of %,d".formatted(CUSTOMERS_COUNT * 8 / 10, CUSTOMERS_COUNT));
    }
  }

  private static org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> select(String columns) {
    return Sessions.small()
        .range(0, CUSTOMERS_COUNT, 1, 4)
        .selectExpr(columns.split(", (?![^(]*\\))"));
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
