package crm.jobs.sales;

import crm.models.sales.forecast.SalesForecast;
import crm.models.sales.series.SalesForecastSettings;
import crm.warehouse.job.Job;
import crm.warehouse.settings.ConfigSection;
import java.util.List;

/** The jobs that compute tables about sales. */
public final class SalesJobs {
  private SalesJobs() {}

  /** Lists them, each with the settings of its section; a new one is a line here. */
  public static List<Job> jobs(ConfigSection settings) {
    return List.of(new SalesForecast(SalesForecastSettings.of(settings.section("sales-forecast"))));
  }
}
