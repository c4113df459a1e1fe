package crm.models.customer.churn;

import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.partitioningBy;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.store.SavedModels;
import crm.learning.scoring.ScoringSettings;
import crm.simulation.customer.SimulatedCustomer;
import crm.simulation.delivery.Simulation;
import crm.testing.GivenInputs;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.Check;
import crm.warehouse.job.Inputs.Previous;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.job.Outputs;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerChurnTest {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 540;
  private static final LocalDate DATE = START.plusDays(DAYS - 1);
  private static final ChurnSettings SETTINGS =
      new ChurnSettings(
          60, 180, 3, 7, new ScoringSettings("churn", 5, 2, 0.3, 0.001, 200, 100_000, 1));

  /** The sample company as of a date, of which the truth goes on for half a year. */
  private static final List<Truth> LIVES =
      LongStream.rangeClosed(1, 2500).mapToObj(CustomerChurnTest::life).toList();

  private static final Outputs OUTPUTS = run(inputs(purchases(LIVES, DATE)), DATE);

  /**
   * One customer.
   *
   * @param days days of the orders, ascending, each once
   * @param left day of the last order of who left
   */
  private record Truth(String id, List<LocalDate> days, Optional<LocalDate> left) {}

  /** Who truly left before the date and who buys on, among those who may be either. */
  @Test
  void whoHasLeftIsFound() {
    ModelRun model = OUTPUTS.model().orElseThrow();
    assertThat(model.refusal()).isEmpty();
    Metric area = metric(model, "area_under_curve");
    assertThat(area.value()).isGreaterThan(area.baseline().orElseThrow());
    assertThat(metric(model, "brier_gain_low").value()).isPositive();
    Map<String, Truth> truth = new HashMap<>();
    LIVES.forEach(life -> truth.put(life.id(), life));
    List<Double> left = new ArrayList<>();
    List<Double> stayed = new ArrayList<>();
    for (Row row :
        OUTPUTS
            .rows()
            .get(CUSTOMER_CHURN)
            .select("customer_id", "churn_probability")
            .collectAsList()) {
      Truth life = truth.get(row.getString(0));
      (life.left().filter(day -> !day.isAfter(DATE)).isPresent() ? left : stayed)
          .add(row.getDouble(1));
    }
    assertThat(mean(left)).isGreaterThan(mean(stayed) + 0.1);
  }

  /** As a data scientist loads it: log-odds and probability are those of the table. */
  @Test
  void theSavedPipelineGivesTheScoresOfTheTable(@TempDir Path folder) {
    Map<String, String> saved =
        new SavedModels(folder.toString(), Sessions.small().sparkContext().hadoopConfiguration())
            .save(OUTPUTS.model().orElseThrow(), OUTPUTS.pipeline().orElseThrow());
    Dataset<Row> features =
        new ChurnRows(ObservationDates.of(DATE.toEpochDay(), SETTINGS), SETTINGS.activeDays())
            .rows(inputs(purchases(LIVES, DATE)), DATE)
            .where(col("part").equalTo(ChurnRows.SCORED));
    Dataset<Row> found =
        PipelineModel.load(folder.resolve(saved.get("mllib_path")).toString())
            .transform(features)
            .withColumn("raw", vector_to_array(col("rawPrediction"), "float64").getItem(1))
            .select(col("customer_id"), col("raw"), col("churn_probability").as("found"));
    Dataset<Row> both = found.join(OUTPUTS.rows().get(CUSTOMER_CHURN), "customer_id");
    assertThat(both.count()).isEqualTo(OUTPUTS.rows().get(CUSTOMER_CHURN).count());
    assertThat(
            both.where(
                    "abs(found - churn_probability) > 1e-9 OR abs(if(method ="
                        + " 'logistic-regression', raw, 2 * raw) - log_odds) > 1e-9")
                .count())
        .isZero();
  }

  @Test
  void whoIsLongGoneIsCountedAndNotScored() {
    ModelRun model = OUTPUTS.model().orElseThrow();
    Map<Boolean, Long> active =
        LIVES.stream()
            .flatMap(
                life ->
                    life.days().stream()
                        .filter(day -> !day.isAfter(DATE))
                        .max(naturalOrder())
                        .stream())
            .collect(partitioningBy(last -> !last.isBefore(DATE.minusDays(180)), counting()));
    assertThat(model.parameters())
        .containsEntry("customers_scored", active.get(true).toString())
        .containsEntry("customers_long_gone", active.get(false).toString());
    assertThat(OUTPUTS.rows().get(CUSTOMER_CHURN).count()).isEqualTo(active.get(true));
  }

  /** Reasons and all others add up to the log-odds, and all other checks of the table hold. */
  @Test
  void theReasonsAddUp() {
    for (Check check : CUSTOMER_CHURN.layout().checks()) {
      assertThat(
              OUTPUTS.rows().get(CUSTOMER_CHURN).where("NOT (" + check.predicate() + ")").count())
          .as(check.name())
          .isZero();
    }
    assertThat(RowLines.sorted(OUTPUTS.rows().get(CUSTOMER_CHURN).select("churn_risk").distinct()))
        .contains("very high", "low");
  }

  @Test
  void whatComesLaterMovesNoScoreHoweverRowsAreSpread() {
    Outputs foreknowing =
        run(
            inputs(purchases(LIVES, DATE.plusDays(170)).orderBy(rand(3)).repartition(7))
                .given(
                    INTERACTIONS,
                    purchases(LIVES, DATE.plusDays(170))
                        .where(col("purchased_on").gt(lit(DATE)))
                        .withColumnRenamed("purchased_on", "occurred_on")),
            DATE);
    assertThat(foreknowing.model()).isEqualTo(OUTPUTS.model());
    assertThat(RowLines.sorted(foreknowing.rows().get(CUSTOMER_CHURN)))
        .isEqualTo(RowLines.sorted(OUTPUTS.rows().get(CUSTOMER_CHURN)));
  }

  @Test
  void theNewestModelScoresUntilItIsToBeFittedAgain() {
    Outputs next =
        run(
            inputs(purchases(LIVES, DATE.plusDays(6))).previously(CUSTOMER_CHURN, previous()),
            DATE.plusDays(6));
    assertThat(next.model().orElseThrow().fittedOn()).isEqualTo(DATE);
    assertThat(next.model().orElseThrow().metrics())
        .isEqualTo(OUTPUTS.model().orElseThrow().metrics());
  }

  /** Everybody buys at the same rate for ever: nothing tells who will not. */
  @Test
  void aModelThatKnowsNoMoreThanTheBaselineIsRefused() {
    SplittableRandom random = new SplittableRandom(11);
    List<Truth> alike =
        IntStream.range(0, 600)
            .mapToObj(
                customer ->
                    new Truth(
                        "C" + customer,
                        IntStream.range(0, DAYS)
                            .filter(day -> random.nextInt(90) == 0)
                            .mapToObj(START::plusDays)
                            .toList(),
                        Optional.empty()))
            .toList();
    Outputs outputs = run(inputs(purchases(alike, DATE)), DATE);
    assertThat(outputs.rows()).isEmpty();
    assertThat(outputs.model().orElseThrow().grade()).isEqualTo(Grade.D);
    assertThat(outputs.model().orElseThrow().refusal().orElseThrow())
        .contains("lower 95 % bound of the gain");
  }

  /** Of four who were active 60 days before the date one bought again: (3 + 1) of (4 + 2). */
  @Test
  void fewCustomersAllGetTheShareWhoLeftLately() {
    Outputs outputs =
        run(inputs(purchases(few(), LocalDate.of(2024, 5, 1))), LocalDate.of(2024, 5, 1));
    assertThat(
            RowLines.sorted(
                outputs
                    .rows()
                    .get(CUSTOMER_CHURN)
                    .selectExpr(
                        "customer_id", "round(churn_probability, 4)", "method", "log_odds")))
        .containsExactly(
            "A|0.6667|base-rate|null",
            "B|0.6667|base-rate|null",
            "C|0.6667|base-rate|null",
            "D|0.6667|base-rate|null");
    assertThat(outputs.model().orElseThrow().parameters().get("fallback")).contains("200");
  }

  @Test
  void whereNobodyCanHaveLeftYetNothingIsSaid() {
    Outputs outputs =
        run(inputs(purchases(few(), LocalDate.of(2024, 1, 31))), LocalDate.of(2024, 1, 31));
    assertThat(
            RowLines.sorted(
                outputs
                    .rows()
                    .get(CUSTOMER_CHURN)
                    .select("customer_id", "churn_probability", "method")))
        .containsExactly("A|null|none", "B|null|none");
  }

  private static List<Truth> few() {
    return List.of(
        life("A", "2024-01-10", "2024-04-01"),
        life("B", "2024-01-20"),
        life("C", "2024-02-10"),
        life("D", "2024-02-20"));
  }

  private static Truth life(String id, String... days) {
    return new Truth(id, Arrays.stream(days).map(LocalDate::parse).toList(), Optional.empty());
  }

  private static Truth life(long number) {
    SimulatedCustomer customer =
        SimulatedCustomer.draw(new Simulation(7, START, DAYS + 180, 0), number);
    return new Truth(
        customer.id(),
        customer.orders().stream().map(LocalDateTime::toLocalDate).distinct().toList(),
        customer.leftOn());
  }

  private static Previous previous() {
    return new Previous(
        DATE, OUTPUTS.rows().get(CUSTOMER_CHURN), OUTPUTS.model().map(ModelRun::artefact));
  }

  private static Outputs run(GivenInputs inputs, LocalDate date) {
    return new CustomerChurn(SETTINGS).run(inputs, date);
  }

  private static GivenInputs inputs(Dataset<Row> days) {
    Dataset<Row> nothing =
        Sessions.small()
            .sql(
                "SELECT 'shop' AS source, customer_id, DATE'2024-01-01' AS occurred_on,"
                    + " DATE'2024-01-01' AS returned_on, CAST(1 AS DECIMAL(18,4)) AS amount"
                    + " FROM VALUES ('nobody') AS t(customer_id)");
    return new GivenInputs()
        .given(CUSTOMERS, days.select("source", "customer_id").distinct())
        .given(CUSTOMER_PURCHASE_DAYS, days)
        .given(INTERACTIONS, nothing)
        .given(ORDER_RETURNS, nothing);
  }

  private static Dataset<Row> purchases(List<Truth> lives, LocalDate until) {
    List<Row> rows = new ArrayList<>();
    for (Truth life : lives) {
      for (LocalDate day : life.days()) {
        if (!day.isAfter(until)) {
          rows.add(RowFactory.create("shop", life.id(), Date.valueOf(day)));
        }
      }
    }
    return Sessions.small()
        .createDataFrame(
            rows,
            new StructType()
                .add("source", DataTypes.StringType)
                .add("customer_id", DataTypes.StringType)
                .add("purchased_on", DataTypes.DateType))
        .selectExpr(
            "*",
            "1L AS orders",
            "CAST(20 AS DECIMAL(18,4)) AS gross_amount",
            "CAST(0 AS DECIMAL(18,4)) AS returned_amount");
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  private static Metric metric(ModelRun model, String name) {
    return model.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
