package crm.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import crm.testing.PublishedScores;
import crm.testing.Sessions;
import crm.warehouse.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet copies are whole or unused. */
class PublishParquetTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  @TempDir Path home;
  private static PublishedScores made;
  private PublishedScores company;
  private Path copies;

  @BeforeAll
  static void publishTwoTables(@TempDir Path folder) {
    made = new PublishedScores(folder);
    made.write(PublishedScores.SCORES, "2026-01-30", "('A', 1), ('B', 2)");
    made.write(PublishedScores.SCORES, "2026-01-31", "('A', 3), ('C', null)");
    made.write(PublishedScores.NAMES, "2026-01-31", "('A', 'Ä\"\\n,'), ('B', null)");
    made.publish("run-1");
  }

  @BeforeEach
  void copyThem() {
    company = made.copiedTo(home.resolve("warehouse"));
    copies = home.resolve("copies");
  }

  @Test
  void theNewestDateOfEachTableIsCopiedAndDescribed() throws IOException {
    publish(true);
    assertThat(current("scores").selectExpr("customer_id", "value").collectAsList().toString())
        .contains("[A,3]", "[C,null]")
        .doesNotContain("[B");
    JsonNode manifest = manifest();
    assertThat(manifest.get("run_id").asText()).isEqualTo("run-1");
    assertThat(manifest.get("published_at").asText()).isEqualTo(NOW.toString());
    JsonNode scores = manifest.get("tables").get("scores");
    assertThat(scores.get("rows").asLong()).isEqualTo(2);
    assertThat(scores.get("checksum").asText()).startsWith("rows=2 ").contains(" value=1:3 ");
    for (JsonNode file : scores.get("files")) {
      assertThat(Files.size(copies.resolve("run-1").resolve(file.get("path").asText())))
          .isEqualTo(file.get("size_bytes").asLong());
      assertThat(file.get("sha256").asText()).hasSize(64);
    }
  }

  @Test
  void allDatesAreCopiedWhereAskedAndTheNewestBesides() throws IOException {
    publish(false);
    assertThat(current("scores").count()).isEqualTo(4);
    assertThat(current("scores_latest").collectAsList().toString())
        .contains("[A,3,2026-01-31]", "[C,null,2026-01-31]")
        .doesNotContain("[B");
    JsonNode latest = manifest().get("tables").get("scores_latest");
    assertThat(latest.get("rows").asLong()).isEqualTo(2);
    assertThat(latest.get("files").get(0).get("path").asText()).startsWith("scores_latest/");
  }

  /** The same names whatever the setting, and no bytes twice. */
  @Test
  void theNewestDateAloneIsTheTableAndItsView() throws IOException {
    publish(true);
    JsonNode tables = manifest().get("tables");
    assertThat(tables.get("scores_latest")).isEqualTo(tables.get("scores"));
    assertThat(copies.resolve("run-1/scores_latest")).doesNotExist();
  }

  @Test
  void theSameRunTwiceIsHarmlessAndOtherSettingsMakeAnotherFolder() throws IOException {
    publish(true);
    List<Path> before = files();
    JsonNode manifest = manifest();
    publish(true);
    assertThat(files()).isEqualTo(before);
    assertThat(manifest()).isEqualTo(manifest);
    publish(false);
    assertThat(pointer()).isEqualTo("run-1-2");
    assertThat(files()).containsAll(before);
  }

  @Test
  void aFailureLeavesTheOldCopyCurrentAndTheNextRunMendsIt() throws IOException {
    publish(true);
    company.write(PublishedScores.SCORES, "2026-02-01", "('A', 4)");
    company.write(PublishedScores.NAMES, "2026-02-01", "('A', 'lost')");
    company.publish("run-2");
    Path lost = company.breakNewestFile(PublishedScores.NAMES);
    assertThatThrownBy(() -> publish(true)).isNotNull();
    assertThat(pointer()).isEqualTo("run-1");
    assertThat(current("scores").count()).isEqualTo(2);
    company.restore(lost);
    publish(true);
    assertThat(pointer()).isEqualTo("run-2");
    assertThat(current("names").count()).isEqualTo(1);
  }

  @Test
  void aTableThatTheRunDidNotHaveIsAnEmptyFileWithItsColumns() throws IOException {
    publish(true, PublishedScores.table("later", DataTypes.LongType).build());
    assertThat(current("later").columns()).containsExactly("customer_id", "value", "logical_date");
    assertThat(current("later").count()).isZero();
  }

  /** As a crash leaves it: files of a table, and no manifest. */
  @Test
  void whatACrashLeftIsWrittenAnew() throws IOException {
    Files.createDirectories(copies.resolve("run-1/scores"));
    Files.writeString(copies.resolve("run-1/scores/part-0.parquet"), "half a file");
    publish(true);
    assertThat(current("scores").count()).isEqualTo(2);
  }

  @Test
  void theLastThreeRunsStay() throws IOException {
    for (int run = 1; run <= 5; run++) {
      company.publish("run-" + run);
      publish(true);
    }
    try (Stream<Path> folders = Files.list(copies)) {
      assertThat(folders.filter(Files::isDirectory).map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("run-3", "run-4", "run-5");
    }
  }

  private void publish(boolean newestOnly) {
    publish(newestOnly, PublishedScores.SCORES, PublishedScores.NAMES);
  }

  private void publish(boolean newestOnly, Table... tables) {
    new PublishParquet(
            new PublishSettings(
                newestOnly, List.of(tables), copies.toString(), Optional.empty(), "crm"))
        .run(company.published(), NOW);
  }

  private String pointer() throws IOException {
    return new ObjectMapper()
        .readTree(copies.resolve("current.json").toFile())
        .get("folder")
        .asText();
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(copies.resolve(pointer()).resolve("manifest.json").toFile());
  }

  private Dataset<Row> current(String table) throws IOException {
    return Sessions.small().read().parquet(copies.resolve(pointer()).resolve(table).toString());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(copies)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }
}
