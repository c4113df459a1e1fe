package crm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.store.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Place SHIPPED = new Place(System.getProperty("crm.project.dir") + "/conf");

  @TempDir Path home;

  @Test
  void theReferenceIsEnoughAndPathsLieInTheWorkspace() {
    Settings settings = load(Map.of());
    assertThat(settings.landing()).isEqualTo(home + "/landing");
    assertThat(settings.sources()).isEmpty();
    assertThat(settings.models().rfm().netOfReturns()).isTrue();
  }

  @Test
  void theWorkspaceTheFileAndSingleSettingsOverrideInThisOrder() throws IOException {
    write("conf/crm.conf", "time-zone = Europe/Berlin, base-currency = CHF, max-future-days = 5");
    write("other.conf", "base-currency = GBP, max-future-days = 6");
    Settings settings =
        Settings.load(
            new Place(home.toString()),
            SHIPPED,
            Optional.of(new Place(home + "/other.conf")),
            Map.of("max-future-days", "7"));
    assertThat(settings.timeZone().getId()).isEqualTo("Europe/Berlin");
    assertThat(settings.baseCurrency()).isEqualTo("GBP");
    assertThat(settings.maxFutureDays()).isEqualTo(7);
  }

  @Test
  void aWorkspaceMayBeAnyHadoopFolder() throws IOException {
    write("conf/crm.conf", "base-currency = CHF, sources = [own, sample_shop]");
    write("conf/sources/own.conf", Files.readString(Path.of(SHIPPED + "/sources/cdnow.conf")));
    String uri = "file://" + home;
    Settings settings =
        Settings.load(new Place(uri), new Place("file://" + SHIPPED), Optional.empty(), Map.of());
    assertThat(settings.baseCurrency()).isEqualTo("CHF");
    assertThat(settings.landing()).isEqualTo(uri + "/landing");
    assertThat(settings.reportFile()).isEqualTo(uri + "/report.html");
    assertThat(settings.sources()).hasSize(2);
    assertThat(settings.exports().available()).contains("lapsed");
    new Place(uri + "/report.html").write("a page");
    assertThat(home.resolve("report.html")).hasContent("a page");
  }

  @Test
  void aFileOfSettingsThatIsNotThereIsTold() {
    Optional<Place> typo = Optional.of(new Place(home + "/typo.conf"));
    assertThatThrownBy(() -> Settings.load(new Place(home.toString()), SHIPPED, typo, Map.of()))
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
            "lifetime-value.discount-rate is 1.5");
  }

  private Settings load(Map<String, String> single) {
    return Settings.load(new Place(home.toString()), SHIPPED, Optional.empty(), single);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(home.resolve(path).getParent());
    Files.writeString(home.resolve(path), text);
  }
}
