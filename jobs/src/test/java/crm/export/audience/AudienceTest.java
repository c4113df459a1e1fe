package crm.export.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import crm.engine.files.StoragePath;
import crm.testing.Sessions;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An audience is refused before anything runs where it cannot mean what it says. */
class AudienceTest {
  private static final StoragePath SHIPPED =
      new StoragePath(System.getProperty("crm.project.dir") + "/conf/audiences");

  @ParameterizedTest
  @ValueSource(strings = {"champions", "lapsed"})
  void theShippedOnesCanBeUsed(String name) {
    Audience audience = shipped().audience(name);
    assertThat(audience.minimumSize()).isEqualTo(50);
    assertThatCode(() -> audience.check(Sessions.small())).doesNotThrowAnyException();
  }

  @Test
  void tablesThatAreNamedAreJoinedAndNoOthers() {
    Audience audience =
        audience(
            "orders > 1 AND customer_rfm.monetary_score = 5",
            "{ name = p, value = \"CUSTOMER_LIFETIME_VALUE.p_alive\" }");
    assertThat(audience.tables().stream().map(Table::name))
        .containsExactly("customer_rfm", "customer_lifetime_value");
    assertThat(audience("customer_360.orders > 1", "contact").tables()).isEmpty();
  }

  @Test
  void everyProblemIsToldAtOnceWithTheFile() {
    assertThatThrownBy(
            () ->
                Audience.of(
                    "x",
                    ConfigFactory.parseString(
                        """
                        purpos = marketing
                        channel = pigeon
                        rule = "ordrs > 1 and customer_rfm.monetry > 2 and contact is not null"
                        columns = [
                          contact, contact, { name = Bad, value = "country" },
                          { name = y, value = "nowhere.z" }, { nam = q, value = country }
                        ]
                        formats = [xls]
                        destination = moon
                        minimum-size = 0
                        """),
                    "conf/audiences/x.conf"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "conf/audiences/x.conf does not describe an audience",
            "unknown key 'purpos' (did you mean 'purpose'?)",
            "the audience has no purpose",
            "channel = 'pigeon': choose email or phone or post",
            "rule names 'ordrs' (did you mean 'orders'?); customer_360 has source, customer_id,",
            "rule names 'customer_rfm.monetry' (did you mean 'monetary'?)",
            "rule names 'contact', which is personal: only columns may have it",
            "columns has 'contact' twice",
            "column 'Bad': choose a name in lower snake case",
            "y names 'nowhere.z'; tables with a row per customer are customer_360,",
            "a column has an unknown key 'nam' (did you mean 'name'?)",
            "formats names 'xls': choose csv, parquet",
            "destination = 'moon': choose generic",
            "minimum-size = 0: choose 1 or more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "orders >                                              | is no expression",
        "orders in (select 1)                                  | asks another query",
        "exists (select 1)                                     | asks another query",
        "orders > (select 1)                                   | asks another query",
        "last_order_on > 'yesterday'                           | asks the clock",
        "last_order_on > date'today'                           | asks the clock",
        "full_name = 'x'                                       | which is personal",
      })
  void aRuleIsRefusedBeforeSparkRuns(String rule, String why) {
    assertThatThrownBy(() -> audience(rule, "contact")).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "orders                                       | rule is BIGINT, and has to be true or false",
        "sum(orders) > 5                              | rule looks at more than one customer",
        "rank() over (order by orders) < 5            | rule looks at more than one customer",
        "explode(array(true, false))                  | rule looks at more than one customer",
        "rand() < 0.1                                 | rule depends on chance",
        "uuid() > 'a'                                 | rule depends on chance",
        "reflect('java.lang.System', 'nanoTime') > '' | rule depends on chance",
        "last_order_on > current_date()               | rule asks the clock",
        "now() > timestamp'2026-01-01 00:00:00'       | rule asks the clock",
        "unix_timestamp() > 5                         | rule asks the clock",
        "nothing(orders)                              | rule cannot be computed",
        "orders > array(1)                             | rule cannot be computed",
      })
  void aRuleIsRefusedBeforeAnybodyIsCounted(String rule, String why) {
    Audience audience = audience(rule, "contact");
    assertThatThrownBy(() -> audience.check(Sessions.small()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }

  @Test
  void aColumnHasToBeACell() {
    Audience audience = audience("true", "{ name = x, value = \"array(orders)\" }");
    assertThatThrownBy(() -> audience.check(Sessions.small()))
        .hasMessageContaining("x is ARRAY<BIGINT>, which is no cell of a file");
  }

  @Test
  void anUnknownAudienceIsToldWhatThereIs() {
    assertThatThrownBy(() -> shipped().audience("champion"))
        .hasMessageContaining("There is no audience 'champion' (did you mean 'champions'?)");
    assertThatThrownBy(() -> shipped().audience("../../crm")).hasMessageContaining("no audience");
  }

  static Audience audience(String rule, String columns) {
    return Audience.of(
        "x",
        ConfigFactory.parseMap(
                java.util.Map.of("rule", rule, "purpose", "marketing", "channel", "email"))
            .withFallback(ConfigFactory.parseString("columns = [" + columns + "]")),
        "x.conf");
  }

  private static ExportSettings shipped() {
    return new ExportSettings("exports", new StoragePath("nowhere"), SHIPPED, List.of());
  }
}
