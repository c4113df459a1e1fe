package crm.models.sales.forecast;

import static crm.warehouse.tables.ForecastTables.FORECAST_ACCURACY;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.models.forecasting.Frequency;
import crm.models.forecasting.Series;
import crm.warehouse.Inputs.Previous;
import crm.warehouse.Money;
import crm.warehouse.Table;
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
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Beside what was foretold, what came: of the periods that have become complete since the last run,
 * joined to what that run had of earlier ones. A value that is amended after that changes nothing:
 * the forecast is judged once, by what was known when its period was over.
 *
 * @param earlier all earlier forecasts, with their logical date
 * @param previous accuracy as the last run told it, and the model of that run
 * @param since first period that is kept
 */
record PastForecasts(Dataset<Row> earlier, Optional<Previous> previous, LocalDate since) {
  private static final String[] FORECAST = {
    "source", "measure", "frequency", "level", "series_id", "period_start"
  };

  /** Parts of one in which errors per series are averaged, so that any order will do. */
  private static final double PARTS = 1L << 20;

  private static final StructType ACTUALS =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("measure", DataTypes.StringType)
          .add("frequency", DataTypes.StringType)
          .add("level", DataTypes.StringType)
          .add("series_id", DataTypes.StringType)
          .add("period_start", DataTypes.DateType)
          .add("actual", Money.TOTAL);

  /**
   * The rows of the table.
   *
   * @param series rows of {@link SeriesRow}
   */
  Dataset<Row> of(Dataset<Row> series) {
    Map<String, LocalDate> previousEnds =
        previous.flatMap(Previous::artefact).map(ForecastModel::ends).orElse(Map.of());
    LocalDate first = previousEnds.values().stream().min(LocalDate::compareTo).orElse(since);
    Dataset<Row> due =
        series
            .flatMap(new PeriodsAfter(previousEnds), Encoders.row(ACTUALS))
            .join(earlier.where(col("period_start").gt(lit(first))), FORECAST, "inner");
    Dataset<Row> firstOfOrigin =
        due.groupBy(
                col("source"),
                col("measure"),
                col("frequency"),
                col("level"),
                col("series_id"),
                col("period_start"),
                col("origin"),
                col("horizon"),
                col("actual"))
            .agg(
                min_by(
                        struct(
                            "forecast",
                            "lo80",
                            "hi80",
                            "lo95",
                            "hi95",
                            "naive_error",
                            "model_run_id",
                            Table.LOGICAL_DATE),
                        col(Table.LOGICAL_DATE))
                    .as("said"))
            .select(col("*"), col("said.*"));
    Dataset<Row> judged = judged(firstOfOrigin);
    return previous
        .map(
            last ->
                last.rows()
                    .where(col("period_start").geq(lit(since)))
                    .select(columns())
                    .union(judged))
        .orElse(judged);
  }

  private static Dataset<Row> judged(Dataset<Row> forecasts) {
    Column error = col("actual").minus(col("forecast"));
    Column size = abs(error).cast("double");
    return forecasts
        .groupBy("source", "measure", "frequency", "level", "origin", "horizon", "period_start")
        .agg(
            min(Table.LOGICAL_DATE).as("forecast_on"),
            min_by(col("model_run_id"), col(Table.LOGICAL_DATE)).as("forecast_run_id"),
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
        .select(columns());
  }

  private static Column total(Column amount) {
    return sum(amount).cast(Money.TOTAL);
  }

  private static Column mean(Column value) {
    return avg(round(value.multiply(lit(PARTS))).cast("bigint")).divide(lit(PARTS));
  }

  private static Column[] columns() {
    return FORECAST_ACCURACY.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /** What sources and frequencies are told apart by in {@code previousEnds}. */
  static String end(String source, Frequency frequency) {
    return source + " " + LevelKey.label(frequency);
  }

  private record PeriodsAfter(Map<String, LocalDate> ends)
      implements FlatMapFunction<Row, Row>, Serializable {
    @Override
    public Iterator<Row> call(Row row) {
      SeriesRow of = SeriesRow.of(row);
      LevelKey key = of.key();
      Series series = of.series();
      LocalDate end = ends.get(end(key.source(), key.frequency()));
      List<Row> periods = new ArrayList<>();
      for (int index = series.size() - 1;
          end != null && index >= 0 && series.period(index).isAfter(end);
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
