package crm.bench;

import crm.bench.engine.Step;
import crm.engine.run.Spark;
import crm.simulation.SampleCompany;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures our jobs beside DuckDB, for companies of growing size, in one run. */
@Command(
    name = "bench",
    description =
        "Measure ingestion, RFM and one more day beside DuckDB: CPU time, memory, growth. The"
            + " results of both sides are compared.",
    mixinStandardHelpOptions = true,
    subcommands = {ModelBench.class, DayBench.class},
    footer = {"", "Example:", "  crm bench --lines 1,4,16 --folder /tmp/bench"})
public final class Bench implements Callable<Integer> {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 731;
  private static final double LINES_PER_CUSTOMER = 14.0;
  private static final long SEED = 42;
  private static final String OURS = "ours";
  private static final String DUCKDB = "duckdb";

  @Option(
      names = "--lines",
      split = ",",
      description = "Sizes, in millions of order lines. Default: ${DEFAULT-VALUE}",
      defaultValue = "1,4,16")
  private List<Double> millions;

  @Option(
      names = "--folder",
      description = "Where files and tables go; files made before are used again.",
      defaultValue = "bench-folder")
  private Path folder;

  private final Map<Step, Map<Double, Map<String, Measured>>> measured = new EnumMap<>(Step.class);

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (double size : millions) {
      Path home = folder.resolve("lines_" + size);
      make(size, home);
      for (Step step : Step.values()) {
        LocalDate date = START.plusDays(step == Step.DAY ? DAYS - 1L : DAYS - 2L);
        Map<String, Measured> sides = new TreeMap<>();
        for (String side : List.of(OURS, DUCKDB)) {
          System.err.printf(Locale.ROOT, "%s million lines, %s, %s ...%n", size, step, side);
          sides.put(
              side,
              Processes.ours(
                      OneStep.class,
                      side,
                      step.name(),
                      home.toString(),
                      START.toString(),
                      date.toString())
                  .get(0));
        }
        if (!sides.get(OURS).check().equals(sides.get(DUCKDB).check())) {
          throw new IllegalStateException(
              "%s of %s million lines differs: %s and %s"
                  .formatted(step, size, sides.get(OURS).check(), sides.get(DUCKDB).check()));
        }
        measured.computeIfAbsent(step, s -> new TreeMap<>()).put(size, sides);
      }
    }
    measured.forEach(Bench::print);
    return 0;
  }

  private static void make(double millions, Path home) throws IOException {
    if (!Files.exists(home.resolve("truth/company.json"))) {
      long customers = Math.max(1, Math.round(millions * 1e6 / LINES_PER_CUSTOMER));
      SparkSession spark = Spark.session();
      new SampleCompany(SEED, customers, START, DAYS, 0).write(spark, home.toString());
      Files.createDirectories(home.resolve("conf"));
      Files.writeString(
          home.resolve("conf/crm.conf"), "sources = [sample_shop, sample_profiles, sample_erp]\n");
      spark.stop();
    }
    for (String tables : List.of("warehouse", "duckdb")) {
      org.apache.commons.io.FileUtils.deleteDirectory(home.resolve(tables).toFile());
    }
  }

  private static void print(Step step, Map<Double, Map<String, Measured>> sizes) {
    System.out.printf(
        "%n%s%n| million lines | ours: start + work CPU-s, wall s, peak MB | DuckDB: the same |"
            + " work, ours / DuckDB |%n|---|---|---|---|%n",
        step);
    sizes.forEach(
        (size, sides) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.1f |%n",
                size,
                sides.get(OURS).cells(),
                sides.get(DUCKDB).cells(),
                sides.get(OURS).workCpuSeconds() / sides.get(DUCKDB).workCpuSeconds()));
    if (sizes.size() > 1) {
      System.out.printf(
          Locale.ROOT,
          "Work grows with lines to the power of %.2f (DuckDB %.2f).%n",
          Growth.exponent(work(sizes, OURS)),
          Growth.exponent(work(sizes, DUCKDB)));
    }
  }

  private static Map<Double, Double> work(Map<Double, Map<String, Measured>> sizes, String side) {
    Map<Double, Double> work = new TreeMap<>();
    sizes.forEach((size, sides) -> work.put(size, sides.get(side).workCpuSeconds()));
    return work;
  }
}
