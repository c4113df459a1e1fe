package crm.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Python libraries a user would pick, in an environment of their own below the folder. */
final class Peers {
  private Peers() {}

  /**
   * @return the environment's Python, or nothing where the libraries cannot be had
   */
  static Optional<Path> installed(Path folder) throws IOException, InterruptedException {
    Path environment = Files.createDirectories(folder).resolve("peers");
    Path python = environment.resolve("bin/python");
    Path done = environment.resolve("installed");
    Path requirements = environment.resolve("requirements.txt");
    if (!Files.exists(done)) {
      System.err.println("Installing lifetimes, scikit-learn, mlxtend and statsforecast ...");
      if (!succeeds("python3", "-m", "venv", environment.toString())) {
        return skipped();
      }
      copy("requirements.txt", requirements);
      if (!succeeds(
          python.toString(), "-m", "pip", "install", "-q", "-r", requirements.toString())) {
        return skipped();
      }
      Files.createFile(done);
    }
    copy("peer.py", environment.resolve("peer.py"));
    return Optional.of(python);
  }

  private static Optional<Path> skipped() {
    System.out.println("SKIPPED the peers: Python's venv or the packages cannot be had here.");
    return Optional.empty();
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start().waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void copy(String name, Path target) throws IOException {
    try (InputStream in = Peers.class.getResourceAsStream("/peers/" + name)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Returns what steps cost the peer, in one process.
   *
   * @param steps names and folders, as the script takes them
   * @return nothing if it did not finish
   */
  static List<Measured> run(Path python, List<String> steps, int minutes) {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(python.getParent().resolveSibling("peer.py").toString());
    command.addAll(steps);
    List<String> printed = new ArrayList<>();
    try {
      List<Measured> measured = Processes.run(command, minutes, printed);
      if (measured.isEmpty()) {
        System.err.printf(
            "The peer did not finish within %d minutes and the memory there is:%n%s%n",
            minutes, String.join("\n", printed));
      }
      return measured;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
