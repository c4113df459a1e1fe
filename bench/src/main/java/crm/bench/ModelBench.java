package crm.bench;

import crm.bench.generated.GeneratedFiles;
import crm.engine.run.Spark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures our models beside the Python libraries a user would pick, in one run. */
@Command(
    name = "models",
    description =
        "Measure lifetime value, segments, rules, forecasts and churn beside lifetimes,"
            + " scikit-learn, mlxtend and statsforecast, which are installed into FOLDER from PyPI"
            + " where that can be had.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  crm bench models --customers 0.1,1,10 --series 1000,10000 --folder /tmp/bench"
    })
final class ModelBench implements Callable<Integer> {

  @Option(
      names = "--customers",
      split = ",",
      description = "Sizes for lifetime value, in millions. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.1,1,10")
  private List<Double> customers;

  @Option(
      names = "--segments",
      split = ",",
      description = "Sizes for segments, in millions of customers. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.25,1")
  private List<Double> segments;

  @Option(
      names = "--baskets",
      split = ",",
      description = "Sizes for rules, in millions of baskets. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.5,2")
  private List<Double> baskets;

  @Option(
      names = "--series",
      split = ",",
      description = "Sizes for forecasts, in daily series. Default: ${DEFAULT-VALUE}",
      defaultValue = "1000,10000")
  private List<Double> series;

  @Option(
      names = "--churn",
      split = ",",
      description = "Sizes for churn, in millions of customers. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.1,1")
  private List<Double> churn;

  @Option(
      names = "--steps",
      split = ",",
      description = "What is measured: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<ModelStep> steps = List.of(ModelStep.values());

  @Option(
      names = "--folder",
      description = "Where files go; files made before are used again.",
      required = true)
  private Path folder;

  @Option(
      names = "--peer-minutes",
      description = "How long a peer may take. Default: ${DEFAULT-VALUE}",
      defaultValue = "20")
  private int peerMinutes;

  @Option(
      names = "--together",
      description =
          "Do all steps of a side in one process: quicker, to see that they run; what each costs"
              + " is then not to be told.")
  private boolean together;

  /** A step on data of a size. */
  private record Task(ModelStep step, double size) {}

  private final Map<ModelStep, Map<Double, ModelCosts>> costs = new EnumMap<>(ModelStep.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Path> python = Peers.installed(folder);
    List<Task> tasks = new ArrayList<>();
    for (ModelStep step : steps) {
      sizes(step).forEach(size -> tasks.add(new Task(step, size)));
    }
    make(tasks);
    if (together) {
      measure(tasks, python);
    } else {
      for (Task task : tasks) {
        measure(List.of(task), python);
      }
    }
    costs.forEach((step, sizes) -> new ModelTable(step, sizes).print());
    return 0;
  }

  private List<Double> sizes(ModelStep step) {
    return switch (step) {
      case LIFETIME_FIT, LIFETIME -> customers;
      case SEGMENTS -> segments;
      case RULES -> baskets;
      case SERIES, FORECAST -> series;
      case SCORES, CHURN -> churn;
    };
  }

  private void make(List<Task> tasks) throws IOException {
    SparkSession spark = Spark.session();
    for (Task task : tasks) {
      GeneratedFiles files = new GeneratedFiles(spark, data(task));
      if (!files.areDone()) {
        System.err.printf("Making %s for %s ...%n", data(task).getFileName(), task.step());
        task.step().data().make(files, task.size());
      }
    }
    spark.stop();
  }

  private Path data(Task task) {
    return folder.resolve(task.step().data().folder(task.size()));
  }

  /** Does tasks in one process of either side. */
  private void measure(List<Task> tasks, Optional<Path> python)
      throws IOException, InterruptedException {
    List<Measured> ours = Processes.ours(OneModel.class, arguments(tasks).toArray(String[]::new));
    List<Task> peers =
        tasks.stream().filter(task -> task.size() <= task.step().maxPeerSize()).toList();
    List<Measured> theirs =
        python.isPresent() && !peers.isEmpty()
            ? Peers.run(python.get(), arguments(peers), peerMinutes)
            : List.of();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      int peer = peers.indexOf(task);
      ModelCosts cost =
          python.isEmpty()
              ? ModelCosts.without(ours.get(i), "not installed")
              : peer < 0
                  ? ModelCosts.without(ours.get(i), "not asked")
                  : theirs.isEmpty()
                      ? ModelCosts.without(ours.get(i), "did not finish")
                      : ModelCosts.of(ours.get(i), theirs.get(peer));
      costs.computeIfAbsent(task.step(), step -> new TreeMap<>()).put(task.size(), cost);
      System.err.printf("%s of %s: %s%n", task.step(), data(task).getFileName(), cost);
    }
  }

  private List<String> arguments(List<Task> tasks) {
    List<String> arguments = new ArrayList<>();
    for (Task task : tasks) {
      arguments.add(task.step().name());
      arguments.add(data(task).toString());
    }
    return arguments;
  }
}
