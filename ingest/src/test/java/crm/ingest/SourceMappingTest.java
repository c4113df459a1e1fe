package crm.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.tables.SalesTables;
import org.junit.jupiter.api.Test;

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
