package crm.report.sales;

import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;

import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.figures.RevenueForecast;
import crm.report.figures.Sales;
import crm.report.page.Group;
import crm.report.page.Numbers;
import java.util.List;
import java.util.Optional;

/** The report's part on sales. */
public final class SalesReport {
  private SalesReport() {}

  /**
   * Draws what was and will be sold.
   *
   * @param days of sales, in order
   */
  public static List<Group> groups(PublishedDay day, List<Sales.Day> days, Numbers numbers) {
    Optional<RevenueForecast> forecast = RevenueForecast.of(day, days);
    return List.of(
        new Group(
            "sales",
            "Sales",
            List.of(
                RevenueSection.section(days, day.date(), numbers),
                ForecastSection.section(forecast, numbers),
                ForecastAccuracySections.tested(
                    forecast, LastModel.of(day, SALES_FORECAST), numbers),
                ForecastAccuracySections.judged(forecast, numbers))));
  }
}
