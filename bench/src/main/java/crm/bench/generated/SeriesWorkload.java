package crm.bench.generated;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import crm.learning.forecasting.Backtest;
import crm.learning.forecasting.Choice;
import crm.learning.forecasting.Forecast;
import crm.learning.forecasting.ForecastPlan;
import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.regression.NormalEquations;
import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Daily series, ready to be forecast by the methods that the job uses, in two parts. */
public record SeriesWorkload(GeneratedFiles files, List<List<Series>> parts) {
  public static final int ORIGINS = 13;
  private static final String FORECASTS = "ours_series";

  private static final StructType FORECAST =
      StructType.fromDDL(
          "product_id STRING, ahead INT, forecast DOUBLE, lo80 DOUBLE, hi80 DOUBLE, "
              + "lo95 DOUBLE, hi95 DOUBLE");

  public static SeriesWorkload read(GeneratedFiles files) {
    Map<String, List<Row>> days = new TreeMap<>();
    for (Row day : files.read(GeneratedSales.SERIES).collectAsList()) {
      days.computeIfAbsent(day.getString(0), product -> new ArrayList<>()).add(day);
    }
    List<Series> series = new ArrayList<>();
    days.forEach(
        (product, of) -> {
          of.sort(Comparator.comparing(day -> day.getDate(1)));
          series.add(
              new Series(
                  product,
                  Frequency.DAILY,
                  of.get(0).getDate(1).toLocalDate(),
                  of.stream().mapToDouble(day -> day.getLong(2)).toArray()));
        });
    int half = series.size() / 2;
    return new SeriesWorkload(
        files,
        List.of(
            List.copyOf(series.subList(0, half)),
            List.copyOf(series.subList(half, series.size()))));
  }

  /**
   * @return what was chosen
   */
  public String forecast() {
    ForecastPlan plan =
        new ForecastPlan(Frequency.DAILY, GeneratedSales.HORIZON, ORIGINS, Calendar.unknown());
    Coefficients coefficients =
        plan.solve(
            parts.parallelStream().map(plan::gather).reduce(NormalEquations::merge).orElseThrow());
    Choice choice =
        parts.parallelStream()
            .map(part -> plan.backtest(part, coefficients))
            .reduce(Backtest::merge)
            .orElseThrow()
            .choose();
    List<Row> rows =
        parts.parallelStream()
            .flatMap(List::stream)
            .flatMap(one -> rows(one.id(), plan.forecast(one, coefficients, choice)).stream())
            .toList();
    files.write(files.spark().createDataFrame(rows, FORECAST), FORECASTS);
    return choice.method().label();
  }

  private static List<Row> rows(String product, Forecast forecast) {
    List<Row> rows = new ArrayList<>();
    for (int h = 0; h < forecast.points().length; h++) {
      rows.add(
          RowFactory.create(
              product,
              h + 1,
              forecast.points()[h],
              forecast.lower80()[h],
              forecast.upper80()[h],
              forecast.lower95()[h],
              forecast.upper95()[h]));
    }
    return rows;
  }

  /** Returns how far the forecasts were from what came. */
  public String accuracy() {
    return accuracy(files, files.read(FORECASTS));
  }

  /**
   * @param forecasts with the columns of those of given series
   */
  public static String accuracy(GeneratedFiles files, Dataset<Row> forecasts) {
    Row found =
        files
            .read(GeneratedSales.AFTERWARDS)
            .join(forecasts, new String[] {"product_id", "ahead"}, "inner")
            .agg(
                count(lit(1)),
                avg(abs(col("pieces").minus(col("forecast"))).divide(col("scale"))),
                avg(between("lo80", "hi80")),
                avg(between("lo95", "hi95")))
            .head();
    return "{forecasts=%d, mase=%.4f, inside80=%.3f, inside95=%.3f}"
        .formatted(found.getLong(0), found.getDouble(1), found.getDouble(2), found.getDouble(3));
  }

  private static Column between(String low, String high) {
    return col("pieces").between(col(low), col(high)).cast("int");
  }
}
