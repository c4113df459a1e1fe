package crm.models.customer.segments;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.customer.SegmentTables.CUSTOMER_SEGMENTS;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_MOVEMENTS;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_PROFILES;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import crm.engine.store.SavedModels;
import crm.learning.clustering.Cells;
import crm.learning.clustering.Clustering;
import crm.learning.clustering.KMeans;
import crm.learning.clustering.Silhouette;
import crm.testing.GivenInputs;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs.Previous;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.Outputs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerSegmentsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  /** A customer as customer_purchases tells of them. */
  private record Buyer(String id, int recencyDays, long orders, double gross, double returned) {}

  /** Champions, occasional buyers, and the lost ones. */
  private static final List<Buyer> THREE_KINDS =
      Stream.of(
              kind("champion", 60, 40, 20, 3000),
              kind("occasional", 60, 120, 5, 300),
              kind("lost", 60, 900, 1, 20))
          .flatMap(List::stream)
          .toList();

  @Test
  void customersOfAKindAreASegmentHoweverTheirRowsAreSpread() {
    Outputs outputs = run(auto(), THREE_KINDS, rows -> rows.coalesce(1));
    assertThat(outputs.model().orElseThrow().parameters()).containsEntry("k", "3");
    assertThat(lines(outputs, SEGMENT_PROFILES, "segment_id", "segment_name", "customers"))
        .containsExactly(
            "1|Champions|60", "2|Steady customers|60", "3|One-off buyers, long gone|60");
    assertThat(lines(outputs, SEGMENT_MOVEMENTS, "movement", "customers", "change"))
        .containsExactly("none > 1|60|joined", "none > 2|60|joined", "none > 3|60|joined");
    for (int partitions : List.of(2, 7)) {
      Outputs others =
          run(auto(), THREE_KINDS, rows -> rows.orderBy(rand(5)).repartition(partitions));
      for (Table table : new CustomerSegments(auto()).writes()) {
        assertThat(RowLines.sorted(others.rows().get(table)))
            .as("%s of %d partitions", table, partitions)
            .isEqualTo(RowLines.sorted(outputs.rows().get(table)));
      }
    }
  }

  @Test
  void independentFeaturesAreRefusedUnlessTheNumberIsSet() {
    SplittableRandom random = new SplittableRandom(2);
    List<Buyer> buyers =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    new Buyer(
                        "B" + i,
                        1 + random.nextInt(300),
                        1 + random.nextInt(30),
                        10 + random.nextInt(900),
                        0))
            .toList();
    Outputs refused = run(auto(), buyers, rows -> rows);
    assertThat(refused.rows()).isEmpty();
    assertThat(refused.pipeline()).isEmpty();
    assertThat(refused.model().orElseThrow().refusal().orElseThrow()).contains("segmentation.k");
    Outputs kept = run(settings(OptionalInt.of(4), 7, 100), buyers, rows -> rows);
    assertThat(kept.model().orElseThrow().grade()).isEqualTo(Grade.D);
    assertThat(lines(kept, SEGMENT_PROFILES, "segment_id")).containsExactly("1", "2", "3", "4");
  }

  @Test
  void fewCustomersAreOneSegmentEvenIfTheyOweMore() {
    Outputs outputs = run(auto(), List.of(new Buyer("A", 3, 1, 50, 60)), rows -> rows);
    assertThat(outputs.pipeline()).isEmpty();
    assertThat(lines(outputs, CUSTOMER_SEGMENTS, "customer_id", "segment_name", "distance"))
        .containsExactly("A|All customers|0.0");
    assertThat(
            lines(
                outputs,
                SEGMENT_PROFILES,
                "segment_id",
                "total_monetary",
                "round(typical_monetary, 2)"))
        .containsExactly("0|-10.00|-10.0");
    assertThat(outputs.model().orElseThrow().parameters().get("note")).contains("1 customers");
  }

  @Test
  void aCompanyThatHasGrownIsCutIntoNewSegments() {
    Outputs few = run(auto(), THREE_KINDS.subList(50, 70), rows -> rows);
    Outputs many =
        new CustomerSegments(auto())
            .run(
                inputs(THREE_KINDS, rows -> rows).previously(CUSTOMER_SEGMENTS, previous(few)),
                DATE.plusDays(1));
    assertThat(
            lines(many, SEGMENT_MOVEMENTS, "movement", "from_segment_change", "to_segment_change"))
        .containsExactly(
            "0 > 1|retired|new",
            "0 > 2|retired|new",
            "none > 1|null|new",
            "none > 2|null|new",
            "none > 3|null|new");
  }

  /** Those who stay the same keep their segment, and of the lost ones half come back. */
  @Test
  void aSegmentThatSplitsKeepsItsIdAndItsNewPartIsTold() {
    Outputs before = run(settings(OptionalInt.of(3), 1, 100), THREE_KINDS, rows -> rows);
    List<Buyer> later = new ArrayList<>(THREE_KINDS.subList(1, 150));
    later.addAll(kind("back", 30, 500, 1, 20));
    for (int i = 0; i < 30; i++) {
      Buyer lost = THREE_KINDS.get(150 + i);
      later.add(new Buyer(lost.id(), 1, 1, 20, 0));
    }
    Outputs after =
        new CustomerSegments(settings(OptionalInt.of(4), 1, 100))
            .run(
                inputs(later, rows -> rows).previously(CUSTOMER_SEGMENTS, previous(before)),
                DATE.plusDays(1));
    assertThat(
            lines(
                after,
                SEGMENT_MOVEMENTS,
                "movement",
                "customers",
                "change",
                "from_segment_change",
                "to_segment_change"))
        .containsExactly(
            "1 > 1|59|stayed|null|null",
            "1 > none|1|left|null|null",
            "2 > 2|60|stayed|null|null",
            "3 > 3|30|stayed|null|null",
            "3 > 4|30|moved|null|split",
            "none > 3|30|joined|null|null");
  }

  @Test
  void betweenFitsTheSegmentsStayUntilCustomersAreOthers() {
    SegmentationSettings everySecondDay = settings(OptionalInt.empty(), 2, 100);
    Outputs before = run(everySecondDay, THREE_KINDS, rows -> rows);
    GivenInputs same =
        inputs(THREE_KINDS, rows -> rows).previously(CUSTOMER_SEGMENTS, previous(before));
    CustomerSegments job = new CustomerSegments(everySecondDay);
    Outputs scored = job.run(same, DATE.plusDays(1));
    assertThat(scored.model().orElseThrow().fittedOn()).isEqualTo(DATE);
    assertThat(scored.model().orElseThrow().drift())
        .allSatisfy(feature -> assertThat(feature.psi()).isLessThan(.25));
    assertThat(job.run(same, DATE.plusDays(2)).model().orElseThrow().fittedOn())
        .isEqualTo(DATE.plusDays(2));
    GivenInputs others =
        inputs(kind("champion", 120, 40, 20, 3000), rows -> rows)
            .previously(CUSTOMER_SEGMENTS, previous(before));
    assertThat(job.run(others, DATE.plusDays(1)).model().orElseThrow().fittedOn())
        .isEqualTo(DATE.plusDays(1));
  }

  /** Labels and distances are those of the table, and the data the same whoever fits it. */
  @Test
  void theSavedPipelineGivesTheSegmentsOfTheTable(@TempDir Path folder, @TempDir Path other) {
    Outputs outputs = run(auto(), THREE_KINDS, rows -> rows);
    Map<String, String> saved = save(folder, outputs);
    Dataset<Row> found =
        PipelineModel.load(folder.resolve(saved.get("mllib_path")).toString())
            .transform(
                CustomerFeatures.read(inputs(THREE_KINDS, rows -> rows), DATE)
                    .drop(
                        Arrays.stream(Feature.values())
                            .map(Feature::logColumn)
                            .toArray(String[]::new)));
    Dataset<Row> both =
        found
            .withColumnRenamed("segment_id", "found_id")
            .withColumnRenamed("distance", "found_distance")
            .join(outputs.rows().get(CUSTOMER_SEGMENTS), CustomerFeatures.CUSTOMER);
    assertThat(both.count()).isEqualTo(THREE_KINDS.size());
    assertThat(
            both.where("found_id <> segment_id OR abs(found_distance - distance) > 1e-9").count())
        .isZero();
    Outputs shuffled = run(auto(), THREE_KINDS, rows -> rows.orderBy(rand(7)).repartition(3));
    assertThat(save(other, shuffled)).isEqualTo(saved);
  }

  private static Map<String, String> save(Path folder, Outputs outputs) {
    return new SavedModels(folder.toString(), Sessions.small().sparkContext().hadoopConfiguration())
        .save(outputs.model().orElseThrow(), outputs.pipeline().orElseThrow());
  }

  /** Cost and silhouette are those of Spark's own k-means and evaluator. */
  @Test
  void clustersAreThoseOfMllib() {
    SegmentationSettings settings = auto();
    FeatureCells points =
        FeatureCells.of(CustomerFeatures.read(inputs(THREE_KINDS, rows -> rows), DATE), settings);
    Cells cells = points.cells();
    Clustering ours = new KMeans(10, 1e-9, 1).fit(cells, 4);
    Dataset<Row> rows =
        Sessions.small()
            .createDataFrame(
                IntStream.range(0, cells.size())
                    .mapToObj(
                        i ->
                            RowFactory.create(
                                Vectors.dense(
                                    IntStream.range(0, points.varying().size())
                                        .mapToDouble(j -> cells.at(i, j))
                                        .toArray()),
                                cells.weight(i),
                                (double) ours.labels()[i]))
                    .toList(),
                new StructType()
                    .add("features", SQLDataTypes.VectorType())
                    .add("weight", DataTypes.DoubleType)
                    .add("prediction", DataTypes.DoubleType))
            .cache();
    double best = Double.POSITIVE_INFINITY;
    for (long seed = 1; seed <= 5; seed++) {
      KMeansModel model =
          new org.apache.spark.ml.clustering.KMeans()
              .setK(4)
              .setMaxIter(100)
              .setSeed(seed)
              .setWeightCol("weight")
              .setPredictionCol("theirs")
              .fit(rows);
      best = Math.min(best, model.summary().trainingCost());
    }
    assertThat(ours.cost()).isLessThanOrEqualTo(best * 1.0001);
    assertThat(ours.cost()).isCloseTo(best, withPercentage(1));
    // Spark leaves all customers of a cell out where one is compared with the others.
    assertThat(cells.totalWeight()).isEqualTo(cells.size());
    assertThat(Silhouette.mean(cells, ours))
        .isCloseTo(new ClusteringEvaluator().evaluate(rows), within(1e-9));
  }

  /** Customers whose values lie within some percent of these. */
  private static List<Buyer> kind(
      String name, int size, int recencyDays, long orders, double gross) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                new Buyer(
                    name + i,
                    (int) Math.round(recencyDays * (1 + .3 * random.nextDouble())),
                    Math.round(orders * (1 + .3 * random.nextDouble())),
                    Math.round(gross * (100 + 30 * random.nextDouble())) / 100.0,
                    0))
        .toList();
  }

  private static SegmentationSettings auto() {
    return settings(OptionalInt.empty(), 7, 100);
  }

  private static SegmentationSettings settings(OptionalInt k, int refitDays, int minCustomers) {
    return new SegmentationSettings(
        k,
        2,
        6,
        List.of(Feature.RECENCY, Feature.FREQUENCY, Feature.MONETARY, Feature.RETURNED_SHARE),
        new BigDecimal("0.005"),
        5,
        5,
        refitDays,
        minCustomers,
        30_000,
        1);
  }

  private static Outputs run(
      SegmentationSettings settings, List<Buyer> buyers, UnaryOperator<Dataset<Row>> spread) {
    return new CustomerSegments(settings).run(inputs(buyers, spread), DATE);
  }

  private static GivenInputs inputs(List<Buyer> buyers, UnaryOperator<Dataset<Row>> spread) {
    Dataset<Row> purchases =
        Sessions.small()
            .createDataFrame(
                buyers.stream()
                    .map(
                        buyer ->
                            RowFactory.create(
                                "shop",
                                buyer.id(),
                                java.sql.Date.valueOf(DATE.minusDays(2000)),
                                java.sql.Date.valueOf(DATE.minusDays(buyer.recencyDays())),
                                buyer.orders(),
                                buyer.gross(),
                                buyer.returned()))
                    .toList(),
                StructType.fromDDL(
                    "source string, customer_id string, first_order_on date, last_order_on date,"
                        + " orders bigint, gross double, returned double"))
            .selectExpr(
                "source",
                "customer_id",
                "first_order_on",
                "last_order_on",
                "orders",
                "cast(gross as decimal(18,4)) gross_amount",
                "cast(returned as decimal(18,4)) returned_amount");
    return new GivenInputs()
        .given(CUSTOMER_PURCHASES, spread.apply(purchases))
        .given(CUSTOMERS, spread.apply(purchases.select("source", "customer_id")))
        .given(
            INTERACTIONS,
            purchases
                .selectExpr("source", "customer_id", "last_order_on occurred_on")
                .where(lit(false)));
  }

  private static Previous previous(Outputs outputs) {
    return new Previous(
        DATE,
        outputs.rows().get(CUSTOMER_SEGMENTS).localCheckpoint(),
        outputs.model().map(model -> model.artefact()));
  }

  private static List<String> lines(Outputs outputs, Table table, String... columns) {
    return RowLines.sorted(outputs.rows().get(table).selectExpr(columns));
  }
}
