package crm.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import crm.testing.PublishedScores;
import crm.warehouse.Database;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Copies in a database, in H2 within this process and in PostgreSQL where there is one: {@code
 * .ci/with-postgres mvn test -Dtest=PublishJdbcTest}.
 */
class PublishJdbcTest {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final String POSTGRES = System.getenv("CRM_POSTGRES_URL");

  /** One value of every type that a curated table may have. */
  private static final Table EVERYTHING =
      PublishedScores.table("everything", DataTypes.StringType)
          .column("a_boolean", DataTypes.BooleanType, "A boolean.")
          .column("an_integer", DataTypes.IntegerType, "An integer.")
          .column("a_double", DataTypes.DoubleType, "A double.")
          .column("a_decimal", DataTypes.createDecimalType(18, 4), "A decimal.")
          .column("a_day", DataTypes.DateType, "A day.")
          .column("a_moment", DataTypes.TimestampType, "A moment.")
          .build();

  @TempDir Path home;
  private static PublishedScores made;
  private PublishedScores company;
  private String schema;

  @BeforeAll
  static void publishTwoTables(@TempDir Path folder) {
    made = new PublishedScores(folder);
    made.write(PublishedScores.SCORES, "2026-01-31", "('A', 3), ('C', null)");
    made.write(
        EVERYTHING,
        "2026-01-31",
        "('A', 'Ä\"', true, -7, -0.1, 12345678901234.5678, date'1969-12-31',"
            + " timestamp'1969-12-31 23:59:59.000001'),"
            + "('B', null, null, null, null, null, null, null)");
    made.publish("run-1");
  }

  @BeforeEach
  void copyThem() {
    company = made.copiedTo(home.resolve("warehouse"));
    schema = "bi_" + SCHEMAS.incrementAndGet();
  }

  static Stream<Database> databases() {
    Database h2 =
        new Database(
            "jdbc:h2:mem:bi;DB_CLOSE_DELAY=-1;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DATABASE_TO_UPPER=FALSE;NON_KEYWORDS=VALUE",
            Optional.empty(),
            Optional.empty(),
            Map.of());
    return POSTGRES == null ? Stream.of(h2) : Stream.of(h2, postgres());
  }

