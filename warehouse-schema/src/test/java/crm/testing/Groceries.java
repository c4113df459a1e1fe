package crm.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * One month of a grocery (Hahsler, Hornik and Reutterer 2006): 9,835 baskets of 169 items, GPL-3
 * data of the R package arules, for tests only.
 *
 * @param items names, in order; an item's place is its code
 */
public record Groceries(List<String> items, List<int[]> baskets) {
  private static final Path DATA =
      Path.of(System.getProperty("crm.project.dir"))
          .resolveSibling("shared")
          .resolve("data/groceries/groceries_baskets.csv.gz");

  /** Skips the test where the data is not beside the project. */
  public static Groceries read() {
    assumeThat(DATA).as("Skipped: no ../shared/data/groceries beside the project.").isRegularFile();
    Map<Integer, List<String>> bought = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comma = line.indexOf(',');
        bought
            .computeIfAbsent(Integer.valueOf(line.substring(0, comma)), b -> new ArrayList<>())
            .add(line.substring(comma + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TreeSet<String> names = new TreeSet<>();
    bought.values().forEach(names::addAll);
    List<String> items = List.copyOf(names);
    return new Groceries(
        items,
        bought.values().stream()
            .map(basket -> basket.stream().mapToInt(items::indexOf).toArray())
            .toList());
  }

  public int code(String item) {
    return items.indexOf(item);
  }
}
