package crm.models.sales.forecast;

import crm.learning.forecasting.Backtest;
import crm.learning.forecasting.Choice;
import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.Method;
import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.regression.NormalEquations;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SeriesRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What comes to the driver of the series of a level: the sums of the regression, the errors of each
 * method, and how many values were inside their bounds. Its size does not depend on how many series
 * there are, and neither order nor parts of the series change a bit of it.
 *
 * @param plans per frequency
 */
record DriverAggregates(Map<Frequency, ForecastPlan> plans) implements Serializable {

  /** Of the values at the newest origin, those that lie inside bounds made from the older ones. */
  record Coverage(long values, long inside80, long inside95) implements Serializable {
    static final Coverage NONE = new Coverage(0, 0, 0);

    Coverage plus(Coverage other) {
      return new Coverage(
          values + other.values, inside80 + other.inside80, inside95 + other.inside95);
    }

    double share80() {
      return (double) inside80 / values;
    }

    double share95() {
      return (double) inside95 / values;
    }
  }

  /** The regressions of all levels, origins and horizons, from one pass over the series. */
  Map<LevelKey, Coefficients> coefficients(Dataset<Row> series) {
    Map<LevelKey, Coefficients> solved = new TreeMap<>();
    equations(series)
        .forEach((level, sums) -> solved.put(level, plans.get(level.frequency()).solve(sums)));
    return solved;
  }

  private Map<LevelKey, NormalEquations> equations(Dataset<Row> series) {
    return merged(
        series,
        rows -> {
          Map<LevelKey, List<Series>> levels = new TreeMap<>();
          while (rows.hasNext()) {
            SeriesRow row = SeriesRow.of(rows.next());
            levels.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row.series());
          }
          Map<LevelKey, NormalEquations> sums = new TreeMap<>();
          levels.forEach((key, of) -> sums.put(key, plans.get(key.frequency()).gather(of)));
          return sums;
        },
        NormalEquations::merge);
  }

  /**
   * The errors of the candidates at the rolling origins, of every level that had any.
   *
   * @param coherent rows of {@link CoherentForecasts}
   */
  Map<LevelKey, Backtest> errors(Dataset<Row> coherent) {
    return merged(
        coherent,
        rows -> {
          Map<LevelKey, Backtest> errors = new TreeMap<>();
          while (rows.hasNext()) {
            Row row = rows.next();
            LevelKey key = LevelKey.of(row);
            if (isBacktest(row)) {
              errors
                  .computeIfAbsent(key, this::noErrors)
                  .add(
                      candidate(row),
                      row.getAs("scale"),
                      row.getAs("spread"),
                      SeriesRow.doubles(row, "actual"),
                      points(row));
            }
          }
          return errors;
        },
        Backtest::merge);
  }

  /** Of a level without errors. */
  Backtest noErrors(LevelKey level) {
    return new Backtest(plans.get(level.frequency()));
  }

  /**
   * Returns how the bounds of the newest origin hold.
   *
   * @param choices per level, made from older origins
   */
  Map<LevelKey, Coverage> coverage(Dataset<Row> newest, Map<LevelKey, Choice> choices) {
    return merged(
        newest,
        rows -> {
          Map<LevelKey, Coverage> coverage = new TreeMap<>();
          while (rows.hasNext()) {
            Row row = rows.next();
            LevelKey key = LevelKey.of(row);
            if (isBacktest(row)) {
              coverage.merge(key, covered(row, choices.get(key)), Coverage::plus);
            }
          }
          return coverage;
        },
        Coverage::plus);
  }

  private static Coverage covered(Row row, Choice choice) {
    double[] actual = SeriesRow.doubles(row, "actual");
    double[] points = points(row);
    double spread = row.getAs("spread");
    Coverage covered = Coverage.NONE;
    for (int ahead = 0; ahead < points.length; ahead++) {
      double error = Math.abs(actual[ahead] - points[ahead]);
      if (!Double.isNaN(error) && !Double.isNaN(choice.half80()[ahead])) {
        covered =
            covered.plus(
                new Coverage(
                    1,
                    error <= choice.half80()[ahead] * spread ? 1 : 0,
                    error <= choice.half95()[ahead] * spread ? 1 : 0));
      }
    }
    return covered;
  }

  private static boolean isBacktest(Row row) {
    return row.<Integer>getAs("origin_offset") > 0;
  }

  private static Method candidate(Row row) {
    return Method.valueOf(row.getAs("candidate"));
  }

  private static double[] points(Row row) {
    return Arrays.stream(SeriesRow.longs(row, "cents"))
        .mapToDouble(cents -> cents / 100.0)
        .toArray();
  }

  /** What a part of the rows adds up to. */
  private interface Part<T> extends Serializable {
    Map<LevelKey, T> accumulate(Iterator<Row> rows);
  }

  private interface Merge<T> extends BinaryOperator<T>, Serializable {}

  private static <T> Map<LevelKey, T> merged(Dataset<Row> rows, Part<T> part, Merge<T> merge) {
    JavaRDD<Row> distributed = rows.javaRDD();
    if (distributed.getNumPartitions() == 0) {
      return new TreeMap<>();
    }
    return distributed
        .mapPartitions(partition -> List.of(part.accumulate(partition)).iterator())
        .treeReduce(
            (one, other) -> {
              Map<LevelKey, T> both = new TreeMap<>(one);
              other.forEach((key, value) -> both.merge(key, value, merge));
              return both;
            });
  }
}
