package crm.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.typesafe.config.ConfigFactory;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.tables.sales.SalesTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceMappingTest {
  @Test
  void readsASource() {
    SourceMapping mapping =
        of(
            """
            source = shop
            feeds.products {
              files = "products_{date}.csv"
              format { type = delimited, delimiter = ";" }
              tables.products.columns { product_id = sku, name = "upper(title)" }
            }
            """);
    assertThat(mapping.source()).isEqualTo("shop");
    assertThat(mapping.feeds())
        .singleElement()
        .satisfies(
            feed -> {
              assertThat(feed.failOnMissing()).isTrue();
              assertThat(feed.format().delimiter()).isEqualTo(';');
              assertThat(feed.tables())
                  .singleElement()
                  .satisfies(
                      table -> {
                        assertThat(table.table()).isEqualTo(SalesTables.PRODUCTS);
                        assertThat(table.columns()).containsEntry("name", "upper(title)");
                      });
            });
  }

  @Test
  void aFeedMaySayOtherwiseWhatAMissingDayIs() {
    assertThat(
            of("""
                    source = shop
                    on-missing = empty
                    feeds.a {
                      files = a, on-missing = fail, format { type = json }
                      tables.customers.columns { customer_id = id }
                    }
                    feeds.b {
                      files = b, format { type = json }
                      tables.products.columns { product_id = id }
                    }
                    """)
                .feeds())
        .extracting(Feed::failOnMissing)
        .containsExactly(true, false);
  }

  @Test
  void reportsEveryProblemAtOnceAndNamesTheFile() {
    assertThatThrownBy(
            () ->
                of(
                    """
                    source = "My Shop"
                    colour = red
                    max-rejected-percent = 140
                    feeds.orders {
                      files = "../orders.csv"
                      format { type = delimited, encoding = klingon, delimiter = "||" }
                      tables.orders.columns { order_id = id, price = 5 }
                    }
                    """))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll(
            "test.conf",
            "My Shop",
            "colour",
            "max-rejected-percent",
            "../orders.csv",
            "klingon",
            "delimiter",
            "no column 'price'",
            "needs column 'ordered_at'",
            "needs column 'status'");
  }

  @Test
  void valuesAreWrittenAsTheFeedSaysAndOneColumnAsItSays() {
    Feed feed =
        of("""
        source = shop
        feeds.orders {
          files = "orders_{date}.csv"
          format { type = delimited, timestamp-format = "dd.MM.yyyy HH:mm", decimal-comma = true }
          tables.orders.columns {
            order_id = id, status = "'placed'"
            ordered_at = { value = at, timestamp-format = "d-MMM-yy[ HH:mm]" }
          }
        }
        """)
            .feeds()
            .get(0);
    assertThat(feed.format().values()).isEqualTo(new ValueFormat("dd.MM.yyyy HH:mm", "", true));
    TableMapping orders = feed.tables().get(0);
    assertThat(orders.columns()).containsEntry("ordered_at", "at");
    assertThat(orders.formats())
        .containsExactly(entry("ordered_at", new ValueFormat("d-MMM-yy[ HH:mm]", "", true)));
  }

  /** Minutes for months, half days without a half, the year of weeks, no year, no such letter. */
  @ParameterizedTest
  @ValueSource(strings = {"dd.mm.yyyy", "dd.MM.yyyy hh:mm", "dd.MM.YYYY", "dd.MM.", "TT.MM.JJJJ"})
  void aPatternThatDoesNotReadBackWhatItWritesIsTold(String pattern) {
    assertThatThrownBy(
            () ->
                of(
                    """
                    source = shop
                    feeds.products {
                      files = "x_{date}"
                      format { type = delimited, timestamp-format = "%s" }
                      tables.products.columns { product_id = sku }
                    }
                    """
                        .formatted(pattern)))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll("timestamp-format = '" + pattern + "'", "dd.MM.yyyy HH:mm");
  }

  @Test
  void aKeyThatMeansNothingForAColumnOrACopyIsTold() {
    assertThatThrownBy(
            () ->
                of(
                    """
                    source = shop
                    feeds.products {
                      copy.delta = "/tmp/x", format { delimiter = ";", nulls = ["-"] }
                      tables.products.columns {
                        product_id = sku, name = { value = title, decimal-comma = true }
                      }
                    }
                    """))
        .hasMessageContainingAll(
            "which has copy, has an unknown key 'delimiter'", "column name has");
  }

  @Test
  void aTableThatDoesNotExistIsNamedWithThoseThatDo() {
    assertThatThrownBy(
            () ->
                of(
                    """
                    source = shop
                    feeds.x { files = x, format { type = json }, tables.ordres.columns { a = b } }
                    """))
        .hasMessageContainingAll("ordres", "core.orders");
  }

  private static SourceMapping of(String text) {
    return SourceMapping.of(ConfigFactory.parseString(text), "test.conf");
  }
}