  private static Database postgres() {
    return new Database(
        POSTGRES,
        Optional.of(System.getenv("CRM_POSTGRES_USER")),
        Optional.of("env:CRM_POSTGRES_PASSWORD"),
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void everyTypeArrivesAndNothingElseStays(Database database) throws SQLException {
    assertThat(publish(database, PublishedScores.SCORES, EVERYTHING)).contains("2 tables, 4 rows");
    publish(database, PublishedScores.SCORES, EVERYTHING);
    assertThat(ask(database, "select customer_id, value from $.scores order by 1"))
        .containsExactly("A|3", "C|null");
    assertThat(
            ask(
                database,
                "select value, a_boolean, an_integer, a_double, a_decimal, a_day,"
                    + " extract(year from a_moment at time zone 'UTC') from $.everything"
                    + " where customer_id = 'A'"))
        .hasSize(1)
        .first()
        .asString()
        .matches("Ä\"\\|(t|TRUE|true)\\|-7\\|-0.1\\|12345678901234.5678\\|1969-12-31\\|1969");
    assertThat(tables(database))
        .as("no staging table stays")
        .containsExactlyInAnyOrder("everything", "everything_latest", "scores", "scores_latest");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aNewColumnIsAddedAndAViewStays(Database database) throws SQLException {
    publish(database, PublishedScores.SCORES);
    tell(database, "create view $.best as select max(value) as best from $.scores");
    Table grown =
        PublishedScores.table("scores", DataTypes.LongType)
            .column("added", DataTypes.StringType, "New.")
            .build();
    company = company.later();
    company.write(grown, "2026-02-01", "('A', 9, 'new')");
    company.publish("run-2");
    publish(database, grown);
    assertThat(ask(database, "select customer_id, value, added from $.scores"))
        .containsExactly("A|9|new");
    assertThat(ask(database, "select best from $.best")).containsExactly("9");
    publish(database, PublishedScores.SCORES);
    assertThat(ask(database, "select value, added from $.scores"))
        .as("a column that is gone is NULL")
        .containsExactly("9|null");
  }

  /** Its readers keep their grants and their own views on it, and see a column that came. */
  @ParameterizedTest
  @MethodSource("databases")
  void theViewOfTheNewestDateStaysAndGrows(Database database) throws SQLException {
    company.write(PublishedScores.SCORES, "2026-02-01", "('A', 4), ('B', 5)");
    company.publish("run-2");
    publishAll(database, PublishedScores.SCORES);
    assertThat(ask(database, "select count(*) from $.scores")).containsExactly("4");
    String newest = "select customer_id, value, logical_date from $.scores_latest order by 1";
    assertThat(ask(database, newest)).containsExactly("A|4|2026-02-01", "B|5|2026-02-01");
    tell(database, "create view $.best as select max(value) as best from $.scores_latest");
    Table grown =
        PublishedScores.table("scores", DataTypes.LongType)
            .column("added", DataTypes.StringType, "New.")
            .build();
    company = company.later();
    company.write(grown, "2026-02-02", "('A', 9, 'new')");
    company.publish("run-3");
    publishAll(database, grown);
    assertThat(ask(database, "select value, logical_date, added from $.scores_latest"))
        .containsExactly("9|2026-02-02|new");
    assertThat(ask(database, "select best from $.best")).containsExactly("9");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void anotherTypeIsRefusedWithItsRemedyAndTheOldCopyStays(Database database) throws SQLException {
    publish(database, EVERYTHING, PublishedScores.SCORES);
    tell(database, "drop view $.scores_latest");
    tell(database, "alter table $.scores alter column value " + smallInteger(database));
    company.write(EVERYTHING, "2026-02-01", "('Z', null, null, null, null, null, null, null)");
    company.publish("run-2");
    assertThatThrownBy(() -> publish(database, EVERYTHING, PublishedScores.SCORES))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("scores.value is", "ALTER TABLE");
    assertThat(ask(database, "select customer_id from $.everything order by 1"))
        .as("tables before it in the transaction")
        .containsExactly("A", "B");
  }

  @Test
  void withoutAnAddressTheSettingIsNamed() {
    assertThatThrownBy(() -> publish(Optional.empty(), PublishedScores.SCORES))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("publish.jdbc.url is empty");
  }

  @Test
  void aMissingDriverNamesTheLaunchersVariable() {
    assertThatThrownBy(() -> publish(of("jdbc:oracle:thin:x"), PublishedScores.SCORES))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("CRM_JARS=");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsTriedAgain() {
    assertThatThrownBy(
            () -> publish(of("jdbc:postgresql://127.0.0.1:1/bi"), PublishedScores.SCORES))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.RETRYABLE))
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void whoMayNotMakeTheSchemaIsTold() throws SQLException {
    assumeTrue(POSTGRES != null, "needs a database: run with .ci/with-postgres");
    tell(postgres(), "create user weak_$ password 'weak'");
    Database weak =
        new Database(
            POSTGRES, Optional.of("weak_" + schema), Optional.empty(), Map.of("password", "weak"));
    assertThatThrownBy(() -> publish(Optional.of(weak), PublishedScores.SCORES))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll("permission denied", "weak_" + schema);
  }

  private static String smallInteger(Database database) {
    return database.url().contains("h2") ? "smallint" : "type smallint";
  }

  private static Optional<Database> of(String url) {
    return Optional.of(new Database(url, Optional.empty(), Optional.empty(), Map.of()));
  }

  private String publish(Database database, Table... tables) {
    return publish(Optional.of(database), tables);
  }

  private String publish(Optional<Database> database, Table... tables) {
    return publish(database, true, tables);
  }

  private String publishAll(Database database, Table... tables) {
    return publish(Optional.of(database), false, tables);
  }

  private String publish(Optional<Database> database, boolean newestOnly, Table... tables) {
    return new PublishJdbc(
            new PublishSettings(newestOnly, List.of(tables), home.toString(), database, schema))
        .run(company.published(), Instant.EPOCH)
        .summary();
  }

  /** {@code $} stands for the schema. */
  private List<String> ask(Database database, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql.replace("$", schema))) {
      while (answer.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
          cells.add(answer.getString(i));
        }
        lines.add(String.join("|", cells.stream().map(String::valueOf).toList()));
      }
    }
    return lines;
  }

  private List<String> tables(Database database) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = database.connect();
        ResultSet found = connection.getMetaData().getTables(null, schema, null, null)) {
      while (found.next()) {
        names.add(found.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  private void tell(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.replace("$", schema));
    }
  }
}
