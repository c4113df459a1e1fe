package crm.app.settings;

import crm.ingest.LoadTable;
import crm.jobs.customer.CustomerJobs;
import crm.jobs.marketing.MarketingJobs;
import crm.jobs.sales.SalesJobs;
import crm.warehouse.job.Job;
import crm.warehouse.settings.ConfigSection;
import java.util.ArrayList;
import java.util.List;

/** Every job there is, given the settings. */
public final class JobCatalog {
  private JobCatalog() {}

  /** The ingestions of the sources, one per table. */
  public static List<LoadTable> ingestions(Settings settings) {
    return settings.sources().stream()
        .flatMap(source -> LoadTable.forSource(source, settings.rules()).stream())
        .toList();
  }

  /** Lists the jobs that compute tables from tables; a new domain is a line here. */
  static List<Job> computations(ConfigSection settings) {
    List<Job> jobs = new ArrayList<>(CustomerJobs.jobs(settings));
    jobs.addAll(MarketingJobs.jobs(settings));
    jobs.addAll(SalesJobs.jobs(settings));
    return jobs;
  }

  /** Lists the ingestions and then the computations. */
  public static List<Job> all(Settings settings) {
    List<Job> jobs = new ArrayList<>(ingestions(settings));
    jobs.addAll(settings.computations());
    return jobs;
  }
}
