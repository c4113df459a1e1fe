package crm.warehouse.tables.sales;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import crm.warehouse.Kind;
import crm.warehouse.Money;
import crm.warehouse.Table;
import java.util.List;

/** What will be sold, and how well that was forecast. */
public final class ForecastTables {
  private ForecastTables() {}

  private static final String MEASURE =
      "What is forecast: net_revenue (orders less returns, each on its own day) or gross_revenue,"
          + " in the base currency; pieces (units ordered).";
  private static final String FREQUENCY = "Length of a period: daily, weekly (ISO) or monthly.";
  private static final String LEVEL =
      "What a series is of: total, category, product, country"
          + " (of the customer) or channel (of the order).";
  private static final String ORIGIN =
      "First day of the last complete period; nothing later was known.";

  public static final Table SALES_FORECAST =
      Table.curated("sales_forecast", Kind.SNAPSHOT)
          .grain("series of sales and one of its coming periods")
          .required("source", StringType, "Source system of the orders.")
          .required("measure", StringType, MEASURE)
          .required("frequency", StringType, FREQUENCY)
          .required("level", StringType, LEVEL)
          .column(
              "series_id",
              StringType,
              "The category, product, country or channel; (unknown) where the data name none,"
                  + " (all) of the total.")
          .column(
              "parent_id",
              StringType,
              "What it adds up to: the category of a product, (all) of others; NULL of the total."
                  + " Points add up exactly; bounds do not.")
          .required("period_start", DateType, "First day of the forecast period.")
          .required("horizon", IntegerType, "Periods after the origin, from 1.")
          .required("origin", DateType, ORIGIN)
          .column(
              "dropped_period",
              DateType,
              "First day of the period that had begun and was left out as incomplete, if any.")
          .required("forecast", Money.TOTAL, "What is expected, coherent over all levels.")
          .column("lo80", Money.TOTAL, "Lower bound; in 80 % of cases it is between the two.")
          .column(
              "hi80",
              Money.TOTAL,
              "Upper bound of 80 %; NULL like all bounds without errors" + " to judge by.")
          .column("lo95", Money.TOTAL, "Lower bound of 95 %.")
          .column("hi95", Money.TOTAL, "Upper bound of 95 %.")
          .required(
              "method",
              StringType,
              "What gave the point before levels were made coherent, as in theta; mean and none"
                  + " stand in where a series is too short or empty.")
          .required(
              "interval_method",
              StringType,
              "How the bounds were made: conformal, normal (fewer than 19 errors) or none.")
          .required(
              "naive_error",
              DoubleType,
              "Mean absolute error of the seasonal naive forecast so far; the unit of MASE.")
          .required("model_run_id", StringType, "The model run; joins to ops.model_runs.")
          .key("source", "measure", "frequency", "level", "series_id", "horizon")
          .modelOutput()
          .check("known_measure", "measure IN ('net_revenue', 'gross_revenue', 'pieces')")
          .check("known_frequency", "frequency IN ('daily', 'weekly', 'monthly')")
          .check("known_level", "level IN ('total', 'category', 'product', 'country', 'channel')")
          .check("after_origin", "horizon >= 1 AND period_start > origin")
          .check("bounds_nested", "lo95 <= lo80 AND lo80 <= hi80 AND hi80 <= hi95")
          .check("naive_error_not_negative", "naive_error >= 0")
          .build();

  public static final Table FORECAST_ACCURACY =
      Table.curated("forecast_accuracy", Kind.SNAPSHOT)
          .grain("forecasts of one origin, level and horizon, beside what has happened since")
          .required("source", StringType, "Source system of the orders.")
          .required("measure", StringType, MEASURE)
          .required("frequency", StringType, FREQUENCY)
          .required("level", StringType, LEVEL)
          .required("origin", DateType, ORIGIN)
          .required("horizon", IntegerType, "Periods after the origin, from 1.")
          .required("period_start", DateType, "First day of the forecast period.")
          .required("forecast_on", DateType, "Logical date of the run that first forecast it.")
          .required("forecast_run_id", StringType, "That run; joins to ops.model_runs.")
          .required("series", LongType, "Series of the level whose period came.")
          .required(
              "actual",
              Money.TOTAL,
              "What was sold, over these series, as known on the logical date: late, amended and"
                  + " cancelled orders count for as long as the forecasts are stored.")
          .required("forecast", Money.TOTAL, "What had been forecast.")
          .required("error", Money.TOTAL, "actual - forecast; above 0: sold more.")
          .required("absolute_error", Money.TOTAL, "Sum over the series of |actual - forecast|.")
          .column("wape", DoubleType, "absolute_error / sum of |actual|; NULL if that is 0.")
          .column(
              "mape",
              DoubleType,
              "Mean over series of |error / actual|, those that sold nothing left out; NULL if all.")
          .column(
              "mase",
              DoubleType,
              "Mean over series of |error| / naive_error, those without one left out; below 1:"
                  + " better than the seasonal naive forecast. NULL if all.")
          .required("bounded", LongType, "Series whose forecast had bounds.")
          .required("inside80", LongType, "Of these, inside the bounds of 80 %.")
          .required("inside95", LongType, "Of these, inside the bounds of 95 %.")
          .key("source", "measure", "frequency", "level", "origin", "horizon")
          .modelOutput()
          .check(
              "counts_agree", "inside80 <= inside95 AND inside95 <= bounded AND bounded <= series")
          .check("error_agrees", "error = actual - forecast AND abs(error) <= absolute_error")
          .build();

  public static final List<Table> ALL = List.of(SALES_FORECAST, FORECAST_ACCURACY);
}
