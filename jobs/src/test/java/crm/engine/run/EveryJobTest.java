package crm.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import crm.app.settings.JobCatalog;
import crm.engine.store.ShuffledRows;
import crm.ingest.LoadTable;
import crm.testing.EveryJobContract;
import crm.testing.GivenInputs;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.Columns;
import crm.warehouse.Kind;
import crm.warehouse.Privacy;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import crm.warehouse.tables.AllTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold of every job of the catalog, on a company small enough to check by hand. With
 * {@code -Dcrm.job=NAME} only of that job, and only what it waits for runs.
 */
class EveryJobTest extends EveryJobContract {
  private static final Optional<String> ONE = Optional.ofNullable(System.getProperty("crm.job"));
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 30);

  private final Map<Job, Map<Table, List<String>>> made = new HashMap<>();
  private List<Job> jobs;
  private GivenCompany company;

  /** Two days; of the third only what comes in, and the states. */
  @BeforeAll
  void openCompany(@TempDir Path home) {
    Workbench landed = new Workbench(home, TinyCompany.SETTINGS);
    TinyCompany.deliver(landed, FIRST);
    JobGraph all = new JobGraph(JobCatalog.all(landed.settings()));
    List<Job> run = ONE.map(name -> all.leadingTo(List.of(name))).orElse(all).ordered();
    jobs = ONE.map(name -> all.select(List.of(name))).orElse(run);
    company = new GivenCompany(landed);
    for (Job job : run) {
      company.run(job, FIRST);
    }
    for (Job job : run) {
      made.put(job, lines(company.run(job, FIRST.plusDays(1))));
    }
    for (Job job : run) {
      company.run(job, FIRST.plusDays(2));
    }
  }

  @Override
  protected Stream<Job> jobs() {
    return jobs.stream();
  }

  @Override
  protected LocalDate firstDay() {
    return FIRST;
  }

  @Override
  protected GivenInputs inputs(Job job, LocalDate date, UnaryOperator<Dataset<Row>> change) {
    return company.inputs(job, date, change);
  }

  @Override
  protected GivenInputs step(StateJob job, LocalDate before, LocalDate date) {
    return company.step(job, before, date);
  }

  @Override
  protected Map<Table, List<String>> madeOnSecondDay(Job job) {
    return made.get(job);
  }

  /** Some rules are about some jobs only, and would hold of none. */
  @Test
  void theWholeCatalogHasJobsForEveryRule() {
    assumeThat(ONE).isEmpty();
    assertThat(stateJobs()).isNotEmpty();
    assertThat(computations()).isNotEmpty();
    assertThat(loadsOfDaysApart()).isNotEmpty();
  }

  Stream<LoadTable> loadsOfDaysApart() {
    return jobs()
        .filter(LoadTable.class::isInstance)
        .map(LoadTable.class::cast)
        .filter(LoadTable::decidesDaysApart);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("loadsOfDaysApart")
  void partsOfAMonthAreDecidedWhereTheyLieAndMakeTheSameRows(LoadTable load) {
    Inputs in = inputs(load, FIRST, UnaryOperator.identity());
    Dataset<Row> whole = load.decided(in, load.read(in, FIRST, FIRST, 1), FIRST);
    Dataset<Row> read = load.read(in, FIRST, FIRST, 97);
    long keys = read.select(Columns.named(load.target().key())).distinct().count();
    assertThat(read.select(LoadTable.PART).distinct().count())
        .isGreaterThanOrEqualTo(Math.min(keys, 2));
    Dataset<Row> inParts =
        load.decided(in, ShuffledRows.by(read, Table.LOGICAL_MONTH, LoadTable.PART), FIRST);
    assertThat(shuffles(inParts.queryExecution().executedPlan())).isEmpty();
    assertThat(RowLines.sorted(inParts)).isEqualTo(RowLines.sorted(whole));
  }

  static Stream<Table> tables() {
    return AllTables.ALL.stream();
  }

  Stream<Table> tablesOfJobs() {
    return tables()
        .filter(table -> table.kind() != Kind.LOG)
        .filter(t -> ONE.isEmpty() || jobs.stream().anyMatch(job -> job.writes().contains(t)));
  }

  @ParameterizedTest
  @MethodSource("tablesOfJobs")
  void schemaKeyAndChecksHold(Table table) {
    Dataset<Row> rows = company.rows(table);
    assertThat(rows.isEmpty())
        .as("%s is empty: give TinyCompany what its job makes rows of", table)
        .isFalse();
    TableFacts.hold(table, rows);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aTableWithPersonalDataNamesItsSubject(Table table) {
    boolean personal =
        table.columns().stream().anyMatch(column -> column.privacy() != Privacy.NONE);
    assertThat(table.subject().isPresent() || !personal || table.kind() == Kind.LOG).isTrue();
  }
}
