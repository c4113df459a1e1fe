package crm.engine.pipeline;

import static org.apache.spark.sql.types.DataTypes.StringType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import crm.engine.run.JobGraph;
import crm.engine.schedule.PipelineSettings;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A ledger kept from day to day, a report on it, a mood that needs nothing, and a summary of report
 * and mood.
 */
final class SmallPipeline {
  private static final Table LEDGER = table("ledger");
  private static final Table REPORT = table("report");
  private static final Table MOOD = table("mood");
  private static final Table SUMMARY = table("summary");

  static final List<Job> JOBS =
      List.of(
          new Stub("ledger", List.of(LEDGER), List.of(LEDGER)),
          new Stub("report", List.of(LEDGER), List.of(REPORT)),
          new Stub("mood", List.of(), List.of(MOOD)),
          new Stub("summary", List.of(REPORT, MOOD), List.of(SUMMARY)));

  private SmallPipeline() {}

  private record Stub(String name, List<Table> reads, List<Table> writes) implements Job {
    @Override
    public Outputs run(Inputs in, LocalDate logicalDate) {
      throw new UnsupportedOperationException("Only its place in the graph is of interest.");
    }
  }

  private static Table table(String name) {
    return Table.curated(name, Kind.SNAPSHOT)
        .grain("day")
        .column("id", StringType, "Key.")
        .key("id")
        .build();
  }

  /** Due at three every day, one run and one task at a time, a try again after a minute. */
  static Pipeline with(String... settings) {
    return new Pipeline(new JobGraph(new ArrayList<>(JOBS)), settings(settings));
  }

  static PipelineSettings settings(String... changes) {
    Config config =
        ConfigFactory.parseString(
            "pipeline { time-zone = UTC, start-date = 2026-11-01, catchup = true, retries = 2,"
                + " retry-delay-seconds = 60, max-active-tasks = 1 }");
    for (String change : changes) {
      config = ConfigFactory.parseString("pipeline." + change).withFallback(config);
    }
    return PipelineSettings.of(
        config
            .withFallback(ConfigFactory.parseResources("crm.conf"))
            .withFallback(ConfigFactory.parseString("home = here"))
            .resolve()
            .getConfig("pipeline"));
  }
}
