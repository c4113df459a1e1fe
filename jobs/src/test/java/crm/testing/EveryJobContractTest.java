package crm.testing;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import crm.warehouse.job.StateJob;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** The contract holds for a job that sums, and each of its rules fails for a job that breaks it. */
class EveryJobContractTest extends EveryJobContract {
  private static final Table THINGS = table("things");
  private static final Table OTHERS = table("others");
  private static final Table TOTALS = table("totals");

  private static Table table(String name) {
    return Table.core(name, Kind.ENTITIES)
        .grain("thing")
        .column("thing", DataTypes.StringType, "Name.")
        .column("amount", DataTypes.LongType, "Pieces.")
        .key("thing")
        .build();
  }

  /** A job of the tables that says what its rows are. */
  private record Told(List<Table> reads, Function<Inputs, Dataset<Row>> rows) implements Job {
    @Override
    public String name() {
      return "told";
    }

    @Override
    public List<Table> writes() {
      return List.of(TOTALS);
    }

    @Override
    public Outputs run(Inputs in, LocalDate date) {
      return Outputs.of(TOTALS, rows.apply(in));
    }
  }

  /** A running total; one that forgets starts each step from nothing. */
  private record Total(boolean forgets) implements StateJob {
    @Override
    public String name() {
      return "total";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public List<Table> reads() {
      return List.of(THINGS, TOTALS);
    }

    @Override
    public List<Table> writes() {
      return List.of(TOTALS);
    }

    @Override
    public Outputs run(Inputs in, LocalDate date) {
      return Outputs.of(TOTALS, totals(in.get(THINGS)));
    }

    @Override
    public Outputs advance(Inputs in, LocalDate date) {
      Dataset<Row> keys = in.changedKeys(THINGS);
      Dataset<Row> now = in.get(THINGS, keys);
      Dataset<Row> added = now.exceptAll(in.asOfState(THINGS, keys));
      Dataset<Row> before = in.asOfState(TOTALS, keys);
      return Outputs.of(
          TOTALS,
          totals(forgets ? added : added.unionByName(before))
              .withColumn(Table.IS_DELETED, lit(false)));
    }
  }

  private static final Job SUM = new Told(List.of(THINGS), in -> totals(in.get(THINGS)));

  private static Dataset<Row> totals(Dataset<Row> things) {
    return things.groupBy("source", "thing").agg(sum("amount").as("amount"));
  }

  @Override
  protected Stream<Job> jobs() {
    return Stream.of(SUM, new Total(false));
  }

  @Override
  protected LocalDate firstDay() {
    return LocalDate.of(2026, 1, 30);
  }

  @Override
  protected GivenInputs inputs(Job job, LocalDate date, UnaryOperator<Dataset<Row>> change) {
    GivenInputs inputs = new GivenInputs();
    job.reads().stream()
        .filter(table -> !table.equals(TOTALS))
        .forEach(table -> inputs.given(table, change.apply(visible(date))));
    return inputs;
  }

  @Override
  protected GivenInputs step(StateJob job, LocalDate before, LocalDate date) {
    Dataset<Row> then = visible(before);
    return inputs(job, date, UnaryOperator.identity())
        .since(THINGS, then, visible(date).exceptAll(then).select("source", "thing").distinct())
        .since(TOTALS, totals(then), then.limit(0));
  }

  @Override
  protected Map<Table, List<String>> madeOnSecondDay(Job job) {
    LocalDate second = firstDay().plusDays(1);
    return lines(job.run(inputs(job, second, UnaryOperator.identity()), second));
  }

  /** More of the same things from day to day. */
  private Dataset<Row> visible(LocalDate date) {
    String[] days = {"A|1\nB|2\n", "A|10\nC|3\n", "B|20\n"};
    String seen =
        Stream.of(days).limit(1 + ChronoUnit.DAYS.between(firstDay(), date)).collect(joining());
    return TextTable.of("thing|amount\n" + seen).rows(THINGS);
  }

  @Test
  void aJobThatRemembersIsFound() {
    AtomicLong runs = new AtomicLong();
    Job remembers =
        told(in -> totals(in.get(THINGS)).withColumn("amount", lit(runs.incrementAndGet())));
    fails(() -> whatCameLaterChangesNothing(remembers));
  }

  @Test
  void aJobThatDependsOnTheOrderOfRowsIsFound() {
    Job numbers =
        told(in -> totals(in.get(THINGS).withColumn("amount", monotonically_increasing_id())));
    fails(() -> declaredInputsInWhateverOrderOfRowsMakeTheSameResult(numbers));
  }

  @Test
  void aJobThatDoesNotReadWhatItDeclaresIsFound() {
    Job idle = new Told(List.of(THINGS, OTHERS), in -> totals(in.get(THINGS)));
    fails(() -> declaredInputsInWhateverOrderOfRowsMakeTheSameResult(idle));
  }

  @Test
  void aJobThatReadsWhatItDoesNotDeclareIsFound() {
    Job curious = told(in -> totals(in.get(THINGS).unionByName(in.get(OTHERS))));
    fails(() -> declaredInputsInWhateverOrderOfRowsMakeTheSameResult(curious));
  }

  @Test
  void aJobThatMakesSomethingOfNothingIsFound() {
    Job inventive = told(in -> Sessions.small().sql("select 'shop' source, 'A' thing, 1L amount"));
    fails(() -> nothingInGivesNothingOutOrAnErrorAUserUnderstands(inventive));
  }

  @Test
  void aJobThatNeedsOneTaskForAllRowsIsFound() {
    Job single =
        told(
            in ->
                in.get(THINGS)
                    .agg(sum("amount").as("amount"))
                    .select(lit("shop").as("source"), lit("all").as("thing"), col("amount")));
    fails(() -> noTaskGetsAllRows(single));
  }

  @Test
  void aStepThatForgetsIsFound() {
    fails(() -> aStepOfAStateEqualsTheRecompute(new Total(true)));
  }

  private static Job told(Function<Inputs, Dataset<Row>> rows) {
    return new Told(List.of(THINGS), rows);
  }

  private static void fails(Runnable contract) {
    assertThatThrownBy(contract::run)
        .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class);
  }
}
