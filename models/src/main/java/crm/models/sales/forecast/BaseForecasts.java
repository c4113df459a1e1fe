package crm.models.sales.forecast;

import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.Method;
import crm.learning.forecasting.Points;
import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SeriesRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What each method forecasts of each series, at the end and at each rolling origin, before levels
 * add up. One row per series, origin and candidate, so that what has to add up can meet in a task.
 */
final class BaseForecasts {
  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /**
   * {@code origin_offset} is how many periods were not known; {@code candidate} competes and {@code
   * method} is what stood in for it; {@code scale} is the unit of the series' errors, {@code
   * spread} the unit of its bounds; {@code points} and {@code actual} are per period after the
   * origin, actual NaN where it is not known.
   */
  static final StructType SCHEMA =
      SeriesRow.IDENTITY
          .add("origin_offset", DataTypes.IntegerType)
          .add("candidate", DataTypes.StringType)
          .add("method", DataTypes.StringType)
          .add("variance", DataTypes.DoubleType)
          .add("scale", DataTypes.DoubleType)
          .add("spread", DataTypes.DoubleType)
          .add("points", NUMBERS)
          .add("actual", NUMBERS);

  private BaseForecasts() {}

  /**
   * Forecasts each series by each method, at its end and at each rolling origin. A row is a series,
   * origin and candidate: see {@link #SCHEMA}.
   */
  static Dataset<Row> rows(
      Dataset<Row> series,
      Map<Frequency, ForecastPlan> plans,
      Map<LevelKey, Coefficients> coefficients,
      BoostedTrees trees) {
    Broadcast<Map<LevelKey, Coefficients>> shared =
        JavaSparkContext.fromSparkContext(series.sparkSession().sparkContext())
            .broadcast(coefficients);
    return series.flatMap(new OfSeries(plans, shared, trees), Encoders.row(SCHEMA));
  }

  private record OfSeries(
      Map<Frequency, ForecastPlan> plans,
      Broadcast<Map<LevelKey, Coefficients>> coefficients,
      BoostedTrees trees)
      implements FlatMapFunction<Row, Row>, Serializable {
    @Override
    public Iterator<Row> call(Row row) {
      SeriesRow of = SeriesRow.of(row);
      ForecastPlan plan = plans.get(of.key().frequency());
      NavigableMap<Integer, Map<Method, Points>> atOrigins = new TreeMap<>();
      for (int originOffset : origins(plan)) {
        atOrigins.put(originOffset, candidates(of, plan, originOffset));
      }
      List<Row> rows = new ArrayList<>();
      atOrigins.forEach(
          (originOffset, candidates) -> {
            Origin origin = Origin.of(of.series(), plan, originOffset);
            candidates.forEach(
                (candidate, points) -> {
                  // What had not begun adds nothing; at the end it gets an answer all the same.
                  if (points.method() != Method.NONE || originOffset == 0) {
                    rows.add(
                        row(
                            of,
                            origin,
                            candidate,
                            points,
                            new EarlierErrors(of.series(), candidate, originOffset)
                                .of(atOrigins.tailMap(originOffset, false))));
                  }
                });
          });
      return rows.iterator();
    }

    private static List<Integer> origins(ForecastPlan plan) {
      List<Integer> origins = new ArrayList<>(plan.originOffsets());
      origins.add(0);
      return origins;
    }

    private Map<Method, Points> candidates(SeriesRow of, ForecastPlan plan, int originOffset) {
      Map<Method, Points> candidates = new EnumMap<>(Method.class);
      candidates.putAll(
          plan.candidates(of.series(), originOffset, coefficients.value().get(of.key())));
      if (trees.fitted().containsKey(of.key().forest())) {
        Points naive = candidates.get(Method.SEASONAL_NAIVE);
        candidates.put(Method.BOOSTED_TREES, trees.points(of, plan, originOffset).orElse(naive));
      }
      return candidates;
    }
  }

  /** What is known of a series at an origin, whatever the method. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Origin(
      int originOffset, int horizon, double scale, double spread, double[] actual) {
    static Origin of(Series series, ForecastPlan plan, int originOffset) {
      return new Origin(
          originOffset,
          plan.horizon(),
          plan.scale(series, originOffset),
          plan.spread(series, originOffset),
          BaseForecasts.actual(series, originOffset, plan.horizon()));
    }
  }

  private static Row row(
      SeriesRow of, Origin origin, Method candidate, Points points, EarlierErrors.Sum errors) {
    boolean known = points.method() != Method.NONE;
    Object[] cells = {
      of.key().source(),
      of.key().measure().label(),
      LevelKey.label(of.key().frequency()),
      of.key().level().label(),
      of.series().id(),
      of.parentId(),
      origin.originOffset(),
      candidate.name(),
      points.method().name(),
      known ? errors.variance(origin.scale(), origin.horizon()) : EarlierErrors.CERTAIN,
      origin.scale(),
      origin.spread(),
      known ? points.values() : new double[origin.horizon()],
      origin.actual()
    };
    return new GenericRowWithSchema(cells, SCHEMA);
  }

  private static double[] actual(Series series, int originOffset, int horizon) {
    double[] actual = new double[horizon];
    Arrays.fill(actual, Double.NaN);
    for (int ahead = 0; ahead < Math.min(originOffset, horizon); ahead++) {
      int index = series.size() - originOffset + ahead;
      actual[ahead] = index < 0 ? Double.NaN : series.values()[index];
    }
    return actual;
  }

  /**
   * The errors that a candidate is known to have made when an origin comes: those at earlier
   * origins, of periods that are over.
   */
  private record EarlierErrors(Series series, Method candidate, int originOffset) {
    /** Of what is known to be nothing yet, so that it stays nothing. */
    static final double CERTAIN = 1e-12;

    /**
     * @param squares sum of the squared errors
     */
    record Sum(double squares, int errors) {
      /** As if a horizon of errors of the size of the naive ones had been made besides. */
      double variance(double scale, int horizon) {
        return Math.max(CERTAIN, (squares + horizon * scale * scale) / (errors + horizon));
      }
    }

    Sum of(Map<Integer, Map<Method, Points>> earlier) {
      double squares = 0;
      int errors = 0;
      for (Map.Entry<Integer, Map<Method, Points>> origin : earlier.entrySet()) {
        Points points = origin.getValue().get(candidate);
        for (int ahead = 0; points != null && ahead < points.values().length; ahead++) {
          int index = series.size() - origin.getKey() + ahead;
          if (index >= 0
              && index < series.size() - originOffset
              && !Double.isNaN(series.values()[index])) {
            double error = series.values()[index] - points.values()[ahead];
            squares += error * error;
            errors++;
          }
        }
      }
      return new Sum(squares, errors);
    }
  }
}
