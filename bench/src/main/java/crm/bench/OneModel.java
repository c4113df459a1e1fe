package crm.bench;

import crm.run.JobCatalog;
import crm.run.Settings;
import crm.run.Spark;
import crm.warehouse.Job;
import crm.warehouse.ModelRun;
import crm.warehouse.Outputs;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;

/** A process that makes one model, by the classes the jobs use, and tells what it cost. */
public final class OneModel {
  /** As little as the peers do: the best of ten starts for every k, no bootstraps. */
  private static final Map<String, String> LIKE_PEERS =
      Map.of(
          "segmentation.features", "[recency, frequency, monetary]",
          "segmentation.winsorize", "0",
          "segmentation.k-min", "2",
          "segmentation.bootstraps", "0");

  private OneModel() {}

  /**
   * @param arguments the step and the folder of the data
   */
  public static void main(String[] arguments) throws Exception {
    ModelStep step = ModelStep.valueOf(arguments[0]);
    Path data = Path.of(arguments[1]);
    SparkSession spark = Spark.session();
    Callable<String> made = prepared(step, spark, data);
    double start = Measured.cpuSeconds();
    long began = System.nanoTime();
    String check = made.call();
    double work = Measured.cpuSeconds() - start;
    double wall = (System.nanoTime() - began) / 1e9;
    System.out.println(
        Processes.MEASURED
            + new Measured(start, work, wall, Measured.mostMegabytes(), check).toJson());
    spark.stop();
  }

  /** The work of a step, once what is given is in memory. */
  private static Callable<String> prepared(ModelStep step, SparkSession spark, Path data) {
    return switch (step) {
      case LIFETIME_FIT -> {
        GivenCells cells = GivenCells.read(spark, data);
        yield cells::fitted;
      }
      case LIFETIME -> () -> run("customer_lifetime_value", spark, data);
      case SEGMENTS -> () -> run("customer_segments", spark, data);
      case RULES -> () -> run("product_association_rules", spark, data);
    };
  }

  /** Runs the job on the made files and writes its tables as Parquet. */
  private static String run(String name, SparkSession spark, Path data) {
    Settings settings =
        Settings.load(data.toFile(), new File("conf/sources"), Optional.empty(), LIKE_PEERS);
    Job job =
        JobCatalog.computations(settings).stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow();
    Outputs outputs = job.run(new MadeInputs(spark, data), MadeCompany.DATE);
    outputs
        .rows()
        .forEach(
            (table, rows) ->
                rows.write()
                    .mode("overwrite")
                    .parquet(data.resolve("ours_" + table.name()).toString()));
    return outputs.model().map(OneModel::told).orElse("");
  }

  private static String told(ModelRun model) {
    Map<String, String> told = new TreeMap<>(model.parameters());
    model.metrics().forEach(metric -> told.put(metric.name(), String.valueOf(metric.value())));
    return told.toString();
  }
}
