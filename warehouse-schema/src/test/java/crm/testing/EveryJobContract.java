package crm.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;

import crm.warehouse.Columns;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import crm.warehouse.job.StateJob;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** What must hold of every job, on given rows of three days. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EveryJobContract {
  /** The jobs. */
  protected abstract Stream<Job> jobs();

  /** The first of the three days. */
  protected abstract LocalDate firstDay();

  /**
   * What a job may see on a date, its own earlier results included.
   *
   * @param change done to the rows of each table
   */
  protected abstract GivenInputs inputs(
      Job job, LocalDate date, UnaryOperator<Dataset<Row>> change);

  /** What a step of a state may see: also what changed since a date, and how it was then. */
  protected abstract GivenInputs step(StateJob job, LocalDate before, LocalDate date);

  /** What the job made on the second day, when there was no third. */
  protected abstract Map<Table, List<String>> madeOnSecondDay(Job job);

  protected final Stream<StateJob> stateJobs() {
    return jobs().filter(StateJob.class::isInstance).map(StateJob.class::cast);
  }

  /** Loads are left out: of a dump, one row that says whether it is whole meets in one task. */
  protected final Stream<Job> computations() {
    return jobs().filter(job -> job.reads().stream().noneMatch(t -> t.kind() == Kind.FILES));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void whatCameLaterChangesNothing(Job job) {
    assertThat(made(job, inputs(job, secondDay(), UnaryOperator.identity())))
        .isEqualTo(madeOnSecondDay(job));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void declaredInputsInWhateverOrderOfRowsMakeTheSameResult(Job job) {
    GivenInputs shuffled = inputs(job, secondDay(), rows -> rows.orderBy(rand(11)).repartition(5));
    assertThat(made(job, shuffled)).isEqualTo(madeOnSecondDay(job));
    Set<Table> declared = new HashSet<>(job.reads());
    if (job instanceof StateJob) {
      declared.removeAll(job.writes()); // Asked for by the day's step.
    }
    assertThat(shuffled.asked()).as("what reads() of %s has to name", job).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void nothingInGivesNothingOutOrAnErrorAUserUnderstands(Job job) {
    try {
      made(job, inputs(job, secondDay(), rows -> rows.limit(0)))
          .forEach((table, rows) -> assertThat(rows).as("%s", table).isEmpty());
    } catch (UserError e) {
      assertThat(e).hasMessageMatching("(?s).*[.]$");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("computations")
  void noTaskGetsAllRows(Job job) {
    GivenInputs parted = inputs(job, secondDay(), rows -> rows.repartition(3)).withWholePlans();
    job.run(parted, secondDay())
        .rows()
        .values()
        .forEach(
            rows ->
                assertThat(shuffles(rows.queryExecution().executedPlan()))
                    .isNotEmpty()
                    .doesNotContain(SinglePartition$.MODULE$));
  }

  /** A step over one day, and over two at once. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("stateJobs")
  void aStepOfAStateEqualsTheRecompute(StateJob job) {
    Table state = job.writes().get(0);
    LocalDate last = secondDay().plusDays(1);
    Dataset<Row> recomputed = run(job, last);
    for (LocalDate before : List.of(firstDay(), secondDay())) {
      Dataset<Row> changed = job.advance(step(job, before, last), last).rows().get(state);
      Dataset<Row> kept =
          run(job, before).join(changed, state.fullKey().toArray(String[]::new), "left_anti");
      Dataset<Row> live =
          changed.where(col(Table.IS_DELETED).equalTo(false)).drop(Table.IS_DELETED);
      assertThat(changed.count()).as("what changes between the days").isPositive();
      assertThat(
              RowLines.sorted(kept.unionByName(live).select(Columns.named(recomputed.columns()))))
          .as("step from %s", before)
          .isEqualTo(RowLines.sorted(recomputed));
    }
  }

  private Dataset<Row> run(StateJob job, LocalDate date) {
    return job.run(inputs(job, date, UnaryOperator.identity()), date)
        .rows()
        .get(job.writes().get(0));
  }

  private LocalDate secondDay() {
    return firstDay().plusDays(1);
  }

  private Map<Table, List<String>> made(Job job, Inputs inputs) {
    return lines(job.run(inputs, secondDay()));
  }

  /** The rows of each table as lines that can be compared. */
  protected static Map<Table, List<String>> lines(Outputs outputs) {
    Map<Table, List<String>> lines = new HashMap<>();
    outputs.rows().forEach((table, rows) -> lines.put(table, RowLines.sorted(rows)));
    return lines;
  }

  /** How the rows of each shuffle of a plan are partitioned; of a plan that is not adaptive. */
  protected static List<Partitioning> shuffles(SparkPlan plan) {
    List<Partitioning> shuffles = new ArrayList<>();
    if (plan instanceof ShuffleExchangeExec shuffle) {
      shuffles.add(shuffle.outputPartitioning());
    }
    CollectionConverters.asJava(plan.children()).forEach(child -> shuffles.addAll(shuffles(child)));
    return shuffles;
  }
}
