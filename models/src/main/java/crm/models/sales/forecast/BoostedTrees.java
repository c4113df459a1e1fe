package crm.models.sales.forecast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.Method;
import crm.learning.forecasting.Points;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import crm.models.sales.series.Level;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SeriesRow;
import crm.warehouse.job.CollectsAggregates;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Boosted trees on the features of the regression, one model for all levels and horizons of what
 * has to add up. Two are fitted: that of the rolling origins knows only what was known at the
 * oldest of them, that of the end knows all.
 *
 * <p>They see a sample of bounded size, in one order and one task, since MLlib's sums are others in
 * another order. What comes to the driver is how many values there are.
 *
 * @param fitted by {@link LevelKey#forest}
 */
@CollectsAggregates("how many values there are")
record BoostedTrees(Map<String, Fitted> fitted) implements Serializable {
  static final BoostedTrees NONE = new BoostedTrees(Map.of());

  /** Fewer rows teach trees nothing that the regression does not know. */
  private static final int MIN_ROWS = 2_000;

  private static final int MAX_ROWS = 40_000;
  private static final int TREES = 40;
  private static final int DEPTH = 4;

  private static final StructType ROWS =
      new StructType()
          .add("forest", DataTypes.StringType)
          .add("place", DataTypes.StringType)
          .add("is_old", DataTypes.BooleanType)
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  /**
   * @param ofOrigins for the rolling origins
   * @param ofEnd for what is published
   */
  record Fitted(GBTRegressionModel ofOrigins, GBTRegressionModel ofEnd) implements Serializable {}

  /**
   * @param series rows of {@link SeriesRow}
   */
  static BoostedTrees of(Dataset<Row> series, Map<Frequency, ForecastPlan> plans) {
    Map<String, Double> shares = new TreeMap<>();
    series
        .groupBy("source", "measure", "frequency", "level")
        .agg(sum(size(col("values"))))
        .collectAsList()
        .forEach(
            row -> {
              LevelKey key = LevelKey.of(row);
              shares.merge(
                  key.forest(),
                  (double) row.getLong(4) * plans.get(key.frequency()).horizon(),
                  Double::sum);
            });
    shares.replaceAll((forest, rows) -> Math.min(1, MAX_ROWS / rows));
    Dataset<Row> sample =
        series.flatMap(new Sample(plans, shares), Encoders.row(ROWS)).localCheckpoint();
    Map<String, Fitted> fitted = new TreeMap<>();
    for (String forest : shares.keySet()) {
      Dataset<Row> rows =
          sample.where(col("forest").equalTo(forest)).coalesce(1).sortWithinPartitions("place");
      Dataset<Row> old = rows.where("is_old");
      if (old.count() >= MIN_ROWS) {
        fitted.put(forest, new Fitted(regressor().fit(old), regressor().fit(rows)));
      }
    }
    return new BoostedTrees(fitted);
  }

  private static GBTRegressor regressor() {
    return new GBTRegressor()
        .setMaxIter(TREES)
        .setMaxDepth(DEPTH)
        .setStepSize(0.1)
        .setSeed(1)
        .setCheckpointInterval(-1);
  }

  /** Forecasts a series at an origin; empty if there are no trees for it. */
  Optional<Points> points(SeriesRow of, ForecastPlan plan, int originOffset) {
    Fitted trees = fitted.get(of.key().forest());
    Series series = of.series();
    int origin = series.size() - 1 - originOffset;
    if (trees == null || origin < 0 || plan.features(series, origin, 1).length == 0) {
      return Optional.empty();
    }
    GBTRegressionModel model = originOffset == 0 ? trees.ofEnd() : trees.ofOrigins();
    double[] points = new double[plan.horizon()];
    for (int ahead = 1; ahead <= points.length; ahead++) {
      double learnt = model.predict(features(of, plan, origin, ahead));
      points[ahead - 1] = plan.value(series, origin, learnt);
    }
    return Arrays.stream(points).allMatch(Double::isFinite)
        ? Optional.of(new Points(Method.BOOSTED_TREES, points))
        : Optional.empty();
  }

  private static Vector features(SeriesRow of, ForecastPlan plan, int origin, int ahead) {
    double[] known = plan.features(of.series(), origin, ahead);
    Level[] levels = Level.values();
    double[] all = Arrays.copyOf(known, known.length + 1 + levels.length);
    all[known.length] = ahead;
    for (int i = 0; i < levels.length; i++) {
      all[known.length + 1 + i] = levels[i] == of.key().level() ? 1 : 0;
    }
    return Vectors.dense(all);
  }

  /** Draws by chance of each row's own, so that the sample is the same in any order. */
  private record Sample(Map<Frequency, ForecastPlan> plans, Map<String, Double> shares)
      implements FlatMapFunction<Row, Row>, Serializable {
    @Override
    public Iterator<Row> call(Row row) {
      SeriesRow of = SeriesRow.of(row);
      Series series = of.series();
      ForecastPlan plan = plans.get(of.key().frequency());
      int oldest = plan.originOffsets().get(plan.originOffsets().size() - 1);
      double share = shares.get(of.key().forest());
      String name = of.key() + " " + series.id();
      SplittableRandom chance = new SplittableRandom(name.hashCode());
      List<Row> rows = new ArrayList<>();
      for (int origin = 0; origin < series.size() - 1; origin++) {
        for (int ahead = 1; ahead <= plan.horizon(); ahead++) {
          int target = origin + ahead;
          if (chance.nextDouble() < share
              && target < series.size()
              && !Double.isNaN(series.values()[target])
              && plan.features(series, origin, ahead).length > 0) {
            Object[] cells = {
              of.key().forest(),
              "%s %06d %03d".formatted(name, origin, ahead),
              target < series.size() - oldest,
              plan.target(series, origin, ahead),
              features(of, plan, origin, ahead)
            };
            rows.add(new GenericRowWithSchema(cells, ROWS));
          }
        }
      }
      return rows.iterator();
    }
  }
}
