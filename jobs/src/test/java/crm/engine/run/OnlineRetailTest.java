package crm.engine.run;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crm.app.settings.JobCatalog;
import crm.engine.store.AsOf;
import crm.ingest.LoadTable;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import crm.warehouse.tables.AllTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * UCI Online Retail (doi 10.24432/C5BW33), daily files by the source that is shipped: day by day
 * ends as in bulk. Skipped where the data is not beside the project. That its published numbers
 * come out is checked by .ci/online-retail, through the command line.
 */
@Tag("published-data")
class OnlineRetailTest {
  private static final Path PROJECT = Path.of(System.getProperty("crm.project.dir"));
  private static final Path DATA = PROJECT.resolveSibling("shared").resolve("data/online_retail");
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 3);

  /** Who bought something in the three days, counted in the files apart from this program. */
  private static final int CUSTOMERS = 124;

  @BeforeAll
  static void dataIsThere() {
    assumeThat(DATA)
        .as("Skipped: no ../shared/data/online_retail beside the project.")
        .isDirectory();
  }

  /** Three days, the second a Saturday, on which no files come; on the last all is computed. */
  @Test
  void dayByDayEndsAsInBulk(@TempDir Path one, @TempDir Path other) throws IOException {
    LocalDate last = FIRST.plusDays(2);
    Workbench daily = workbench(one);
    for (LocalDate day = FIRST; day.isBefore(last); day = day.plusDays(1)) {
      assertThat(daily.run(day, carriedOn(daily))).as(daily.said()).isEqualTo(ExitCode.OK);
    }
    assertThat(daily.run(last)).as(daily.said()).isEqualTo(ExitCode.OK);
    Workbench bulk = workbench(other);
    assertThat(bulk.run(FIRST, last)).isEqualTo(ExitCode.OK);
    Set<Table> loaded =
        JobCatalog.ingestions(daily.settings()).stream()
            .flatMap(load -> load.writes().stream())
            .collect(toSet());
    for (Table table : AllTables.ALL) {
      if (table.kind() == Kind.LOG || looksBack(daily, table)) {
        continue;
      }
      boolean asLoaded = loaded.contains(table);
      assertThat(asLoaded ? daily.rows(table) : seen(daily, table, last))
          .as("%s", table)
          .isEqualTo(asLoaded ? bulk.rows(table) : seen(bulk, table, last));
    }
    assertThat(seen(daily, CUSTOMER_RFM, last)).hasSize(CUSTOMERS);
  }

  /** What a day leaves to the next. */
  private static String[] carriedOn(Workbench bench) {
    return bench.graph().ordered().stream()
        .filter(job -> job instanceof LoadTable || job instanceof StateJob)
        .map(Job::name)
        .toArray(String[]::new);
  }

  /** Whether it tells what became of the job's own last result, which bulk has none of. */
  private static boolean looksBack(Workbench bench, Table table) {
    return table.kind() == Kind.SNAPSHOT
        && bench.graph().ordered().stream()
            .anyMatch(
                job ->
                    job.writes().contains(table)
                        && job.reads().stream().anyMatch(job.writes()::contains));
  }

  /** Without a customer's segment, which was fitted another day. */
  private static List<String> seen(Workbench bench, Table table, LocalDate date) {
    return RowLines.sorted(
        AsOf.visible(table, bench.stored(table), date).drop("segment_name", "segmented_on"));
  }

  private static Workbench workbench(Path home) throws IOException {
    Workbench bench =
        new Workbench(home, Files.readString(PROJECT.resolve("conf/online-retail.conf")));
    Files.createDirectories(home.resolve("landing"));
    Files.createSymbolicLink(home.resolve("landing/online_retail"), DATA);
    return bench;
  }
}
