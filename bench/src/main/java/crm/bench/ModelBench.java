package crm.bench;

import crm.run.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
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
        "Measure lifetime value, segments and rules beside lifetimes, scikit-learn and mlxtend,"
            + " which are installed into FOLDER from PyPI where that can be had.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  crm bench models --customers 0.1,1,10 --baskets 0.5,2 --folder /tmp/bench"
    })
final class ModelBench implements Callable<Integer> {
  private static final String OURS = "ours";
  private static final String PEER = "peer";

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
      names = "--folder",
      description = "Where files go; files made before are used again.",
      required = true)
  private Path folder;

  @Option(
      names = "--peer-minutes",
      description = "How long a peer may take. Default: ${DEFAULT-VALUE}",
      defaultValue = "20")
  private int peerMinutes;

  private final Map<ModelStep, Map<Double, Map<String, Optional<Measured>>>> measured =
      new EnumMap<>(ModelStep.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Path> python = Peers.installed(folder);
    for (ModelStep step : ModelStep.values()) {
      for (double millions : sizes(step)) {
        Path data = folder.resolve("%s_%s".formatted(step.data(), millions));
        make(step, millions, data);
        Map<String, Optional<Measured>> sides = new TreeMap<>();
        sides.put(OURS, Optional.of(Processes.ours(OneModel.class, step.name(), data.toString())));
        python.ifPresent(found -> sides.put(PEER, Peers.run(found, step, data, peerMinutes)));
        measured.computeIfAbsent(step, s -> new TreeMap<>()).put(millions, sides);
        System.err.printf(Locale.ROOT, "%s million, %s: %s%n", millions, step, sides);
      }
    }
    measured.forEach(ModelBench::print);
    return 0;
  }

  private List<Double> sizes(ModelStep step) {
    return switch (step) {
      case LIFETIME_FIT, LIFETIME -> customers;
      case SEGMENTS -> segments;
      case RULES -> baskets;
    };
  }

  private static void make(ModelStep step, double millions, Path data) throws IOException {
    Files.createDirectories(data);
    if (!Files.exists(data.resolve(MadeCompany.DONE))) {
      System.err.printf(Locale.ROOT, "Making %s million for %s ...%n", millions, step);
      SparkSession spark = Spark.session();
      MadeCompany company = new MadeCompany(spark, data);
      if (step == ModelStep.RULES) {
        company.baskets(Math.round(millions * 1e6));
      } else {
        company.customers(Math.round(millions * 1e6));
      }
      spark.stop();
    }
  }

  private static void print(ModelStep step, Map<Double, Map<String, Optional<Measured>>> sizes) {
    System.out.printf(
        "%n%s (%s)%n| millions | ours: start + work CPU-s, wall s, peak MB | %s: the same | work,"
            + " ours / peer |%n|---|---|---|---|%n",
        step, step.meaning(), step.peer());
    sizes.forEach(
        (size, sides) -> {
          Optional<Measured> ours = sides.get(OURS);
          Optional<Measured> peer = sides.getOrDefault(PEER, Optional.empty());
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %s | %s |%n",
              size,
              ours.map(Measured::cells).orElseThrow(),
              peer.map(Measured::cells)
                  .orElse(sides.containsKey(PEER) ? "did not finish" : "not installed"),
              peer.map(p -> String.format(Locale.ROOT, "%.3f", ratio(ours.get(), p))).orElse(""));
          System.out.println("    ours: " + ours.get().check());
          peer.ifPresent(p -> System.out.println("    peer: " + p.check()));
        });
    growth(OURS, sizes);
    growth(PEER, sizes);
  }

  private static double ratio(Measured ours, Measured peer) {
    return ours.workCpuSeconds() / peer.workCpuSeconds();
  }

  private static void growth(String side, Map<Double, Map<String, Optional<Measured>>> sizes) {
    Map<Double, Double> work = new TreeMap<>();
    sizes.forEach(
        (size, sides) ->
            sides
                .getOrDefault(side, Optional.empty())
                .ifPresent(m -> work.put(size, m.workCpuSeconds())));
    if (work.size() > 1) {
      System.out.printf(
          Locale.ROOT, "%s grows with size to the power of %.2f.%n", side, Growth.exponent(work));
    }
  }
}
