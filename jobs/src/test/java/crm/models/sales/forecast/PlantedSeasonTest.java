package crm.models.sales.forecast;

import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.forecasting.series.Frequency;
import crm.models.sales.series.Measure;
import crm.models.sales.series.SalesForecastSettings;
import crm.models.sales.series.SalesForecastSettings.Periods;
import crm.simulation.customer.Preference;
import crm.simulation.sales.Products;
import crm.testing.MadeSales;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * The sample company sells garden articles from April to July and toys in November and December;
 * its baskets are larger before Christmas.
 */
class PlantedSeasonTest {
  private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2025, 9, 30);
  private static final int HORIZON = 6;
  private static final int BASKETS = 32;

  @Test
  void aForecastWithSeasonsBeatsOneWithout() {
    MadeSales shop = new MadeSales().customer("A", "DE");
    Map<LocalDate, Map<String, Integer>> sold = new TreeMap<>();
    Map<String, Double> actual = new TreeMap<>();
    Map<String, Double> lastYear = new TreeMap<>();
    Random random = new Random(11);
    for (LocalDate day : FIRST.datesUntil(LAST.plusMonths(HORIZON).plusDays(1)).toList()) {
      // As many baskets on every day, so that what changes is what the season changes.
      for (int basket = 0; basket < BASKETS; basket++) {
        int favourite = Preference.any(random).category();
        for (int product : Products.basket(day, favourite, random)) {
          String category = Products.category(product);
          if (day.isAfter(LAST)) {
            actual.merge(category + " " + day.withDayOfMonth(1), 1.0, Double::sum);
          } else {
            sold.computeIfAbsent(day, any -> new TreeMap<>()).merge(category, 1, Integer::sum);
            if (day.isAfter(LAST.minusYears(1))) {
              lastYear.merge(category, 1 / 12.0, Double::sum);
            }
          }
        }
      }
    }
    // One product per category is enough: what counts is the season of categories.
    sold.forEach(
        (day, pieces) ->
            pieces.forEach((category, n) -> shop.sell(day, "A", "web", category, n, "1")));
    Products.CATEGORIES.forEach(category -> shop.product(category, category));

    Outputs outputs =
        new SalesForecast(
                new SalesForecastSettings(
                    List.of(Measure.PIECES),
                    List.of(new Periods(Frequency.MONTHLY, HORIZON)),
                    6,
                    1461,
                    4,
                    List.of(),
                    false,
                    365))
            .run(shop.inputs(), LAST);
    List<Row> forecasts =
        outputs.rows().get(SALES_FORECAST).where("level = 'category'").collectAsList();
    assertThat(forecasts).hasSize(4 * HORIZON);
    double error = 0;
    double errorWithoutSeason = 0;
    for (Row forecast : forecasts) {
      String category = forecast.getAs("series_id");
      double came = actual.get(category + " " + forecast.getAs("period_start"));
      error += Math.abs(came - forecast.<java.math.BigDecimal>getAs("forecast").doubleValue());
      errorWithoutSeason += Math.abs(came - lastYear.get(category));
    }
    assertThat(error).isLessThan(errorWithoutSeason / 2);
    for (Metric metric : outputs.model().orElseThrow().metrics()) {
      if (metric.name().startsWith("mase")) {
        assertThat(metric.value())
            .as(metric.name())
            .isLessThanOrEqualTo(metric.baseline().getAsDouble());
      }
    }
  }
}
