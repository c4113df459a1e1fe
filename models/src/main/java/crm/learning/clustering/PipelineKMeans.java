package crm.learning.clustering;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;

/**
 * Fits clusters by MLlib's k-means in a pipeline of assembler, scaler and k-means, each cell
 * weighted by its customers. It starts from the clusters of a search, so that it costs a few
 * rounds, and its clusters never cost more than those.
 *
 * <p>Cells lie in one partition, in their order, as MLlib adds up the sums of partitions as they
 * end: so they give equal clusters every time. MLlib's StandardScaler has no weights, so the scaler
 * is made of means and deviations that are known.
 */
public record PipelineKMeans(SparkSession spark) {
  /** The column of the values together, and of the same in standard deviations from the mean. */
  private static final String ASSEMBLED = "values";

  public static final String SCALED = "features";

  private static final String WEIGHT = "customers";
  private static final int MAX_ROUNDS = 100;

  /** Rounds end when no centroid moves further, in standard deviations. */
  private static final double SETTLED = 1e-3;

  /**
   * What values are called and how they become numbers of standard deviations.
   *
   * @param columns a name per dimension
   */
  public record Scaling(List<String> columns, List<Double> means, List<Double> deviations) {
    /** The stage that puts the columns together. */
    public VectorAssembler assembler() {
      return new VectorAssembler("assembler")
          .setInputCols(columns.toArray(String[]::new))
          .setOutputCol(ASSEMBLED);
    }

    /** The stage that makes them numbers of standard deviations from the mean. */
    public StandardScalerModel scaler() {
      StandardScalerModel scaler =
          new StandardScalerModel("scaler", vector(deviations), vector(means));
      scaler.set(scaler.withMean(), true);
      return scaler.setInputCol(ASSEMBLED).setOutputCol(SCALED);
    }

    private static Vector vector(List<Double> values) {
      return Vectors.dense(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /**
   * MLlib's k-means from given centroids: its older interface takes them, its Pipeline's has no
   * parameter for them. Both run the same code.
   */
  private static final class FromCentroids extends KMeans {
    private final transient double[][] start;

    FromCentroids(double[][] start) {
      super("k-means");
      this.start = start;
      setFeaturesCol(SCALED).setWeightCol(WEIGHT);
      setK(start.length).setMaxIter(MAX_ROUNDS).setTol(SETTLED);
    }

    @Override
    public KMeansModel fit(Dataset<?> rows) {
      JavaRDD<Tuple2<org.apache.spark.mllib.linalg.Vector, Object>> weighted =
          rows.select(SCALED, WEIGHT)
              .javaRDD()
              .map(
                  row ->
                      new Tuple2<>(
                          org.apache.spark.mllib.linalg.Vectors.fromML(row.<Vector>getAs(0)),
                          row.get(1)));
      return copyValues(
          new KMeansModel(
                  uid(),
                  new org.apache.spark.mllib.clustering.KMeans()
                      .setK(getK())
                      .setMaxIterations(getMaxIter())
                      .setEpsilon(getTol())
                      .setInitialModel(model(start))
                      .runWithWeight(weighted.rdd(), true, Option.empty()))
              .setParent(this),
          extractParamMap());
    }
  }

  /** The model of centroids, as MLlib's older interface has it. */
  public static org.apache.spark.mllib.clustering.KMeansModel model(double[][] centroids) {
    return new org.apache.spark.mllib.clustering.KMeansModel(
        Arrays.stream(centroids)
            .map(org.apache.spark.mllib.linalg.Vectors::dense)
            .toArray(org.apache.spark.mllib.linalg.Vector[]::new));
  }

  /** Lets the clusters of a search settle. */
  public Clustering fit(Cells cells, Scaling scaling, Clustering search) {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  scaling.assembler(), scaling.scaler(), new FromCentroids(search.centroids())
                });
    KMeansModel model = (KMeansModel) pipeline.fit(rows(cells, scaling)).stages()[2];
    return Clustering.nearest(
        cells, Arrays.stream(model.clusterCenters()).map(Vector::toArray).toArray(double[][]::new));
  }

  private Dataset<Row> rows(Cells cells, Scaling scaling) {
    StructType schema = new StructType().add(WEIGHT, DataTypes.DoubleType);
    for (String column : scaling.columns()) {
      schema = schema.add(column, DataTypes.DoubleType);
    }
    List<Row> rows =
        IntStream.range(0, cells.size)
            .mapToObj(
                cell -> {
                  Object[] values = new Object[1 + cells.dimensions];
                  values[0] = cells.weight(cell);
                  for (int j = 0; j < cells.dimensions; j++) {
                    values[1 + j] =
                        scaling.means().get(j) + cells.at(cell, j) * scaling.deviations().get(j);
                  }
                  return RowFactory.create(values);
                })
            .toList();
    return spark.createDataFrame(rows, schema).coalesce(1);
  }
}
