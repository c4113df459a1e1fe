package crm.testing;

import com.typesafe.config.ConfigFactory;
import crm.app.settings.JobCatalog;
import crm.app.settings.Settings;
import crm.engine.files.StoragePath;
import crm.engine.run.JobGraph;
import crm.engine.run.JobRunner;
import crm.engine.run.Progress;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A workspace in a folder, as a person with the command line has it: landing files, jobs, tables.
 */
public final class Workbench {
  private final Path home;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Settings settings;
  private final Warehouse warehouse;
  private boolean acceptChanged;

  /**
   * @param home an empty folder
   * @param settings what conf/crm.conf of the workspace says
   */
  public Workbench(Path home, String settings) {
    this.home = home;
    write("conf/crm.conf", settings);
    this.settings =
        Settings.load(
            new StoragePath(home.toString()),
            new StoragePath(System.getProperty("crm.project.dir") + "/conf"),
            Optional.empty(),
            Map.of());
    warehouse = new Warehouse(Sessions.small(), this.settings.warehouse());
  }

  /**
   * A workspace of some sources, each given as its file in conf/sources/ would say it. However few
   * the rows are, states take their steps.
   */
  public static Workbench ofSource(Path home, String... sources) {
    List<String> names = new ArrayList<>();
    for (String source : sources) {
      names.add(ConfigFactory.parseString(source).getString("source"));
      write(home.resolve("conf/sources/" + names.get(names.size() - 1) + ".conf"), source);
    }
    return new Workbench(home, "sources = [" + String.join(",", names) + "]\nsteps-from-rows = 0");
  }

  /** Puts a file into landing. */
  public Workbench land(String path, String content) {
    return land(path, content.getBytes(StandardCharsets.UTF_8));
  }

  public Workbench land(String path, byte[] content) {
    write(home.resolve("landing").resolve(path), content);
    return this;
  }

  public Workbench acceptChanged(boolean accept) {
    acceptChanged = accept;
    return this;
  }

  public ExitCode run(LocalDate date, String... jobs) {
    return run(date, date, jobs);
  }

  /** Runs the named jobs, or all, as {@code crm run} does. */
  public ExitCode run(LocalDate from, LocalDate to, String... jobs) {
    JobGraph graph = graph();
    List<Job> chosen = jobs.length == 0 ? graph.ordered() : graph.select(Arrays.asList(jobs));
    return runner(graph).run(chosen, from, to);
  }

  /** Runs the ingestions alone. */
  public ExitCode load(LocalDate from, LocalDate to) {
    JobGraph graph = graph();
    return runner(graph)
        .run(graph.ordered().stream().filter(LoadTable.class::isInstance).toList(), from, to);
  }

  public ExitCode load(LocalDate date) {
    return load(date, date);
  }

  public ExitCode runStale() {
    JobGraph graph = graph();
    return runner(graph).runStale(graph.ordered());
  }

  public JobGraph graph() {
    return new JobGraph(JobCatalog.all(settings));
  }

  public JobRunner runner() {
    return runner(graph());
  }

  private JobRunner runner(JobGraph graph) {
    return new JobRunner(
        warehouse,
        graph,
        settings.landing(),
        new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), false),
        "test",
        acceptChanged,
        settings.jobsAtOnce(),
        settings.stepsFromRows());
  }

  /** What the runs printed so far. */
  public String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  public Settings settings() {
    return settings;
  }

  public Path home() {
    return home;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  public Dataset<Row> stored(Table table) {
    return warehouse.stored(table);
  }

  /** The stored rows, all columns, in an order of their own: equal lists are equal tables. */
  public List<String> rows(Table table) {
    return RowLines.sorted(stored(table));
  }

  /** Some columns of the stored rows, as {@code a|b}, sorted. */
  public List<String> rows(Table table, String... columns) {
    return RowLines.sorted(stored(table).selectExpr(columns));
  }

  private void write(String path, String content) {
    write(home.resolve(path), content);
  }

  private static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
