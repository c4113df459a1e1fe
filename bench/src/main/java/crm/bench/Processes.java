package crm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Steps in processes apart from this one, so that their time and memory are their own. JMH measures
 * methods within a process.
 */
final class Processes {
  /** In front of a measured line, behind whatever the side prints. */
  static final String MEASURED = "MEASURED ";

  private Processes() {}

  /** Steps in a JVM like this one; what each cost. */
  static List<Measured> ours(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    List<String> printed = new ArrayList<>();
    List<Measured> measured = run(command, Integer.MAX_VALUE, printed);
    if (measured.isEmpty()) {
      throw new IllegalStateException(
          "%s failed:%n%s".formatted(String.join(" ", arguments), String.join("\n", printed)));
    }
    return measured;
  }

  /**
   * Runs a command that prints a measured line for each of its steps.
   *
   * @param printed gets all it printed
   * @return nothing if it ended badly, or took too long
   */
  static List<Measured> run(List<String> command, int minutes, List<String> printed)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                out.lines().forEach(printed::add);
              } catch (IOException | UncheckedIOException e) {
                // A process that is ended early takes its stream along.
                printed.add(e.getMessage());
              }
            });
    reader.start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    reader.join();
    List<Measured> measured = new ArrayList<>();
    if (ended && process.exitValue() == 0) {
      for (String line : printed) {
        if (line.startsWith(MEASURED)) {
          measured.add(Measured.ofJson(line.substring(MEASURED.length())));
        }
      }
    }
    return measured;
  }
}
