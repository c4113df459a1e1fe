package crm.models.sales.forecast;

import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.forecasting.series.Frequency;
import crm.testing.GivenInputs;
import crm.testing.MadeSales;
import crm.testing.RowLines;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs.Previous;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.Outputs;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PastForecastsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final SalesForecast JOB = SalesForecastTest.job(Frequency.DAILY, 2);

  /**
   * The mean of the days so far is predicted: 10, then 12; sold are 10, 14 and 8, and of the second
   * day 6 more were delivered late.
   */
  @Test
  void forecastsAreJudgedByWhatIsKnownNow() {
    MadeSales shop = new MadeSales().product("cup", "Kitchen").customer("A", "DE");
    shop.sell(MONDAY, 1, "10");
    Outputs first = JOB.run(shop.inputs(), MONDAY);
    assertThat(total(first)).isEmpty();
    Dataset<Row> forecasts = dated(first, MONDAY);

    shop.sell(MONDAY.plusDays(1), 1, "14");
    Outputs second = JOB.run(after(shop, forecasts, first, MONDAY), MONDAY.plusDays(1));
    assertThat(total(second))
        .containsExactly("2026-03-02|1|2026-03-03|1|14.00|10.00|4.00|4.00|0.2857|0.2857|0");
    forecasts = forecasts.union(dated(second, MONDAY.plusDays(1))).localCheckpoint();

    shop.sell(MONDAY.plusDays(2), 1, "8").sell(MONDAY.plusDays(1), 1, "6");
    Outputs third = JOB.run(after(shop, forecasts, second, MONDAY.plusDays(1)), MONDAY.plusDays(2));
    assertThat(total(third))
        .containsExactly(
            "2026-03-02|1|2026-03-03|1|20.00|10.00|10.00|10.00|0.5000|0.5000|0",
            "2026-03-02|2|2026-03-04|1|8.00|10.00|-2.00|2.00|0.2500|0.2500|0",
            "2026-03-03|1|2026-03-04|1|8.00|12.00|-4.00|4.00|0.5000|0.5000|0");
    assertThat(third.rows().get(FORECAST_ACCURACY).select("level").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("total", "category", "product", "country", "channel");

    // What the first run predicted is no longer stored.
    Dataset<Row> kept = forecasts.where(col(Table.LOGICAL_DATE).gt(lit(Date.valueOf(MONDAY))));
    shop.sell(MONDAY.plusDays(2), 1, "1");
    Outputs pruned = JOB.run(after(shop, kept, third, MONDAY.plusDays(2)), MONDAY.plusDays(3));
    assertThat(total(pruned))
        .containsExactly(
            "2026-03-02|1|2026-03-03|1|20.00|10.00|10.00|10.00|0.5000|0.5000|0",
            "2026-03-02|2|2026-03-04|1|8.00|10.00|-2.00|2.00|0.2500|0.2500|0",
            "2026-03-03|1|2026-03-04|1|9.00|12.00|-3.00|3.00|0.3333|0.3333|0");
  }

  /** Of two products one was sold by mistake: the order is cancelled after its day was judged. */
  @Test
  void whatWasCancelledSinceSoldNothing() {
    MadeSales shop =
        new MadeSales()
            .product("cup", "Kitchen")
            .product("hat", "Wear")
            .customer("A", "DE")
            .sell(MONDAY, 1, "10");
    Outputs first = JOB.run(shop.inputs(), MONDAY);
    Dataset<Row> forecasts =
        dated(first, MONDAY)
            .unionByName(
                dated(first, MONDAY)
                    .where("level = 'product'")
                    .withColumn("series_id", lit("hat"))
                    .withColumn("parent_id", lit("Wear")));
    shop.sell(MONDAY.plusDays(1), 1, "14");
    Outputs second = JOB.run(after(shop, forecasts, first, MONDAY), MONDAY.plusDays(1));
    assertThat(accuracy(second, "product"))
        .containsExactly("2026-03-02|1|2026-03-03|2|14.00|20.00|-6.00|14.00|1.0000|0.2857|0");
  }

  private static GivenInputs after(
      MadeSales shop, Dataset<Row> forecasts, Outputs last, LocalDate date) {
    return shop.inputs()
        .given(SALES_FORECAST, forecasts)
        .previously(
            FORECAST_ACCURACY,
            new Previous(
                date,
                last.rows().get(FORECAST_ACCURACY).localCheckpoint(),
                Optional.of(last.model().map(ModelRun::artefact).orElseThrow())));
  }

  private static Dataset<Row> dated(Outputs outputs, LocalDate date) {
    return outputs
        .rows()
        .get(SALES_FORECAST)
        .withColumn(Table.LOGICAL_DATE, lit(Date.valueOf(date)))
        .localCheckpoint();
  }

  private static List<String> total(Outputs outputs) {
    return accuracy(outputs, "total");
  }

  private static List<String> accuracy(Outputs outputs, String level) {
    return RowLines.sorted(
        outputs
            .rows()
            .get(FORECAST_ACCURACY)
            .where(col("level").equalTo(level))
            .selectExpr(
                "origin",
                "horizon",
                "period_start",
                "series",
                "actual",
                "forecast",
                "error",
                "absolute_error",
                "format_number(wape, 4)",
                "format_number(mape, 4)",
                "bounded"));
  }
}
