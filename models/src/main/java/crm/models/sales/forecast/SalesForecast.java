package crm.models.sales.forecast;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;

import crm.learning.forecasting.regression.Coefficients;
import crm.models.sales.series.DailySales;
import crm.models.sales.series.DeliveredDays;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SalesForecastSettings;
import crm.models.sales.series.SeriesRow;
import crm.warehouse.Table;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelJob;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Forecasts revenue and demand: in total, and of each category, product, country and channel, so
 * that all add up. The methods compete at rolling origins; what earlier forecasts said of periods
 * that are over is set beside what came.
 */
public record SalesForecast(SalesForecastSettings settings) implements ModelJob {
  @Override
  public String name() {
    return "sales_forecast";
  }

  @Override
  public List<Table> reads() {
    return List.of(
        ORDERS, ORDER_LINES, ORDER_RETURNS, PRODUCTS, CUSTOMERS, SALES_FORECAST, FORECAST_ACCURACY);
  }

  @Override
  public List<Table> writes() {
    return List.of(SALES_FORECAST, FORECAST_ACCURACY);
  }

  @Override
  public FittedModel model(Inputs in, LocalDate logicalDate) {
    Map<String, DeliveredDays> delivered = DailySales.delivered(in, settings, logicalDate);
    Dataset<Row> series = in.cached(series(in, delivered, logicalDate));
    DriverAggregates gathered = new DriverAggregates(settings.plans());
    Map<LevelKey, Coefficients> coefficients = gathered.coefficients(series);
    Competition competition =
        Competition.of(
            in.cached(base(series, gathered, coefficients)),
            coefficients.keySet(),
            gathered,
            in::cached);
    return ForecastModel.of(competition, delivered, settings)
        .fitted(logicalDate, settings, competition)
        .rows(
            run ->
                Outputs.of(
                        SALES_FORECAST, PublishedForecasts.rows(competition, delivered, run.id()))
                    .and(FORECAST_ACCURACY, accuracy(in, series, delivered, logicalDate)));
  }

  /** Computes what was sold. A row is a series with its value per period, see {@link SeriesRow}. */
  Dataset<Row> series(Inputs in, Map<String, DeliveredDays> delivered, LocalDate logicalDate) {
    return SeriesRow.rows(DailySales.read(in, settings.since(logicalDate)), delivered, settings);
  }

  /**
   * Forecasts each series by each method, before levels add up. A row is as {@link
   * BaseForecasts#SCHEMA} says.
   */
  Dataset<Row> base(
      Dataset<Row> series, DriverAggregates gathered, Map<LevelKey, Coefficients> coefficients) {
    BoostedTrees trees =
        settings.boostedTrees() ? BoostedTrees.of(series, gathered.plans()) : BoostedTrees.NONE;
    return BaseForecasts.rows(series, gathered.plans(), coefficients, trees);
  }

  private Dataset<Row> accuracy(
      Inputs in, Dataset<Row> series, Map<String, DeliveredDays> delivered, LocalDate logicalDate) {
    return new PastForecasts(
            in.history(SALES_FORECAST),
            in.previous(FORECAST_ACCURACY),
            logicalDate.minusDays(settings.accuracyDays()))
        .rows(series, delivered, settings);
  }
}
