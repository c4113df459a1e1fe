package crm.models.sales.forecast;

import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import crm.models.sales.series.DeliveredDays;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.Measure;
import crm.models.sales.series.SalesForecastSettings;
import crm.models.sales.series.SeriesRow;
import crm.warehouse.Columns;
import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs.Previous;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Beside what earlier runs predicted, what was sold as it is known now: late and amended orders
 * change what earlier forecasts are compared with. Of each origin the first run counts. Where its
 * forecasts are no longer stored, its accuracy of the last run is kept.
 *
 * @param earlier all earlier forecasts, with their logical date
 * @param previous accuracy as of the last run
 * @param since first period that is kept
 */
record PastForecasts(Dataset<Row> earlier, Optional<Previous> previous, LocalDate since) {
  private static final String[] FORECAST = {
    "source", "measure", "frequency", "level", "series_id", "period_start"
  };

  /** What one run predicts together. */
  private static final String[] ORIGIN = {"source", "measure", "frequency", "origin"};

  private static final String FORECAST_ON = "forecast_on";

  private static final StructType KNOWN =
      StructType.fromDDL("source STRING, measure STRING, frequency STRING, period_start DATE");

  /** Parts of one in which errors per series are averaged, so that any order will do. */
  private static final double PARTS = 1L << 20;

  private static final StructType ACTUALS =
      StructType.fromDDL(
              "source STRING, measure STRING, frequency STRING, level STRING, "
                  + "series_id STRING, period_start DATE")
          .add("actual", Money.TOTAL);

  /**
   * Compares earlier forecasts with actual sales. A row is a forecast period of a level, as {@code
   * curated.forecast_accuracy} declares it.
   *
   * @param series rows of {@link SeriesRow}
   * @param delivered per source
   * @param settings the series were made by
   */
  Dataset<Row> rows(
      Dataset<Row> series, Map<String, DeliveredDays> delivered, SalesForecastSettings settings) {
    Dataset<Row> predicted =
        earlier
            .where(col("period_start").geq(lit(since)))
            .withColumnRenamed(Table.LOGICAL_DATE, FORECAST_ON)
            .join(broadcast(firstRuns()), with(ORIGIN, FORECAST_ON), "left_semi")
            .join(broadcast(known(series.sparkSession(), delivered, settings)), KNOWN.fieldNames());
    Dataset<Row> actuals = series.flatMap(new Periods(since), Encoders.row(ACTUALS));
    // What has been cancelled or amended away since is no series any more, and sold nothing.
    Dataset<Row> compared =
        predicted
            .join(actuals, FORECAST, "left")
            .withColumn("actual", coalesce(col("actual"), lit(0)).cast(Money.TOTAL));
    Column[] key = Columns.named(FORECAST_ACCURACY.key());
    return previousRows()
        .withColumn("is_recomputed", lit(false))
        .unionByName(judged(compared).withColumn("is_recomputed", lit(true)))
        .groupBy(key)
        .agg(
            max_by(struct(Columns.named(FORECAST_ACCURACY.columnNames())), col("is_recomputed"))
                .as("row"))
        .select("row.*");
  }

  /**
   * Finds the first run of each origin, also where its forecasts are no longer stored. A row is an
   * origin and the date of that run.
   */
  private Dataset<Row> firstRuns() {
    return earlier
        .where(col("period_start").geq(lit(since)))
        .select(Columns.named(List.of(ORIGIN), Table.LOGICAL_DATE))
        .withColumnRenamed(Table.LOGICAL_DATE, FORECAST_ON)
        .union(previousRows().select(Columns.named(List.of(ORIGIN), FORECAST_ON)))
        .groupBy(Columns.named(ORIGIN))
        .agg(min(FORECAST_ON).as(FORECAST_ON));
  }

  private Dataset<Row> previousRows() {
    return previous
        .map(last -> last.rows().where(col("period_start").geq(lit(since))))
        .orElseGet(() -> none(earlier.sparkSession()))
        .select(Columns.named(FORECAST_ACCURACY.columnNames()));
  }

