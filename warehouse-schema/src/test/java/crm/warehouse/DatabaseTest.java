package crm.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** What a scheduler is told of a database's complaint: to try again only where that may help. */
class DatabaseTest {
  private static final Database SHOP =
      new Database(
          "jdbc:postgresql://db/shop?sslkey=Zyxwvu",
          Optional.of("crm"),
          Optional.empty(),
          Map.of("password", "Zyxwvu"));

  /** By PostgreSQL's own SQLSTATEs. */
  @ParameterizedTest
  @CsvSource({
    "28P01, 2, wrong password",
    "3D000, 2, no such database",
    "3F000, 2, no such schema",
    "42P01, 2, no such table",
    "42703, 2, no such column",
    "42501, 2, no permission",
    "0A000, 2, not supported",
    "25006, 2, a read-only replica",
    "54011, 2, too many columns",
    "22021, 3, a character it does not have",
    "22003, 3, a number too great",
    "23505, 3, a unique constraint",
    "P0001, 3, a trigger",
    "08001, 1, no connection",
    "53300, 1, too many connections",
    "53100, 1, disk full",
    "57P03, 1, starting up",
    "57014, 1, cancelled",
    "40001, 1, serialization",
    "55P03, 1, lock not available",
    "58030, 1, an input or output error",
    "XX000, 1, an internal error",
  })
  void theStateDecides(String state, int exitCode, String what) {
    String said = state.matches("(42|3).*") ? what : "value Zyxwvu";
    UserError told = SHOP.problem(new SQLException(said, state));
    assertThat(told.exitCode().value()).as(what).isEqualTo(exitCode);
    assertThat(told.getMessage()).contains("jdbc:postgresql://db/shop").doesNotContain("Zyxwvu");
  }

  /** Drivers whose states are their own say the same by JDBC's classes. */
  @Test
  void orTheClass() {
    assertThat(exitCode(new SQLInvalidAuthorizationSpecException("", "72000"))).isEqualTo(2);
    assertThat(exitCode(new SQLSyntaxErrorException("", "S0002"))).isEqualTo(2);
    assertThat(exitCode(new SQLFeatureNotSupportedException("", "99999"))).isEqualTo(2);
    assertThat(exitCode(new SQLIntegrityConstraintViolationException("", "S0001"))).isEqualTo(3);
    assertThat(exitCode(new SQLTransientConnectionException("", "HYT00"))).isEqualTo(1);
    assertThat(exitCode(new SQLException("Zyxwvu"))).as("nothing is known").isEqualTo(1);
  }

  private static int exitCode(SQLException complaint) {
    return SHOP.problem(complaint).exitCode().value();
  }

  @Test
  void whatSparkHasNoTypeForIsASettingToChange() {
    UserError told =
        SHOP.problemBelow(
                new SparkException(
                    "UNRECOGNIZED_SQL_TYPE",
                    scala.collection.immutable.Map$.MODULE$.from(
                        CollectionConverters.asScala(
                            Map.of("typeName", "point", "jdbcType", "1111"))),
                    null))
            .orElseThrow();
    assertThat(told.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(told).hasMessageContainingAll("UNRECOGNIZED_SQL_TYPE", "casts or leaves out");
    assertThat(SHOP.problemBelow(new IllegalStateException("Zyxwvu"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://crm:Zyxwvu@db/shop",
        "jdbc:sqlserver://db;user=crm;Password=Zyxwvu",
        "jdbc:oracle:thin:crm/Zyxwvu@db:1521/shop"
      })
  void anAddressWithAPasswordIsRefused(String url) {
    assertThatThrownBy(() -> new Database(url, Optional.empty(), Optional.empty(), Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("password-from")
        .hasMessageNotContaining("Zyxwvu");
  }
}
