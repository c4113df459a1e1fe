package crm.cli;

import crm.effects.Effect;
import crm.run.EffectRunner;
import crm.run.JobCatalog;
import crm.run.JobGraph;
import crm.run.JobRunner;
import crm.run.Progress;
import crm.run.Settings;
import crm.run.Spark;
import crm.store.Warehouse;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options that say which company's data a command works on. */
public final class Workspace {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder of the workspace: landing, warehouse, conf. Default: ${DEFAULT-VALUE}",
      defaultValue = "crm-home")
  private File home;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "File of settings that override those of the workspace.")
  private File file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A single setting, as in --set rfm.returns=ignore. May be repeated.")
  private final Map<String, String> single = new LinkedHashMap<>();

  private Settings settings;
  private Progress progress;

  Workspace() {}

  /** A workspace without a command line. */
  Workspace(File home, Map<String, String> single) {
    this.home = home;
    this.single.putAll(single);
  }

  File home() {
    return home;
  }

  Settings settings() {
    if (settings == null) {
      settings =
          Settings.load(
              home.getAbsoluteFile(), shippedSources(), Optional.ofNullable(file), single);
    }
    return settings;
  }

  JobGraph graph() {
    return new JobGraph(JobCatalog.all(settings()));
  }

  Warehouse warehouse() {
    SparkSession spark = Spark.session();
    return new Warehouse(spark, settings().warehouse());
  }

  JobRunner runner(JobGraph graph, boolean acceptChanged) {
    return new JobRunner(
        warehouse(),
        graph,
        settings().landing(),
        progress(),
        Version.commit(),
        acceptChanged,
        settings().jobsAtOnce());
  }

  /** Runs effects on what is published. */
  void run(List<Effect> effects) {
    new EffectRunner(warehouse(), progress()).run(effects);
  }

  /** Of this command, from when Spark is ready. */
  Progress progress() {
    if (progress == null) {
      Spark.session();
      progress = new Progress(System.out, Boolean.getBoolean("crm.terminal"));
    }
    return progress;
  }

  /** The sources that come with the program, beside the launcher. */
  private static File shippedSources() {
    return new File(System.getProperty("crm.conf.dir", "conf"), "sources");
  }
}
