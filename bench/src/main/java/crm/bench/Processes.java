package crm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Steps in processes of their own, so that their time and memory are their own. */
final class Processes {
  /** In front of the measured line, behind whatever the side prints. */
  static final String MEASURED = "MEASURED ";

  private Processes() {}

  /** A step in a JVM like this one. */
  static Measured ours(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    List<String> printed = new ArrayList<>();
    return run(command, Integer.MAX_VALUE, printed)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s failed:%n%s"
                        .formatted(String.join(" ", arguments), String.join("\n", printed))));
  }

  /**
   * Runs a command that prints one measured line.
   *
   * @param printed gets all it printed
   * @return nothing if it ended otherwise, or took too long
   */
  static Optional<Measured> run(List<String> command, int minutes, List<String> printed)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                out.lines().forEach(printed::add);
              } catch (IOException e) {
                printed.add(e.getMessage());
              }
            });
    reader.start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    reader.join();
    Optional<String> line = printed.stream().filter(text -> text.startsWith(MEASURED)).findFirst();
    return !ended || process.exitValue() != 0 || line.isEmpty()
        ? Optional.empty()
        : Optional.of(Measured.ofJson(line.get().substring(MEASURED.length())));
  }
}
