package crm.bench;

import static org.apache.spark.sql.functions.col;

import crm.app.settings.Settings;
import crm.bench.generated.CellsWorkload;
import crm.bench.generated.GeneratedFiles;
import crm.bench.generated.GeneratedInputs;
import crm.bench.generated.OutcomesWorkload;
import crm.bench.generated.SeriesWorkload;
import crm.engine.files.StoragePath;
import crm.engine.run.Spark;
import crm.learning.scoring.ScoringModel;
import crm.models.customer.churn.CustomerChurn;
import crm.warehouse.job.Job;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.sales.ForecastTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** A process that makes models, by the classes the jobs use, and reports what each cost. */
public final class OneModel {
  /**
   * What the peers do too: the best of ten starts for every k, no bootstraps; days alone, of one
   * measure, and as many origins.
   */
  private static final Map<String, String> LIKE_PEERS =
      Map.of(
          "segmentation.features", "[recency, frequency, monetary]",
          "segmentation.winsorize", "0",
          "segmentation.k-min", "2",
          "segmentation.bootstraps", "0",
          "sales-forecast.measures", "[pieces]",
          "sales-forecast.frequencies", "[daily]",
          "sales-forecast.origins", String.valueOf(SeriesWorkload.ORIGINS));

  private final GeneratedFiles files;
  private final Settings settings;

  private OneModel(SparkSession spark, Path data) {
    files = new GeneratedFiles(spark, data);
    settings =
        Settings.load(
            new StoragePath(data.toString()),
            new StoragePath("conf"),
            Optional.empty(),
            LIKE_PEERS);
  }

  /**
   * @param arguments a step and the folder of its data, once or more
   */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = Spark.session();
    double before = 0;
    for (int i = 0; i < arguments.length; i += 2) {
      Callable<Supplier<String>> work =
          new OneModel(spark, Path.of(arguments[i + 1])).prepared(ModelStep.valueOf(arguments[i]));
      double start = Measured.cpuSeconds();
      long began = System.nanoTime();
      Supplier<String> check = work.call();
      double worked = Measured.cpuSeconds() - start;
      double wall = (System.nanoTime() - began) / 1e9;
      long peak = Measured.maxMegabytes();
      System.out.println(
          Processes.MEASURED
              + new Measured(start - before, worked, wall, peak, check.get()).toJson());
      spark.catalog().clearCache();
      before = Measured.cpuSeconds();
    }
    spark.stop();
  }

  /** The work of a step, once what is given is in memory; it leaves a check of what came out. */
  private Callable<Supplier<String>> prepared(ModelStep step) {
    return switch (step) {
      case LIFETIME_FIT -> {
        CellsWorkload cells = CellsWorkload.read(files);
        yield () -> {
          String fitted = cells.fitted();
          return () -> fitted;
        };
      }
      case LIFETIME -> () -> run("customer_lifetime_value");
      case SEGMENTS -> () -> run("customer_segments");
      case RULES -> () -> run("product_association_rules");
      case SERIES -> {
        SeriesWorkload series = SeriesWorkload.read(files);
        yield () -> {
          String chosen = series.forecast();
          return () -> chosen + " " + series.accuracy();
        };
      }
      case FORECAST ->
          () -> {
            Supplier<String> summary = run("sales_forecast");
            return () -> accuracyOfProducts() + " " + summary.get();
          };
      case SCORES ->
          () -> {
            CustomerChurn churn = (CustomerChurn) job("customer_churn");
            ScoringModel model = new OutcomesWorkload(files, churn.settings().scoring()).scored();
            return () -> summary(model.parameters(), model.metrics());
          };
      case CHURN -> () -> run("customer_churn");
    };
  }

  /** Runs the job on the made files and writes its tables as Parquet. */
  private Supplier<String> run(String name) {
    Outputs outputs = job(name).run(new GeneratedInputs(files), GeneratedFiles.DATE);
    outputs.rows().forEach((table, rows) -> files.write(rows, "ours_" + table.name()));
    return () ->
        outputs.model().map(model -> summary(model.parameters(), model.metrics())).orElse("");
  }

  private Job job(String name) {
    return settings.computations().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String summary(Map<String, String> parameters, List<Metric> metrics) {
    Map<String, String> summary = new TreeMap<>(parameters);
    metrics.forEach(metric -> summary.put(metric.name(), String.valueOf(metric.value())));
    return summary.toString();
  }

  private String accuracyOfProducts() {
    return SeriesWorkload.accuracy(
        files,
        files
            .read("ours_" + ForecastTables.SALES_FORECAST.name())
            .where("level = 'product'")
            .select(
                col("series_id").as("product_id"),
                col("horizon").as("ahead"),
                col("forecast"),
                col("lo80"),
                col("hi80"),
                col("lo95"),
                col("hi95")));
  }
}
