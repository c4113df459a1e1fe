package crm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a day of the sample company by the launcher, in each way that a day can be started. */
@Command(
    name = "day",
    description =
        "Measure a day's run: crm run, the local runner, a Spark application per stage, and one per"
            + " job, as Airflow starts them. All ways must end in equal tables.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  crm bench day --customers 1000 --days 365 --folder /tmp/bench"})
final class DayBench implements Callable<Integer> {
  private static final LocalDate START = LocalDate.of(2025, 1, 1);

  @Option(
      names = "--customers",
      description = "The company's customers. Default: ${DEFAULT-VALUE}",
      defaultValue = "1000")
  private long customers;

  @Option(
      names = "--days",
      description = "The company's days; the last is measured. Default: ${DEFAULT-VALUE}",
      defaultValue = "365")
  private int days;

  @Option(
      names = "--jobs",
      split = ",",
      description = "What is run, with what it needs. Default: all jobs.")
  private List<String> jobs = List.of();

  @Option(
      names = "--folder",
      description = "Where the company goes, once per way.",
      required = true)
  private Path folder;

  @Spec private CommandSpec spec;

  /** The same work, started in its own way. */
  private enum Way {
    RUN("crm run"),
    PIPELINE("crm pipeline run"),
    STAGES("an application per stage"),
    JOBS("an application per job");

    private final String label;

    Way(String label) {
      this.label = label;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (days < 2) {
      throw new ParameterException(
          spec.commandLine(), "--days must be 2 or more, for the day before is not measured.");
    }
    Path eve = folder.toAbsolutePath().resolve("day");
    LocalDate date = START.plusDays(days - 1L);
    List<String> all = make(eve, date);
    String checksum = crm(eve, List.of("tables", "--checksum=spark"));
    System.out.printf("%n| a day of %d jobs | starts | s | times crm run |%n", all.size() - 1);
    System.out.println("|---|---|---|---|");
    String expected = null;
    double min = 0;
    for (Way way : Way.values()) {
      Path home = folder.toAbsolutePath().resolve("day_" + way);
      FileUtils.deleteDirectory(home.toFile());
      FileUtils.copyDirectory(eve.toFile(), home.toFile());
      List<List<String>> commands =
          switch (way) {
            case RUN -> List.of(and(all, "--date", date.toString()));
            case PIPELINE -> List.of(List.of("pipeline", "run", "--date", date.toString()));
            case STAGES -> tasks(home, date, "--set", "pipeline.grouped=true");
            case JOBS -> tasks(home, date);
          };
      long began = System.nanoTime();
      for (List<String> command : commands) {
        crm(home, command);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      String checksums = crm(home, List.of("sql", "--format", "csv", checksum));
      if (way == Way.RUN) {
        expected = checksums;
        min = seconds;
      } else if (!checksums.equals(expected)) {
        throw new IllegalStateException(
            "%s ends in other tables than crm run:%n%s%n%s"
                .formatted(way.label, checksums, expected));
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.0f | %.2f |%n",
          way.label,
          commands.size(),
          seconds,
          seconds / min);
    }
    return 0;
  }

  /**
   * The company on the evening before.
   *
   * @return how all jobs are run
   */
  private List<String> make(Path home, LocalDate date) throws IOException, InterruptedException {
    FileUtils.deleteDirectory(home.toFile());
    crm(home, List.of("sample", "--customers=" + customers, "--days=" + days, "--start=" + START));
    if (!jobs.isEmpty()) {
      Files.writeString(
          home.resolve("conf/crm.conf"),
          "pipeline.jobs = [" + String.join(", ", jobs) + "]\n",
          StandardOpenOption.APPEND);
    }
    List<String> all = new ArrayList<>(List.of("run"));
    for (List<String> task : tasks(home, date)) {
      if (task.get(0).equals("run")) {
        all.add(task.get(1));
      }
    }
    crm(home, and(all, "--from", START.toString(), "--to", date.minusDays(1).toString()));
    return all;
  }

  /** Returns what the pipeline starts, a process each. */
  private static List<List<String>> tasks(Path home, LocalDate date, String... more)
      throws IOException, InterruptedException {
    return crm(home, and(List.of("pipeline", "run", "--dry-run", "--date=" + date), more))
        .lines()
        .map(line -> line.substring(line.indexOf(": ") + 2, line.indexOf(" --home ")))
        .map(command -> and(List.of(command.split(" ")), more))
        .toList();
  }

  private static List<String> and(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }

  /** Returns what the command prints, by the launcher as anybody starts it. */
  private static String crm(Path home, List<String> command)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>();
    whole.add(Path.of(System.getProperty("crm.conf.dir")).resolveSibling("crm").toString());
    whole.addAll(command);
    whole.addAll(List.of("--home", home.toString()));
    Process process =
        new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("crm %s failed:%n%s".formatted(command, printed));
    }
    return printed;
  }
}
