package crm.app.cli;

import crm.app.settings.JobCatalog;
import crm.app.settings.Settings;
import crm.engine.files.StoragePath;
import crm.engine.pipeline.Pipeline;
import crm.engine.run.Effect;
import crm.engine.run.EffectRunner;
import crm.engine.run.JobGraph;
import crm.engine.run.JobRunner;
import crm.engine.run.Progress;
import crm.engine.run.Spark;
import crm.engine.store.Warehouse;
import crm.warehouse.UserError;
import java.io.File;
import java.util.ArrayList;
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
      description =
          "Folder of the workspace, or its Hadoop URI: landing, warehouse, conf. Default: ${DEFAULT-VALUE}",
      defaultValue = "crm-home")
  private StoragePath home;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "File of settings that override those of the workspace.")
  private StoragePath file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A single setting, as in --set rfm.returns=ignore. May be repeated.")
  private final Map<String, String> single = new LinkedHashMap<>();

  private Settings settings;
  private Progress progress;

  Workspace() {}

  /** A workspace without a command line. */
  Workspace(StoragePath home, Map<String, String> single) {
    this.home = home;
    this.single.putAll(single);
  }

  /**
   * @param command that needs a folder of this machine
   */
  static File here(StoragePath home, String command) {
    if (!home.isLocal()) {
      throw UserError.usage(
          "%s works in a folder of this machine, and --home is %s. Give it a folder here; its"
              + " conf/crm.conf may set paths.landing and paths.warehouse to where the data is.",
          command, home);
    }
    return home.file();
  }

  StoragePath home() {
    return home;
  }

  Settings settings() {
    if (settings == null) {
      settings = Settings.load(home, shipped(), Optional.ofNullable(file), single);
    }
    return settings;
  }

  /** A single setting more. */
  void set(String key, String value) {
    single.put(key, value);
  }

  /** Refuses settings of the command line that do not begin so. */
  void refuseAllBut(String beginning, String why) {
    if (file != null || single.keySet().stream().anyMatch(key -> !key.startsWith(beginning))) {
      throw UserError.usage(
          "--conf, and --set of anything but %s..., cannot be given here: %s. Write them to"
              + " %s/conf/crm.conf.",
          beginning, why, home);
    }
  }

  /** Returns the options by which another command works on this workspace. */
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("--home", home.name()));
    if (file != null) {
      options.addAll(List.of("--conf", file.name()));
    }
    single.forEach((key, value) -> options.addAll(List.of("--set", key + "=" + value)));
    return options;
  }

  JobGraph graph() {
    return new JobGraph(JobCatalog.all(settings()));
  }

  void refuseNoSources() {
    if (settings().sources().isEmpty()) {
      throw UserError.usage(
          "The workspace %s names no sources, so there is nothing to run on. Set sources in"
              + " %s/conf/crm.conf (docs/sources.md shows how), or make a sample: crm sample --home %s",
          home, home, home);
    }
  }

  Pipeline pipeline() {
    refuseNoSources();
    return new Pipeline(graph(), settings().pipeline());
  }

  /**
   * A home that is mistyped, or the default one in another folder, is not one without data. Only a
   * run whose settings name sources may begin where there is nothing.
   */
  void refuseMissing() {
    StoragePath landing = new StoragePath(settings().landing());
    StoragePath warehouse = new StoragePath(settings().warehouse());
    if (!home.exists() && !landing.exists() && !warehouse.exists()) {
      throw UserError.usage(
          "There is no workspace %s, and neither %s nor %s. Check --home, paths.landing and"
              + " paths.warehouse; or make a sample: crm sample --home %s",
          home, landing, warehouse, home);
    }
  }

  /**
   * @throws UserError if the workspace is not there
   */
  Warehouse warehouse() {
    refuseMissing();
    return open();
  }

  private Warehouse open() {
    SparkSession spark = Spark.session();
    return new Warehouse(spark, settings().warehouse());
  }

  JobRunner runner(JobGraph graph, boolean acceptChanged) {
    return new JobRunner(
        open(),
        graph,
        settings().landing(),
        progress(),
        Version.commit(),
        acceptChanged,
        settings().jobsAtOnce(),
        settings().stepsFromRows());
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

  /** The sources and audiences that come with the program, beside the launcher. */
  private static StoragePath shipped() {
    return new StoragePath(System.getProperty("crm.conf.dir", "conf"));
  }
}
