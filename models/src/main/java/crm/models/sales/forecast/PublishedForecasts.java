package crm.models.sales.forecast;

import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.learning.forecasting.Choice;
import crm.learning.forecasting.Method;
import crm.learning.forecasting.series.Frequency;
import crm.models.sales.series.DeliveredDays;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SeriesRow;
import crm.warehouse.Columns;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The forecasts after the end, with their bounds, as rows of the table. */
final class PublishedForecasts {
  private static final String MODEL_RUN_ID = "model_run_id";

  private static final StructType SCHEMA =
      new StructType(
          Arrays.stream(SALES_FORECAST.layout().schema().fields())
              .filter(
                  field ->
                      SALES_FORECAST.columnNames().contains(field.name())
                          && !field.name().equals(MODEL_RUN_ID))
              .toArray(org.apache.spark.sql.types.StructField[]::new));

  private PublishedForecasts() {}

  /**
   * Adds prediction intervals to the chosen forecasts. A row is a period of a series, as {@code
   * curated.sales_forecast} declares it.
   */
  static Dataset<Row> rows(
      Competition competition, Map<String, DeliveredDays> delivered, String modelRunId) {
    Map<LevelKey, Choice> choices = new TreeMap<>();
    competition.levels().forEach((level, winner) -> choices.put(level, winner.choice()));
    return competition
        .forecasts()
        .where(col("origin_offset").equalTo(0))
        .flatMap(new OfSeries(choices, delivered), Encoders.row(SCHEMA))
        .withColumn(MODEL_RUN_ID, lit(modelRunId))
        .select(Columns.named(SALES_FORECAST.columnNames()));
  }

  private record OfSeries(Map<LevelKey, Choice> choices, Map<String, DeliveredDays> delivered)
      implements FlatMapFunction<Row, Row>, Serializable {
    @Override
    public Iterator<Row> call(Row series) {
      LevelKey key = LevelKey.of(series);
      Choice choice = choices.get(key);
      Frequency frequency = key.frequency();
      DeliveredDays days = delivered.get(key.source());
      LocalDate origin = days.lastPeriod(frequency);
      double spread = series.getAs("spread");
      long[] cents = SeriesRow.longs(series, "cents");
      List<Row> rows = new ArrayList<>();
      for (int ahead = 0; ahead < cents.length; ahead++) {
        BigDecimal point = BigDecimal.valueOf(cents[ahead], 2);
        double half80 = choice.half80()[ahead] * spread;
        double half95 = choice.half95()[ahead] * spread;
        rows.add(
            RowFactory.create(
                key.source(),
                key.measure().label(),
                LevelKey.label(frequency),
                key.level().label(),
                series.getAs("series_id"),
                series.getAs("parent_id"),
                Date.valueOf(frequency.plus(origin, ahead + 1L)),
                ahead + 1,
                Date.valueOf(origin),
                days.droppedPeriod(frequency).map(Date::valueOf).orElse(null),
                point,
                bound(key, cents[ahead] / 100.0 - half80),
                bound(key, cents[ahead] / 100.0 + half80),
                bound(key, cents[ahead] / 100.0 - half95),
                bound(key, cents[ahead] / 100.0 + half95),
                Method.valueOf(series.getAs("method")).label(),
                choice.intervals().label(),
                series.getAs("scale")));
      }
      return rows.iterator();
    }

    private static BigDecimal bound(LevelKey key, double value) {
      if (Double.isNaN(value)) {
        return null;
      }
      return BigDecimal.valueOf(
          Math.round((key.measure().mayBeNegative() ? value : Math.max(0, value)) * 100), 2);
    }
  }
}
