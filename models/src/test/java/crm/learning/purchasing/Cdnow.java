package crm.learning.purchasing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The 1/10 sample of CDNOW customers of the first quarter of 1997 (Fader and Hardie 2001), observed
 * to 1997-09-30, in weeks; what they buy to 1998-06-30 is to be predicted.
 */
record Cdnow(List<Buyer> buyers) {
  private static final Path DATA =
      Path.of(System.getProperty("crm.project.dir"))
          .resolveSibling("shared")
          .resolve("data/cdnow/CDNOW_sample.txt");
  private static final LocalDate END = LocalDate.of(1997, 9, 30);

  /**
   * One customer; purchases of a day are one.
   *
   * @param spend on repeat purchases to the end, in sum
   * @param later purchases in the 39 weeks after
   */
  record Buyer(int purchases, double recency, double age, double spend, int later) {}

  /** All of them; the test is skipped where the data is not beside the project. */
  static Cdnow read() {
    assumeThat(DATA).as("Skipped: no ../shared/data/cdnow beside the project.").isRegularFile();
    Map<String, TreeMap<LocalDate, Double>> days = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(DATA)) {
        String[] cells = line.strip().split(" +");
        days.computeIfAbsent(cells[1], id -> new TreeMap<>())
            .merge(
                LocalDate.parse(cells[2], DateTimeFormatter.BASIC_ISO_DATE),
                Double.parseDouble(cells[4]),
                Double::sum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Buyer> buyers = new ArrayList<>();
    for (TreeMap<LocalDate, Double> ofOne : days.values()) {
      LocalDate first = ofOne.firstKey();
      Map<LocalDate, Double> seen = ofOne.headMap(END, true);
      buyers.add(
          new Buyer(
              seen.size() - 1,
              weeks(first, ofOne.floorKey(END)),
              weeks(first, END),
              seen.values().stream().mapToDouble(Double::doubleValue).sum() - ofOne.get(first),
              ofOne.size() - seen.size()));
    }
    return new Cdnow(buyers);
  }

  private static double weeks(LocalDate from, LocalDate to) {
    return ChronoUnit.DAYS.between(from, to) / 7.0;
  }
}
