package crm.learning.forecasting;

import static org.assertj.core.api.Assumptions.assumeThat;

import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The tourism forecasting competition (Athanasopoulos, Hyndman, Song and Wu 2011): series of
 * numbers of visitors and the like, and what came after them.
 */
record Tourism(ForecastPlan plan, List<Series> known, List<double[]> came) {
  private static final Path DATA =
      Path.of(System.getProperty("crm.project.dir"))
          .resolveSibling("shared")
          .resolve("data/tourism");

  static Tourism monthly() {
    return read(Frequency.MONTHLY, 24);
  }

  static Tourism quarterly() {
    return read(Frequency.QUARTERLY, 8);
  }

  /** The test is skipped where the data is not beside the project. */
  private static Tourism read(Frequency frequency, int horizon) {
    boolean isMonthly = frequency == Frequency.MONTHLY;
    Path file = DATA.resolve("tourism_" + (isMonthly ? "monthly" : "quarterly") + ".csv.gz");
    assumeThat(file).as("Skipped: no ../shared/data/tourism beside the project.").isRegularFile();
    Map<String, LocalDate> begun = new LinkedHashMap<>();
    Map<String, List<Double>> train = new LinkedHashMap<>();
    Map<String, List<Double>> test = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.replace("\"", "").split(",");
        int place = Integer.parseInt(cells[3]);
        int month = isMonthly ? place : 3 * place - 2;
        begun.putIfAbsent(cells[0], LocalDate.of(Integer.parseInt(cells[2]), month, 1));
        (cells[4].equals("train") ? train : test)
            .computeIfAbsent(cells[0], id -> new ArrayList<>())
            .add(Double.parseDouble(cells[5]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Series> known = new ArrayList<>();
    List<double[]> came = new ArrayList<>();
    train.forEach(
        (id, values) -> {
          known.add(new Series(id, frequency, begun.get(id), numbers(values)));
          came.add(numbers(test.get(id)));
        });
    return new Tourism(new ForecastPlan(frequency, horizon, 13, Calendar.unknown()), known, came);
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