  private static Dataset<Row> none(SparkSession spark) {
    return spark.createDataFrame(List.<Row>of(), FORECAST_ACCURACY.layout().schema());
  }

  /**
   * Finds the periods of the measures of which each source has delivered all days. A row is a
   * source, measure, frequency and period.
   */
  private static Dataset<Row> known(
      SparkSession spark, Map<String, DeliveredDays> delivered, SalesForecastSettings settings) {
    List<Row> known = new ArrayList<>();
    delivered.forEach(
        (source, days) -> {
          for (SalesForecastSettings.Periods periods : settings.periods()) {
            Frequency frequency = periods.frequency();
            for (LocalDate period = days.firstPeriod(frequency);
                !period.isAfter(days.lastPeriod(frequency));
                period = frequency.plus(period, 1)) {
              if (days.isWhole(period, frequency)) {
                for (Measure measure : settings.measures()) {
                  known.add(
                      RowFactory.create(
                          source,
                          measure.label(),
                          LevelKey.label(frequency),
                          Date.valueOf(period)));
                }
              }
            }
          }
        });
    return spark.createDataFrame(known, KNOWN);
  }

  private static Dataset<Row> judged(Dataset<Row> forecasts) {
    Column error = col("actual").minus(col("forecast"));
    Column size = abs(error).cast("double");
    return forecasts
        .groupBy("source", "measure", "frequency", "level", "origin", "horizon", "period_start")
        .agg(
            min(FORECAST_ON).as(FORECAST_ON),
            min("model_run_id").as("forecast_run_id"),
            count(lit(1)).as("series"),
            total(col("actual")).as("actual"),
            total(col("forecast")).as("forecast"),
            total(error).as("error"),
            total(abs(error)).as("absolute_error"),
            total(abs(col("actual"))).as("size"),
            mean(when(col("actual").notEqual(0), size.divide(abs(col("actual")).cast("double"))))
                .as("mape"),
            mean(when(col("naive_error").gt(0), size.divide(col("naive_error")))).as("mase"),
            count("lo80").as("bounded"),
            count(when(col("actual").between(col("lo80"), col("hi80")), lit(1))).as("inside80"),
            count(when(col("actual").between(col("lo95"), col("hi95")), lit(1))).as("inside95"))
        .withColumn(
            "wape",
            when(
                col("size").gt(0),
                col("absolute_error").cast("double").divide(col("size").cast("double"))))
        .select(Columns.named(FORECAST_ACCURACY.columnNames()));
  }

  private static Column total(Column amount) {
    return sum(amount).cast(Money.TOTAL);
  }

  private static Column mean(Column value) {
    return avg(round(value.multiply(lit(PARTS))).cast("bigint")).divide(lit(PARTS));
  }

  private static String[] with(String[] names, String one) {
    return Stream.concat(Stream.of(names), Stream.of(one)).toArray(String[]::new);
  }

  /** The periods of a series that are known. */
  private record Periods(LocalDate since) implements FlatMapFunction<Row, Row>, Serializable {
    @Override
    public Iterator<Row> call(Row row) {
      SeriesRow of = SeriesRow.of(row);
      LevelKey key = of.key();
      Series series = of.series();
      List<Row> periods = new ArrayList<>();
      for (int index = series.size() - 1;
          index >= 0 && !series.period(index).isBefore(since);
          index--) {
        if (!Double.isNaN(series.values()[index])) {
          periods.add(
              RowFactory.create(
                  key.source(),
                  key.measure().label(),
                  LevelKey.label(key.frequency()),
                  key.level().label(),
                  series.id(),
                  Date.valueOf(series.period(index)),
                  BigDecimal.valueOf(series.values()[index]).setScale(2, RoundingMode.HALF_UP)));
        }
      }
      return periods.iterator();
    }
  }
}
