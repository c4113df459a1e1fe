package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import crm.engine.store.PublishedTables;
import crm.export.audience.FileLayout.FileColumn;
import crm.testing.CapturedLog;
import crm.testing.EventfulDisk;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
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
  private static final String DAY = AskedCompany.DAY;
  private static final List<String> KINDS =
      List.of(
          "yes, silent, no, left, came, returned, service, phone, nowhere, broken, twin, refusing_twin, partner, silent_partner, gone"
              .split(", "));

  @TempDir private static Path home;
  private static AskedCompany company;
  private static PublishedTables published;
  private static int tests;

  private Path exports;
  private String name;

  /** Customers of every kind in Italy; elsewhere all agreed, in France with formulas for names. */
  @BeforeAll
  static void found() {
    Map<String, List<String>> byCountry = new TreeMap<>();
    byCountry.put("DE", ids("a", 50));
    byCountry.put("FR", ids("h", Payloads.ALL.size()));
    for (String country : List.of("AT", "BE", "CH", "DK", "ES")) {
      byCountry.put(country, ids(country.toLowerCase(Locale.ROOT), 3));
    }
    List<String> agreeing = byCountry.values().stream().flatMap(List::stream).toList();
    byCountry.put("IT", KINDS);
    company = new AskedCompany(home.resolve("warehouse"));
    company.customers(byCountry);
    company.contacts(
        AskedCompany.addresses(agreeing)
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
    company.answers(
        AskedCompany.agreements(agreeing)
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
    published = company.publish();
    company.nextDay();
    company.answers(
        """
        ('left', 'email', 'marketing', 'withdrawn'), ('came', 'email', 'marketing', 'granted'),
        ('returned', 'email', 'marketing', 'granted')
        """);
    List<Row> hostile = new ArrayList<>();
    List<String> french = byCountry.get("FR");
    for (int i = 0; i < french.size(); i++) {
      hostile.add(RowFactory.create(french.get(i), Payloads.ALL.get(i), false));
    }
    hostile.add(RowFactory.create("gone", null, true));
    company.commit(
        CUSTOMERS,
        Sessions.small()
            .createDataFrame(
                hostile,
                new StructType()
                    .add("customer_id", DataTypes.StringType)
                    .add("full_name", DataTypes.StringType)
                    .add("is_deleted", DataTypes.BooleanType)));
  }

  private static List<String> ids(String letters, int count) {
    return IntStream.range(10, 10 + count).mapToObj(number -> letters + number).toList();
  }

  /** One company for all tests, since its commits take long; audiences and folders of their own. */
  @BeforeEach
  void begin() {
    name = "x" + ++tests;
    exports = home.resolve(name);
  }

  /** The day that is exported was before, and does not decide. */
  @Test
  void whoIsExportedIsDecidedByWhatIsCommittedNow() throws IOException {
    export(audience("IT", "minimum-size = 1"));
    assertThat(lines(folder()))
        .containsExactly(
            "\"id\",\"email\",\"name\",orders",
            "\"came\",\"came@example.com\",\"Name of came\",3",
            "\"returned\",\"returned@example.com\",\"Name of returned\",3",
            "\"yes\",\"yes@example.com\",\"Name of yes\",3");
    assertThat(
            receipts(
                "status, matched, exported, deleted, no_consent, denied, withdrawn, no_contact",
                "invalid_contact, shared_address, withheld, folder"))
        .containsExactly("exported|15|3|1|4|2|1|1|1|2|0|" + folder());
    JsonNode manifest = manifest(folder());
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
              if (file.equals(name + ".csv") && written.incrementAndGet() == 1) {
                elsewhere(() -> company.withdraw("at11"));
              }
            });
    new ExportAudiences(root, List.of(audience("AT", "minimum-size = 1")), Optional.empty())
        .run(published, NOW);
    assertThat(written).hasValue(2);
    assertThat(lines(folder())).hasSize(3).noneMatch(line -> line.contains("\"at11\""));
    assertThat(receipts("status, exported, withdrawn", "consents_version"))
        .containsExactly("exported|2|1|" + company.warehouse().version(CONSENTS).orElseThrow());
    assertThat(files())
        .containsExactly(folder() + "/manifest.json", folder() + "/" + name + ".csv");
  }

  @Test
  void consentsThatChangeEveryTimeMakeNoFile() throws IOException {
    AtomicInteger written = new AtomicInteger();
    String root =
        EventfulDisk.where(
            exports,
            file -> {
              if (file.equals(name + ".csv")) {
                String id = "be1" + written.getAndIncrement();
                elsewhere(() -> company.withdraw(id));
              }
            });
    assertThatThrownBy(
            () ->
                new ExportAudiences(
                        root, List.of(audience("BE", "minimum-size = 1")), Optional.empty())
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
    assertThat(export(audience("DE", ""))).startsWith(name + ": 50 of 50 customers in " + folder());
    company.withdraw("a10");
    assertThatThrownBy(() -> export(audience("DE", "")))
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
    Audience both = audience("CH", "minimum-size = 1, formats = [csv, parquet]");
    export(both);
    JsonNode before = manifest(folder());
    assertThat(export(both))
        .isEqualTo(name + ": 3 of 3 customers, as they are in " + folder() + " already");
    assertThat(manifest(folder())).isEqualTo(before);
    company.withdraw("ch11");
    assertThat(export(both)).contains("2 of 3 customers in " + folder() + "-2");
    assertThat(files()).hasSize(6);
    assertThat(receipts("status, exported", "folder"))
        .containsExactlyInAnyOrder(
            "exported|3|" + folder(), "unchanged|3|" + folder(), "exported|2|" + folder() + "-2");
  }

  @Test
  void filesAreAsTheManifestSaysForTheOwnerAloneAndWithoutFormulas() throws IOException {
    export(audience("FR", "minimum-size = 1, formats = [csv, parquet]"));
    Path folder = exports.resolve(folder());
    JsonNode manifest = manifest(folder());
    assertThat(manifest.get("rows").asLong()).isEqualTo(Payloads.ALL.size());
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
        Sessions.small()
            .read()
            .parquet(folder.resolve(name + ".parquet").toString())
            .collectAsList();
    assertThat(parquet).extracting(row -> row.getString(2)).isEqualTo(Payloads.ALL);
    List<String[]> csv = CsvFileTest.parsed(Files.readString(folder.resolve(name + ".csv")));
    assertThat(csv.subList(1, csv.size()))
        .extracting(cells -> cells[2])
        .isEqualTo(Payloads.ALL.stream().map("'"::concat).toList());
  }

  @Test
  void aWriteThatFailsLeavesWhatThereWasAndTheNextOneMendsIt() throws IOException {
    Audience audience = audience("DK", "minimum-size = 1");
    failing(name + ".csv", audience);
    assertThat(files()).isEmpty();
    export(audience);
    List<String> before = files();
    assertThat(before).hasSize(2);
    company.withdraw("dk11");
    failing("manifest.json", audience);
    assertThat(files()).isEqualTo(before);
  }

  private void failing(String name, Audience audience) {
    String root =
        EventfulDisk.where(
            exports,
            file -> {
              if (file.equals(name)) {
                throw new IOException("No space left on device, at dk10@example.com");
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
        AudienceTest.audience("country = 'ES'", "{ name = n, value = \"cast(contact as int)\" }");
    try (CapturedLog log = new CapturedLog()) {
      assertThatThrownBy(() -> export(broken, audience("ES", "minimum-size = 1")))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll("CAST_INVALID_INPUT", name + ": 3 of 3 customers in " + folder())
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
    assertThat(RowLines.sorted(rows))
        .containsExactly("87924606b4131a8aceeeae8868531fbb9712aaa07a5d3a756b26ce0f5d6ca674|Jane");
  }

  @Test
  void aDateWithoutCustomersIsTold() {
    Optional<LocalDate> before = Optional.of(LocalDate.parse("2026-01-30"));
    ExportAudiences export =
        new ExportAudiences(exports.toString(), List.of(audience("ES", "")), before);
    assertThatThrownBy(() -> export.run(published, NOW))
        .hasMessageContaining("curated.customer_360 has no rows for 2026-01-30");
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

  private Audience audience(String country, String more) {
    return Audience.of(
        name,
        ConfigFactory.parseString(
            """
            purpose = marketing, channel = email, rule = "country = '%s'"
            columns = [
              { name = id, value = customer_id }, { name = email, value = contact }
              { name = name, value = full_name }, orders
            ]
            """
                    .formatted(country)
                + more),
        "x.conf");
  }

  private String export(Audience... audiences) {
    return new ExportAudiences(exports.toString(), List.of(audiences), Optional.empty())
        .run(published, NOW)
        .summary();
  }

  /** The first of the day. */
  private String folder() {
    return name + "/" + DAY;
  }

  private List<String> lines(String folder) throws IOException {
    return Files.readAllLines(exports.resolve(folder).resolve(name + ".csv"));
  }

  private JsonNode manifest(String folder) throws IOException {
    return new ObjectMapper().readTree(exports.resolve(folder).resolve("manifest.json").toFile());
  }

  private List<String> receipts(String... columns) {
    return RowLines.sorted(
        company
            .warehouse()
            .stored(OpsTables.EXPORTS)
            .where(functions.col("audience").equalTo(name))
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
