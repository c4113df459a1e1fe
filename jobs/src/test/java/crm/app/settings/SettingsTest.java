package crm.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.engine.files.StoragePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final StoragePath SHIPPED =
      new StoragePath(System.getProperty("crm.project.dir") + "/conf");

  @TempDir Path home;

  @Test
  void theReferenceIsEnoughAndPathsLieInTheWorkspace() {
    Settings settings = load(Map.of());
    assertThat(settings.landing()).isEqualTo(home + "/landing");
    assertThat(settings.sources()).isEmpty();
    assertThat(settings.computations()).hasSize(12);
  }

  @Test
  void theWorkspaceTheFileAndSingleSettingsOverrideInThisOrder() throws IOException {
    write("conf/crm.conf", "time-zone = Europe/Berlin, base-currency = CHF, max-future-days = 5");
    write("other.conf", "base-currency = GBP, max-future-days = 6");
    Settings settings =
        Settings.load(
            new StoragePath(home.toString()),
            SHIPPED,
            Optional.of(new StoragePath(home + "/other.conf")),
            Map.of("max-future-days", "7"));
    assertThat(settings.timeZone().getId()).isEqualTo("Europe/Berlin");
    assertThat(settings.baseCurrency()).isEqualTo("GBP");
    assertThat(settings.maxFutureDays()).isEqualTo(7);
  }

  /** Without the files that it includes, whose settings are then those of the program. */
  @Test
  void aCopyOfTheShippedFileIsAWorkspacesFile() throws IOException {
    String shipped = Files.readString(Path.of(SHIPPED + "/crm.conf"));
    write("conf/crm.conf", shipped + "rfm.returns = ignore\n");
    assertThat(load(Map.of()).computations()).hasSize(12);
    String uri = "file://" + home;
    assertThat(
            Settings.load(new StoragePath(uri), SHIPPED, Optional.empty(), Map.of()).computations())
        .hasSize(12);
  }

  @Test
  void aWorkspaceMayBeAnyHadoopFolder() throws IOException {
    write("conf/crm.conf", "base-currency = CHF, sources = [own, sample_shop]");
    write("conf/sources/own.conf", Files.readString(Path.of(SHIPPED + "/sources/cdnow.conf")));
    String uri = "file://" + home;
    Settings settings =
        Settings.load(
            new StoragePath(uri), new StoragePath("file://" + SHIPPED), Optional.empty(), Map.of());
    assertThat(settings.baseCurrency()).isEqualTo("CHF");
    assertThat(settings.landing()).isEqualTo(uri + "/landing");
    assertThat(settings.reportFile()).isEqualTo(uri + "/report.html");
    assertThat(settings.sources()).hasSize(2);
    assertThat(settings.exports().available()).contains("lapsed");
    new StoragePath(uri + "/report.html").write("a page");
    assertThat(home.resolve("report.html")).hasContent("a page");
  }

  @Test
  void aFileOfSettingsThatIsNotThereIsTold() {
    Optional<StoragePath> typo = Optional.of(new StoragePath(home + "/typo.conf"));
    assertThatThrownBy(
            () -> Settings.load(new StoragePath(home.toString()), SHIPPED, typo, Map.of()))
        .hasMessageContaining("typo.conf");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    Map.of(
                        "time-zone", "Mars",
                        "base-currency", "EURO",
                        "max-future-days", "-1",
                        "earliest-date", "1970",
                        "rfm.method", "magic",
                        "rfm.metod", "x",
                        "sources", "[nowhere]",
                        "lifetime-value.discount-rate", "1.5")))
        .hasMessageContainingAll(
            "time-zone = 'Mars'",
            "base-currency = 'EURO'",
            "max-future-days = -1",
            "earliest-date = '1970'",
            "rfm.method = 'magic'",
            "unknown setting 'rfm.metod'",
            "sources names 'nowhere'",
            "lifetime-value.discount-rate = 1.5: choose at least 0 and below 1");
  }

  /** A bad value of each kind, with what to choose instead. */
  @Test
  void everySectionSaysWhatToChoose() {
    String rows =
        """
        segmentation.k | 1 | = 1: choose 2 to 20
        segmentation.k-min | 21 | = 21: choose 2 to 20
        segmentation.features | [recency, recency] | = [recency, recency]: choose at least one, each once
        segmentation.winsorize | 0.2 | = 0.2: choose at least 0 and at most 0.1
        segmentation.seed | soon | = 'soon': choose a whole number
        rfm.method | magic | = 'magic': choose percent-rank or ntile or quartile or tercile or fixed
        churn.trees | 2.5 | = 2.5: choose 1 to 500
        churn.tree-depth | null | = null: choose 1 to 8
        churn.learning-rate | little | = 'little': choose at least 0.001 and at most 1
        lifetime-value.margin | 0 | = 0: choose above 0 and at most 1
        lifetime-value.lifespan-years | 0 | = 0: choose 1 to 50
        lifetime-value.discount-rate | 1 | = 1: choose at least 0 and below 1
        lifetime-value.holdout-days | 6 | = 6: choose 7 to 3650
        lifetime-value.model | nbd | = 'nbd': choose bg-nbd or mbg-nbd or pareto-nbd
        association-rules.min-support | 0 | = 0: choose above 0 and at most 1
        recommendations.products | "(" | = '(': choose a regular expression, as in .* for all
        recommendations.methods | [magic] | = [magic]: choose any, each once: popularity, own-most-bought
        recommendations.als.rank | 0 | = 0: choose 1 to 256
        interests.half-life-days | 0 | = 0: choose 1 to 36500
        sales-forecast.measures | [] | = []: choose at least one, each once: net-revenue, gross-revenue
        sales-forecast.frequencies | [hourly, weekly] | = [hourly, weekly]: choose at least one, each once: daily
        sales-forecast.horizon.weekly | 0 | = 0: choose 1 to 400
        sales-forecast.holidays | [Easter] | names 'Easter', which is no day
        sales-forecast.boosted-trees | often | = 'often': choose false or true
        maintenance.keep-dates | 0 | = 0: choose 1 to 100000
        """;
    Map<String, String> given = new TreeMap<>();
    List<String> expected = new ArrayList<>();
    for (String row : rows.strip().split("\n")) {
      String[] cells = row.split(" \\| ");
      given.put(cells[0], cells[1]);
      expected.add(cells[0] + " " + cells[2]);
    }
    assertThatThrownBy(() -> load(given))
        .message()
        .contains(expected)
        .satisfies(message -> assertThat(message.split("\n  - ")).hasSize(expected.size() + 1));
  }

  /** What four breaks say, and no key but the one that is wrong is told. */
  @Test
  void fixedScoresNeedFourAscendingBreaks() {
    assertThatThrownBy(
            () -> load(Map.of("rfm.method", "fixed", "rfm.breaks.monetary", "[1, 5, 2, 9]")))
        .hasMessageContaining("rfm.breaks.monetary = [1, 5, 2, 9]: choose four ascending whole");
    assertThat(load(Map.of("rfm.breaks.monetary", "[1]")).computations()).hasSize(12);
  }

  private Settings load(Map<String, String> single) {
    return Settings.load(new StoragePath(home.toString()), SHIPPED, Optional.empty(), single);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(home.resolve(path).getParent());
    Files.writeString(home.resolve(path), text);
  }
}
