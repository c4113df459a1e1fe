package crm.engine.run;

import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.engine.history.JobInputs;
import crm.engine.history.RunHistory;
import crm.engine.load.Landing;
import crm.engine.store.LandingFile;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.testing.GivenInputs;
import crm.testing.RowLines;
import crm.testing.Workbench;
import crm.warehouse.Check;
import crm.warehouse.Kind;
import crm.warehouse.Privacy;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import crm.warehouse.tables.AllTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** What must hold of every job of the catalog, on a company small enough to check by hand. */
class EveryJobTest {
  private static final LocalDate D1 = LocalDate.of(2026, 1, 30);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);

  @TempDir static Path home;
  private static Workbench company;
  private static List<Job> jobs;
  private static final Map<Table, List<String>> threeDays = new HashMap<>();

  @BeforeAll
  static void openCompany() throws IOException {
    company = new Workbench(home, TinyCompany.SETTINGS);
    TinyCompany.deliver(company, D1);
    for (LocalDate day = D1; !day.isAfter(D3); day = day.plusDays(1)) {
      company.run(day);
    }
    assertThat(company.said()).doesNotContain("failed", "skipped");
    jobs = company.graph().ordered();
    for (Table table : AllTables.ALL) {
      if (table.kind() != Kind.LOG) {
        threeDays.put(table, company.rows(table));
        assertThat(threeDays.get(table)).as("%s on the fixture", table).isNotEmpty();
      }
    }
  }

  static Stream<Job> jobs() {
    return jobs.stream();
  }

  static Stream<Table> tables() {
    return AllTables.ALL.stream();
  }

  /** Also: rows of later dates change nothing, and those of other dates stay untouched. */
  @ParameterizedTest
  @MethodSource("jobs")
  void aPastDateRunAgainGivesTheSameTables(Job job) {
    assertThat(company.run(D2, job.name())).as(company.said()).isEqualTo(crm.warehouse.ExitCode.OK);
    for (Table table : job.writes()) {
      assertThat(company.rows(table)).as("%s", table).isEqualTo(threeDays.get(table));
    }
    assertThat(company.runner().status().stale()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void declaredInputsInWhateverOrderOfRowsMakeTheSameResult(Job job) {
    GivenInputs shuffled = inputs(job, D2, rows -> rows.orderBy(rand(11)).repartition(5));
    assertThat(outputs(job, shuffled))
        .isEqualTo(outputs(job, inputs(job, D2, rows -> rows.coalesce(1))));
    Set<Table> declared = new HashSet<>(job.reads());
    if (job instanceof StateJob) {
      declared.removeAll(job.writes()); // Asked for by the day's step.
    }
    assertThat(shuffled.asked()).isEqualTo(declared);
    Table other =
        AllTables.ALL.stream().filter(table -> !job.reads().contains(table)).findFirst().get();
    assertThatThrownBy(() -> real(job, D2).get(other)).hasMessageContaining("Add it to reads()");
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void nothingInGivesNothingOutOrAnErrorAUserUnderstands(Job job) {
    try {
      outputs(job, inputs(job, D2, rows -> rows.limit(0)))
          .forEach((table, rows) -> assertThat(rows).as("%s", table).isEmpty());
    } catch (UserError e) {
      assertThat(e).hasMessageMatching("(?s).*[.]$");
    }
  }

  /** Loads are left out: of a dump, one row that says whether it is whole meets in one task. */
  @ParameterizedTest
  @MethodSource("jobs")
  void noTaskGetsAllRows(Job job) {
    if (!(job instanceof LoadTable)) {
      job.run(inputs(job, D2, rows -> rows.repartition(3)).withWholePlans(), D2)
          .rows()
          .values()
          .forEach(
              rows ->
                  assertThat(shuffles(rows.queryExecution().executedPlan()))
                      .isNotEmpty()
                      .doesNotContain(SinglePartition$.MODULE$));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void schemaKeyAndChecksHold(Table table) {
    Dataset<Row> stored = company.stored(table);
    assertThat(stored.schema().asNullable()).isEqualTo(plain(table.layout().schema()));
    for (Check check : table.layout().checks()) {
      assertThat(stored.where("NOT coalesce(" + check.predicate() + ", true)").count())
          .as("rows against %s", check.name())
          .isZero();
    }
    if (!table.key().isEmpty()) {
      Set<String> key = new HashSet<>(table.fullKey());
      if (table.kind() != Kind.EVENTS) {
        key.add(Table.LOGICAL_DATE);
      }
      String[] columns = key.toArray(String[]::new);
      assertThat(
              stored
                  .select(stored.col(columns[0]).as("k"), stored.col("*"))
                  .dropDuplicates(columns)
                  .count())
          .as("keys of %s", table)
          .isEqualTo(stored.count());
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aTableWithPersonalDataNamesItsSubject(Table table) {
    boolean personal =
        table.columns().stream().anyMatch(column -> column.privacy() != Privacy.NONE);
    assertThat(table.subject().isPresent() || !personal || table.kind() == Kind.LOG).isTrue();
  }

  private static List<Partitioning> shuffles(SparkPlan plan) {
    List<Partitioning> shuffles = new ArrayList<>();
    if (plan instanceof ShuffleExchangeExec shuffle) {
      shuffles.add(shuffle.outputPartitioning());
    }
    CollectionConverters.asJava(plan.children()).forEach(child -> shuffles.addAll(shuffles(child)));
    return shuffles;
  }

  private static StructType plain(StructType schema) {
    StructType plain = new StructType();
    for (var field : schema.fields()) {
      plain = plain.add(field.name(), field.dataType(), true, field.metadata());
    }
    return plain.asNullable();
  }

  /** What the job may see on the date, each table changed in the same way. */
  private static GivenInputs inputs(
      Job job, LocalDate date, java.util.function.UnaryOperator<Dataset<Row>> change) {
    Inputs real = real(job, date);
    GivenInputs inputs = new GivenInputs();
    for (Table table : job.reads()) {
      boolean own = job.writes().contains(table);
      inputs.given(
          table,
          change.apply(
              own && job instanceof LoadTable ? real.loadedBefore(table) : real.get(table)));
    }
    return inputs;
  }

  private static JobInputs real(Job job, LocalDate date) {
    Warehouse warehouse = company.warehouse();
    List<LandingFile> files =
        job instanceof LoadTable load
            ? new Landing(warehouse, company.settings().landing(), "test", false)
                .files(load.feed(), date, date, Set.of(), Set.of())
            : List.of();
    return new JobInputs(warehouse, new RunHistory(warehouse), job, date, Optional.empty(), files);
  }

  private static Map<Table, List<String>> outputs(Job job, Inputs inputs) {
    Map<Table, List<String>> outputs = new HashMap<>();
    job.run(inputs, D2).rows().forEach((table, rows) -> outputs.put(table, RowLines.sorted(rows)));
    return outputs;
  }
}
