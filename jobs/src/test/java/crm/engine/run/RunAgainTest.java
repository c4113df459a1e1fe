package crm.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.engine.history.JobInputs;
import crm.engine.history.RunHistory;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import crm.warehouse.tables.AllTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Through runner and Delta: a load of each kind of delivery, every state job, and a model that
 * reads its own past. {@link EveryJobTest} holds every job to the same on given rows.
 */
class RunAgainTest {
  private static final LocalDate D1 = LocalDate.of(2026, 1, 30);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);

  /** Beside every state job. */
  private static final List<String> CHOSEN =
      List.of(
          "load_shop_orders", // Newest of each key, amended later.
          "load_shop_order_returns", // Events, which come once.
          "load_shop_products", // A full dump.
          "load_shop_customers", // Changes and deletions, by sequence.
          "sales_forecast");

  @TempDir static Path home;
  private static Workbench company;
  private static final Map<Table, List<String>> threeDays = new HashMap<>();

  @BeforeAll
  static void runThreeDays() {
    company = new Workbench(home, TinyCompany.SETTINGS);
    TinyCompany.deliver(company, D1);
    String[] all =
        company.graph().leadingTo(jobs().map(Job::name).toList()).ordered().stream()
            .map(Job::name)
            .toArray(String[]::new);
    for (LocalDate day = D1; !day.isAfter(D3); day = day.plusDays(1)) {
      company.run(day, all);
    }
    assertThat(company.said()).doesNotContain("failed", "skipped");
    jobs()
        .flatMap(job -> job.writes().stream())
        .forEach(table -> threeDays.put(table, company.rows(table)));
  }

  static Stream<Job> jobs() {
    return company.graph().ordered().stream()
        .filter(job -> job instanceof StateJob || CHOSEN.contains(job.name()));
  }

  /** Also: rows of later dates change nothing, and those of other dates stay untouched. */
  @ParameterizedTest
  @MethodSource("jobs")
  void aPastDateRunAgainGivesTheSameTables(Job job) {
    assertThat(company.run(D2, job.name())).as(company.said()).isEqualTo(ExitCode.OK);
    for (Table table : job.writes()) {
      assertThat(company.rows(table)).as("%s", table).isEqualTo(threeDays.get(table)).isNotEmpty();
    }
    assertThat(company.runner().status().stale()).isEmpty();
  }

  /** Whatever is stored of these jobs and their runs. */
  static Stream<Table> tables() {
    return AllTables.ALL.stream().filter(table -> company.warehouse().version(table).isPresent());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void storedRowsAreAsTheirTableSays(Table table) {
    Dataset<Row> stored = company.stored(table);
    assertThat(stored.columns()).isEqualTo(table.layout().schema().fieldNames());
    TableFacts.hold(table, stored);
  }

  @Test
  void aTableThatIsNotDeclaredIsRefused() {
    for (Job job : company.graph().ordered()) {
      RunHistory history = new RunHistory(company.warehouse());
      JobInputs inputs =
          new JobInputs(company.warehouse(), history, job, D2, Optional.empty(), List.of());
      Table other =
          AllTables.ALL.stream().filter(table -> !job.reads().contains(table)).findFirst().get();
      assertThatThrownBy(() -> inputs.get(other)).hasMessageContaining("Add it to reads()");
    }
  }
}
