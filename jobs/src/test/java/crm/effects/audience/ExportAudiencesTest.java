package crm.effects.audience;

import static crm.warehouse.tables.CustomerTables.CONSENTS;
import static crm.warehouse.tables.CustomerTables.CONTACT_POINTS;
import static crm.warehouse.tables.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.CustomerTables.CUSTOMER_360;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import crm.effects.audience.FileLayout.FileColumn;
import crm.store.PublishedTables;
import crm.testing.CapturedLog;
import crm.testing.EventfulDisk;
import crm.testing.MarketedCompany;
import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.tables.OpsTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody is in a file who did not agree to it, and a file is whole or not there. */
class ExportAudiencesTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final String DAY = "2026-01-31";
  private static final String NEXT_DAY = "2026-02-01";
  private static final List<String> AGREEING = ids("a", 50);
  private static final List<String> HOSTILE = ids("h", Payloads.ALL.size());
  private static final String THREE = "customer_id in ('a10', 'a11', 'a12')";
  private static final String OF_ALL_KINDS = "country = 'IT'";

  @TempDir private static Path ready;
  @TempDir private Path home;
  private MarketedCompany company;
  private PublishedTables published;
  private Path exports;

  /** Fifty who agreed, forty who typed formulas for their names, and one of each other kind. */
  @BeforeAll
  static void found() {
    MarketedCompany company = new MarketedCompany(ready);
    List<String> others =
        List.of(
            "yes",
            "silent",
            "no",
            "left",
            "came",
            "returned",
            "service",
            "phone",
            "nowhere",
            "broken",
            "twin",
            "refusing_twin",
            "partner",
            "silent_partner",
            "gone");
    company.write(
        CUSTOMER_360,
        DAY,
        "customer_id, country, orders",
        values(AGREEING, "('%1$s', 'DE', 3)")
            + values(HOSTILE, ", ('%1$s', 'FR', 3)")
            + values(others, ", ('%1$s', 'IT', 3)"));
    company.write(CUSTOMERS, DAY, names(others));
    company.write(
        CONTACT_POINTS,
        DAY,
        "customer_id, channel, value",
        values(AGREEING, "('%1$s', 'email', '%1$s@example.com')")
            + values(HOSTILE, ", ('%1$s', 'email', '%1$s@example.com')")
            + """
            , ('yes', 'email', ' yes@example.com'), ('silent', 'email', 'silent@example.com'),
            ('no', 'email', 'no@example.com'), ('left', 'email', 'left@example.com'),
            ('came', 'email', 'came@example.com'), ('returned', 'email', 'returned@example.com'),
            ('service', 'email', 'service@example.com'), ('phone', 'email', 'phone@example.com'),
            ('nowhere', 'post', 'Elsewhere 1'), ('broken', 'email', 'broken at example'),
            ('twin', 'email', 'Twin@example.com'), ('refusing_twin', 'email', 'twin@example.com '),
            ('partner', 'email', 'pair@example.com'),
            ('silent_partner', 'email', 'pair@example.com'), ('gone', 'email', 'gone@example.com')
            """);
    company.write(
        CONSENTS,
        DAY,
        "customer_id, channel, purpose, status",
        values(AGREEING, "('%1$s', 'email', 'marketing', 'granted')")
            + values(HOSTILE, ", ('%1$s', 'email', 'marketing', 'granted')")
            + """
            , ('yes', 'email', 'marketing', 'granted'), ('no', 'email', 'marketing', 'denied'),
            ('left', 'email', 'marketing', 'granted'), ('came', 'email', 'marketing', 'denied'),
            ('returned', 'email', 'marketing', 'withdrawn'),
            ('service', 'email', 'service', 'granted'), ('phone', 'phone', 'marketing', 'granted'),
            ('nowhere', 'email', 'marketing', 'granted'),
            ('broken', 'email', 'marketing', 'granted'), ('twin', 'email', 'marketing', 'granted'),
            ('refusing_twin', 'email', 'marketing', 'denied'),
            ('partner', 'email', 'marketing', 'granted'), ('gone', 'email', 'marketing', 'granted')
            """);
  }

  private static Dataset<Row> names(List<String> others) {
    List<Row> names = new ArrayList<>();
    Stream.concat(AGREEING.stream(), others.stream())
        .forEach(id -> names.add(RowFactory.create(id, "Name of " + id)));
    for (int i = 0; i < HOSTILE.size(); i++) {
      names.add(RowFactory.create(HOSTILE.get(i), Payloads.ALL.get(i)));
    }
    return Sessions.small()
        .createDataFrame(
            names,
            new StructType()
                .add("customer_id", DataTypes.StringType)
                .add("full_name", DataTypes.StringType));
  }

  private static String values(List<String> ids, String row) {
    return ids.stream()
        .map(row::formatted)
        .collect(Collectors.joining(row.startsWith(",") ? "" : ", "));
  }

  @BeforeEach
  void copy() throws IOException {
    FileUtils.copyDirectory(ready.toFile(), home.resolve("warehouse").toFile());
    company = new MarketedCompany(home.resolve("warehouse"));
    published = company.publish("run-1");
    exports = home.resolve("exports");
  }

  private static List<String> ids(String letter, int count) {
    return IntStream.range(10, 10 + count).mapToObj(number -> letter + number).toList();
  }

  /** The day that is exported was before, and does not decide. */
  @Test
  void whoIsExportedIsDecidedByWhatIsCommittedNow() throws IOException {
    company.write(
        CONSENTS,
        NEXT_DAY,
        "customer_id, channel, purpose, status",
        """
        ('left', 'email', 'marketing', 'withdrawn'), ('came', 'email', 'marketing', 'granted'),
        ('returned', 'email', 'marketing', 'granted')
        """);
    company.write(CUSTOMERS, NEXT_DAY, "customer_id, is_deleted", "('gone', true)");

    export(published, audience(OF_ALL_KINDS, "minimum-size = 1"));
    assertThat(lines("x/" + DAY))
        .containsExactly(
            "\"id\",\"email\",\"name\",orders",
            "\"came\",\"came@example.com\",\"Name of came\",3",
            "\"returned\",\"returned@example.com\",\"Name of returned\",3",
            "\"yes\",\"yes@example.com\",\"Name of yes\",3");
    assertThat(
            receipts(
                "status, matched, exported, deleted, no_consent, denied, withdrawn, no_contact",
                "invalid_contact, shared_address, withheld, folder"))
        .containsExactly("exported|15|3|1|4|2|1|1|1|2|0|x/" + DAY);
    JsonNode manifest = manifest("x/" + DAY);
    assertThat(manifest.get("left_out").get("no_consent").asLong()).isEqualTo(4);
    assertThat(manifest.get("versions").get("core.consents").asLong())
        .isEqualTo(company.warehouse().version(CONSENTS).orElseThrow());
  }

  /** Another thread commits when the file has its first bytes. */
  @Test
  void aConsentWithdrawnWhileTheFileIsWrittenKeepsThePersonOut() throws IOException {
    AtomicInteger written = new AtomicInteger();
    String root =
        EventfulDisk.where(
            exports,
            file -> {
              if (file.equals("x.csv") && written.incrementAndGet() == 1) {
                elsewhere(() -> withdraw("a11", NEXT_DAY));
              }
            });
    new ExportAudiences(root, List.of(audience(THREE, "minimum-size = 1")), Optional.empty())
        .run(published, NOW);
    assertThat(written).hasValue(2);
    assertThat(lines("x/" + DAY)).hasSize(3).noneMatch(line -> line.contains("\"a11\""));
    assertThat(receipts("status, exported, withdrawn", "consents_version"))
        .containsExactly("exported|2|1|" + company.warehouse().version(CONSENTS).orElseThrow());
    assertThat(files()).containsExactly("x/" + DAY + "/manifest.json", "x/" + DAY + "/x.csv");
  }

  @Test
  void consentsThatChangeEveryTimeMakeNoFile() throws IOException {
    AtomicInteger written = new AtomicInteger();
    String root =
        EventfulDisk.where(
            exports,
            file -> {
              if (file.equals("x.csv")) {
                int round = written.incrementAndGet();
                elsewhere(() -> withdraw(AGREEING.get(round - 1), "2026-02-0" + round));
              }
            });
    assertThatThrownBy(
            () ->
                new ExportAudiences(
                        root, List.of(audience(THREE, "minimum-size = 1")), Optional.empty())
                    .run(published, NOW))
        .hasMessageContaining("were changed each time it was written")
        .asInstanceOf(type(UserError.class))
        .extracting(UserError::exitCode)
        .isEqualTo(ExitCode.RETRYABLE);
    assertThat(written).hasValue(3);
    assertThat(files()).isEmpty();
    assertThat(receipts("status, matched, exported, withdrawn", "withheld, folder"))
        .containsExactly("refused|3|0|2|1|null");
  }

  @Test
  void oneFewerThanTheMinimumIsNoFile() throws IOException {
    assertThat(export(published, audience("country = 'DE'", "")))
        .startsWith("x: 50 of 50 customers in x/" + DAY);
    withdraw("a10", NEXT_DAY);
    assertThatThrownBy(() -> export(published, audience("country = 'DE'", "")))
        .hasMessageContainingAll("49 of 50 customers", "minimum-size = 50", "1 withdrawn")
        .asInstanceOf(type(UserError.class))
        .extracting(UserError::exitCode)
        .isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(files()).hasSize(2);
    assertThat(receipts("status, exported, withdrawn", "withheld"))
        .containsExactlyInAnyOrder("exported|50|0|0", "too_small|0|1|49");
  }

  @Test
  void theSameAgainIsHarmlessAndOtherRowsAreAnotherFolder() throws IOException {
    Audience both = audience(THREE, "minimum-size = 1, formats = [csv, parquet]");
    export(published, both);
    JsonNode before = manifest("x/" + DAY);
    assertThat(export(published, both))
        .isEqualTo("x: 3 of 3 customers, as they are in x/" + DAY + " already");
    assertThat(manifest("x/" + DAY)).isEqualTo(before);
    withdraw("a11", NEXT_DAY);
    assertThat(export(published, both)).contains("2 of 3 customers in x/" + DAY + "-2");
    assertThat(files()).hasSize(6);
    assertThat(receipts("status, exported", "folder"))
        .containsExactlyInAnyOrder(
            "exported|3|x/" + DAY, "unchanged|3|x/" + DAY, "exported|2|x/" + DAY + "-2");
  }

  @Test
  void filesAreAsTheManifestSaysForTheOwnerAloneAndWithoutFormulas() throws IOException {
    export(published, audience("country = 'FR'", "minimum-size = 1, formats = [csv, parquet]"));
    Path folder = exports.resolve("x/" + DAY);
    JsonNode manifest = manifest("x/" + DAY);
    assertThat(manifest.get("rows").asLong()).isEqualTo(HOSTILE.size());
    assertThat(manifest.get("schema").toString())
        .isEqualTo(
            """
            [{"name":"id","type":"STRING"},{"name":"email","type":"STRING"},\
            {"name":"name","type":"STRING"},{"name":"orders","type":"BIGINT"}]""");
    assertThat(manifest.get("files")).hasSize(2);
    for (JsonNode file : manifest.get("files")) {
      Path written = folder.resolve(file.get("path").asText());
      assertThat(DigestUtils.sha256Hex(Files.readAllBytes(written)))
          .isEqualTo(file.get("sha256").asText());
      assertThat(Files.size(written)).isEqualTo(file.get("size_bytes").asLong());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    List<Row> parquet =
        Sessions.small().read().parquet(folder.resolve("x.parquet").toString()).collectAsList();
    assertThat(parquet).extracting(row -> row.getString(2)).isEqualTo(Payloads.ALL);
    List<String[]> csv = CsvFileTest.parsed(Files.readString(folder.resolve("x.csv")));
    assertThat(csv.subList(1, csv.size()))
        .extracting(cells -> cells[2])
        .isEqualTo(Payloads.ALL.stream().map("'"::concat).toList());
  }

  @Test
  void aWriteThatFailsLeavesWhatThereWasAndTheNextOneMendsIt() throws IOException {
    Audience audience = audience(THREE, "minimum-size = 1");
    failing("x.csv", audience);
    assertThat(files()).isEmpty();
    export(published, audience);
    List<String> before = files();
    assertThat(before).hasSize(2);
    withdraw("a11", NEXT_DAY);
    failing("manifest.json", audience);
    assertThat(files()).isEqualTo(before);
  }

  private void failing(String name, Audience audience) {
    String root =
        EventfulDisk.where(
            exports,
            file -> {
              if (file.equals(name)) {
                throw new IOException("No space left on device, at a10@example.com");
              }
            });
    assertThatThrownBy(
            () ->
                new ExportAudiences(root, List.of(audience), Optional.empty()).run(published, NOW))
        .hasMessageContaining("could not be written")
        .hasMessageNotContaining("@")
        .asInstanceOf(type(UserError.class))
        .extracting(UserError::exitCode)
        .isEqualTo(ExitCode.RETRYABLE);
  }

  /** Spark's own message of what failed has the address in it. */
  @Test
  void oneThatCannotBeComputedKeepsNoOtherBackAndNoAddressIsLogged() throws IOException {
    Audience broken =
        AudienceTest.audience("true", "{ name = n, value = \"cast(contact as int)\" }");
    try (CapturedLog log = new CapturedLog()) {
      assertThatThrownBy(() -> export(published, broken, audience(THREE, "minimum-size = 1")))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll("CAST_INVALID_INPUT", "x: 3 of 3 customers in x/" + DAY)
          .hasMessageNotContaining("@");
      assertThat(log.text()).doesNotContain("@example.com", "Name of");
    }
    assertThat(files()).hasSize(2);
  }

  /** As an ad platform wants it: its own headings, and a hash of what is normalised. */
  @Test
  void anotherDestinationIsADeclaration() {
    UnaryOperator<Column> hashed = value -> functions.sha2(functions.lower(value), 256);
    FileLayout platform =
        new FileLayout(
            "platform",
            true,
            names ->
                List.of(
                    new FileColumn("Email", "email", hashed),
                    new FileColumn("First Name", "name", UnaryOperator.identity())));
    Audience generic = audience("true", "");
    Dataset<Row> customers =
        Sessions.small()
            .sql(
                "select 's' _source, '1' _customer_id, 'exported' _outcome, '1' id,"
                    + " 'Test@gmail.com' email, 'Jane' name, 3L orders");
    Dataset<Row> rows = Selection.laidOut(customers, generic.columns(), platform, 1);
    assertThat(rows.columns()).containsExactly("Email", "First Name");
    assertThat(Workbench.lines(rows))
        .containsExactly("87924606b4131a8aceeeae8868531fbb9712aaa07a5d3a756b26ce0f5d6ca674|Jane");
  }

  @Test
  void aDateWithoutCustomersIsTold() {
    Optional<LocalDate> before = Optional.of(LocalDate.parse("2026-01-30"));
    ExportAudiences export =
        new ExportAudiences(exports.toString(), List.of(audience(THREE, "")), before);
    assertThatThrownBy(() -> export.run(published, NOW))
        .hasMessageContaining("curated.customer_360 has no rows for 2026-01-30");
  }

  private void withdraw(String id, String date) {
    company.write(
        CONSENTS,
        date,
        "customer_id, channel, purpose, status",
        "('%s', 'email', 'marketing', 'withdrawn')".formatted(id));
  }

  private static void elsewhere(Runnable commit) {
    Thread other = new Thread(commit);
    other.start();
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Audience audience(String rule, String more) {
    return Audience.of(
        "x",
        ConfigFactory.parseString(
            """
            purpose = marketing, channel = email, rule = "%s"
            columns = [
              { name = id, value = customer_id }, { name = email, value = contact }
              { name = name, value = full_name }, orders
            ]
            """
                    .formatted(rule)
                + more),
        "x.conf");
  }

  private String export(PublishedTables published, Audience... audiences) {
    return new ExportAudiences(exports.toString(), List.of(audiences), Optional.empty())
        .run(published, NOW);
  }

  private List<String> lines(String folder) throws IOException {
    return Files.readAllLines(exports.resolve(folder).resolve("x.csv"));
  }

  private JsonNode manifest(String folder) throws IOException {
    return new ObjectMapper().readTree(exports.resolve(folder).resolve("manifest.json").toFile());
  }

  private List<String> receipts(String... columns) {
    return Workbench.lines(
        company
            .warehouse()
            .stored(OpsTables.EXPORTS)
            .selectExpr(String.join(", ", columns).split(", ")));
  }

  private List<String> files() throws IOException {
    if (!Files.exists(exports)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(exports)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> exports.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
