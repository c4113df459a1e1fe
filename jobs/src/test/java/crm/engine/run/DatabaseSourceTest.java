package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables of databases, in H2 within this process and in PostgreSQL where there is one: {@code
 * .ci/with-postgres mvn test -Dtest=DatabaseSourceTest}.
 */
class DatabaseSourceTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final String H2 = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String POSTGRES = System.getenv("CRM_POSTGRES_URL");

  @TempDir private Path home;

  static Stream<String> databases() {
    return POSTGRES == null ? Stream.of(H2) : Stream.of(H2, POSTGRES);
  }

  private Workbench workbench(String url, String password, String more) {
    String source =
        """
        source = erp
        max-rejected-percent = 100
        feeds.orders {
          copy {
            jdbc { url = "%s", user = "%s", password-from = "%s" }
            table = "(select * from purchases) as p"
            %s
          }
          tables.orders {
            sequence = "try_to_timestamp(changed_at)"
            columns {
              order_id = id, customer_id = buyer, ordered_at = bought_at, channel = shop
              status = "if(cancelled = 'true', 'cancelled', 'placed')"
            }
          }
        }
        """
            .formatted(url, url.equals(H2) ? "sa" : user(), password, more);
    Workbench.ofSource(home, source);
    return new Workbench(home, "sources = [erp], time-zone = Europe/Berlin");
  }

  private static String user() {
    return System.getenv("CRM_POSTGRES_USER");
  }

  private static String password(String url) {
    return url.equals(H2) ? "" : System.getenv("CRM_POSTGRES_PASSWORD");
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, url.equals(H2) ? "sa" : user(), password(url));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void purchases(String url) throws SQLException {
    execute(
        url,
        "drop table if exists purchases",
        """
        create table purchases (
          id bigint primary key, buyer varchar(20), shop smallint, cancelled boolean not null,
          bought_at timestamp not null, changed_at timestamp with time zone not null)
        """,
        """
        insert into purchases values
          (1, 'A', 7, false, timestamp '2026-03-01 23:30:00',
            timestamp with time zone '2026-03-01 22:30:00+00'),
          (2, null, null, false, timestamp '2026-03-02 00:10:00',
            timestamp with time zone '2026-03-01 23:10:00+00')
        """);
  }

  private static String passwordFrom(String url) {
    return url.equals(H2) ? "" : "env:CRM_POSTGRES_PASSWORD";
  }

  /** A clock on the shop's wall is Berlin's; a moment with an offset is what it is. */
  @ParameterizedTest
  @MethodSource("databases")
  void typesArriveAsTheyAreMeant(String url) throws SQLException {
    purchases(url);
    Workbench bench = workbench(url, passwordFrom(url), "");
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(
            bench.rows(
                ORDERS, "order_id", "customer_id", "channel", "status", "ordered_at", "ordered_on"))
        .containsExactly(
            "1|A|7|placed|2026-03-01 22:30:00.0|2026-03-01",
            "2|null|null|placed|2026-03-01 23:10:00.0|2026-03-02");
  }

  /** Rows at the greatest moment copied before are copied again: others may have joined them. */
  @ParameterizedTest
  @MethodSource("databases")
  void aColumnThatGrowsTellsWhatIsNew(String url) throws SQLException {
    purchases(url);
    Workbench bench = workbench(url, passwordFrom(url), "incremental = changed_at");
    assertThat(bench.load(MONDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    execute(
        url,
        "insert into purchases values (3, 'C', 7, false, timestamp '2026-03-02 00:10:00',"
            + " timestamp with time zone '2026-03-01 23:10:00+00')",
        "update purchases set cancelled = true, changed_at ="
            + " timestamp with time zone '2026-03-03 08:00:00+00' where id = 1");
    assertThat(bench.load(TUESDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS, "logical_date", "order_id", "status"))
        .containsExactly(
            "2026-03-02|1|placed",
            "2026-03-02|2|placed",
            "2026-03-03|1|cancelled",
            "2026-03-03|2|placed",
            "2026-03-03|3|placed");
    List<String> before = bench.rows(ORDERS);
    execute(url, "delete from purchases");
    assertThat(bench.load(TUESDAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(ORDERS)).as("a day that runs again reads its copy").isEqualTo(before);
  }

  /** What waiting does not cure; of the row that holds a value nothing is told. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (select * from nosuch) as p                           | 2 | NOSUCH
          (select nosuch from purchases) as p                   | 2 | NOSUCH
          (select cast('Zyxwvu' as int) as id) as p             | 3 | SQLSTATE 22018
          """)
  void aPermanentRefusalIsNotTriedAgain(String query, int exitCode, String said)
      throws SQLException {
    purchases(H2);
    Workbench bench = workbench(H2, "", "table = \"" + query + "\"");
    assertThat(bench.load(MONDAY).value()).as(bench.said()).isEqualTo(exitCode);
    assertThat(bench.said()).contains(said).doesNotContain("Zyxwvu");
  }

  @Test
  void aDatabaseWithoutItsDriverIsTold() {
    Workbench bench = workbench("jdbc:nosuch://localhost/shop", "", "");
    assertThat(bench.load(MONDAY)).isEqualTo(ExitCode.USAGE);
    assertThat(bench.said()).contains("There is no JDBC driver for", "CRM_JARS=");
  }

  @Test
  void aDatabaseThatIsNotThereMayBeLater() {
    Workbench bench = workbench("jdbc:postgresql://127.0.0.1:1/shop", "", "");
    assertThat(bench.load(MONDAY)).isEqualTo(ExitCode.RETRYABLE);
    assertThat(bench.said()).contains("127.0.0.1:1/shop cannot be reached");
  }

  @Test
  void aPasswordThatIsNotWhereItShouldBeIsTold() {
    Workbench bench = workbench(H2, "env:CRM_NOT_SET", "");
    assertThat(bench.load(MONDAY)).isEqualTo(ExitCode.USAGE);
    assertThat(bench.said()).contains("environment variable CRM_NOT_SET, which is not set");
  }
}
