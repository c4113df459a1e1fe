package crm.simulation;

import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_INTERESTS;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_ASSOCIATION_RULES;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import crm.simulation.customer.SimulatedCustomer;
import crm.simulation.sales.Products;
import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.ops.OpsTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to be true of the sample company is found in what was loaded of it. */
class SampleCompanyTest {
  private static final LocalDate START = LocalDate.of(2025, 1, 1);
  private static final SampleCompany COMPANY = new SampleCompany(7, 3000, START, 90, 0.02);

  @TempDir private static Path home;
  private static Workbench bench;
  private static JsonNode truth;

  @BeforeAll
  static void load() throws IOException {
    bench =
        new Workbench(
            home,
            """
            sources = [sample_shop, sample_profiles, sample_erp]
            recommendations { methods = [item-item], holdout-days = 20 }
            """);
    COMPANY.write(Sessions.small(), home.toString());
    truth = new ObjectMapper().readTree(home.resolve("truth/company.json").toFile());
    assertThat(bench.load(START, COMPANY.end())).as(bench.said()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theSameSeedGivesTheSameFilesAndAnotherGivesOthers(@TempDir Path again, @TempDir Path other)
      throws IOException {
    SampleCompany small = new SampleCompany(7, 200, START, 30, 0.02);
    small.write(Sessions.small(), again.toString());
    Map<String, String> files = contents(again);
    small.write(Sessions.small(), again.toString());
    assertThat(contents(again)).isEqualTo(files).hasSizeGreaterThan(90);
    new SampleCompany(8, 200, START, 30, 0.02).write(Sessions.small(), other.toString());
    assertThat(contents(other).get("landing/shop/sales_2025-01-20.csv"))
        .isNotEqualTo(files.get("landing/shop/sales_2025-01-20.csv"));
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** Each broken record is rejected where it must be, for its reason, and nothing else is. */
  @Test
  void theBrokenRecordsAreRejectedForTheirReasons() {
    Map<String, Long> expected = new TreeMap<>();
    expect(expected, "load_shop_order_lines not_a_long", "/sales/quantity_in_words");
    expect(expected, "load_shop_order_lines wrong_currency", "/sales/foreign_currency");
    expect(expected, "load_shop_order_lines missing_value", "/sales/no_order_id");
    expect(expected, "load_shop_order_lines too_few_fields", "/sales/too_short");
    expect(expected, "load_shop_orders missing_value", "/sales/no_order_id");
    expect(expected, "load_shop_orders too_few_fields", "/sales/too_short");
    expect(expected, "load_shop_order_returns amount_not_negative", "/returns/negative_amount");
    expect(expected, "load_shop_customers malformed_json", "/profiles/torn_profile");
    expect(expected, "load_shop_contact_points malformed_json", "/profiles/torn_profile");
    expect(expected, "load_shop_consents malformed_json", "/profiles/torn_profile");
    expect(expected, "load_shop_interactions not_a_timestamp", "/visits/vague_moment");
    expect(expected, "load_shop_interactions malformed_json", "/visits/torn_visit");
    Map<String, Long> found = new TreeMap<>();
    bench
        .stored(OpsTables.REJECTED_ROWS)
        .groupBy("job", "reason")
        .count()
        .collectAsList()
        .forEach(row -> found.put(row.getString(0) + " " + row.getString(1), row.getLong(2)));
    assertThat(found).isEqualTo(expected);
  }

  private static void expect(Map<String, Long> expected, String what, String where) {
    assertThat(truth.get("lines").at(where).asLong()).as(where).isPositive();
    expected.put(what, truth.get("lines").at(where).asLong());
  }

  /** Repeated visits count once; late ones stand on the day they came. */
  @Test
  void someComeTwiceAndSomeComeLate() {
    JsonNode visits = truth.at("/lines/visits");
    Row loaded =
        bench
            .stored(OpsTables.FILE_LOADS)
            .where("job = 'load_shop_interactions'")
            .agg(functions.sum("duplicates"), functions.sum("accepted"))
            .first();
    assertThat(loaded.getLong(0)).isEqualTo(visits.get("again").asLong()).isPositive();
    assertThat(loaded.getLong(1))
        .isEqualTo(visits.get("on_time").asLong() + visits.get("late").asLong());
    assertThat(bench.stored(INTERACTIONS).where("logical_date > occurred_on").count())
        .isEqualTo(visits.get("late").asLong())
        .isPositive();
  }

  /** The means of the distributions that customers' rates are drawn from, within 4 errors. */
  @Test
  void customersAreMadeByTheProcessThatIsTold() {
    Row lives =
        lives()
            .agg(
                avg("orders_per_week"),
                avg("leaves_rate"),
                avg(col("first_order_on").isNull().cast("int")))
            .first();
    double r = SimulatedCustomer.R;
    double alpha = SimulatedCustomer.ALPHA_WEEKS;
    double n = COMPANY.customers();
    assertThat(lives.getDouble(0)).isCloseTo(r / alpha, within(4 * Math.sqrt(r / n) / alpha));
    double mean = SimulatedCustomer.A / (SimulatedCustomer.A + SimulatedCustomer.B);
    double variance = mean * (1 - mean) / (SimulatedCustomer.A + SimulatedCustomer.B + 1);
    assertThat(lives.getDouble(1)).isCloseTo(mean, within(4 * Math.sqrt(variance / n)));
    assertThat(lives.getDouble(2))
        .isCloseTo(SimulatedCustomer.NEVER_ORDERS, within(4 * Math.sqrt(0.13 / n)));
  }

  /** Repeat orders of a customer are those that were loaded, besides the cancelled ones. */
  @Test
  void theOrdersOfTheTruthWereDelivered() {
    long told = lives().agg(functions.sum("repeat_orders")).first().getLong(0);
    long first = lives().where("first_order_on is not null").count();
    long loaded =
        bench
            .stored(ORDERS)
            .groupBy("order_id")
            .agg(functions.max(col("status").equalTo("cancelled")).as("cancelled"))
            .where("not cancelled")
            .count();
    assertThat(loaded)
        .as("but for what is delivered or cancelled after the last day")
        .isCloseTo(told + first, withinPercentage(1));
  }

  /** Of the baskets with a rule's product, the told share holds the other. */
  @Test
  void productsAreBoughtTogetherByTheRules() {
    Dataset<Row> baskets =
        bench.stored(ORDER_LINES).groupBy("order_id").agg(collect_set("product_id").as("items"));
    for (Products.Rule rule : Products.rules()) {
      Dataset<Row> with = baskets.where(functions.array_contains(col("items"), rule.ifBought()));
      double n = with.count();
      double share =
          with.where(functions.array_contains(col("items"), rule.thenBought())).count() / n;
      assertThat(share).as("%s", rule).isCloseTo(rule.confidence(), within(4 * 0.5 / Math.sqrt(n)));
    }
  }

  /** The rules between two products that chance explains least are those that were planted. */
  @Test
  void thePlantedRulesStandAboveAllOthers() {
    assertThat(bench.run(COMPANY.end(), "product_association_rules"))
        .as(bench.said())
        .isEqualTo(ExitCode.OK);
    List<Row> rules =
        bench
            .stored(PRODUCT_ASSOCIATION_RULES)
            .where("level = 'product' and antecedent_items = 1")
            .select("antecedent", "consequent", "confidence", "p_value")
            .orderBy("p_value")
            .collectAsList();
    for (Products.Rule planted : Products.rules()) {
      Row found =
          rules.stream()
              .filter(rule -> rule.getString(0).equals(planted.ifBought()))
              .filter(rule -> rule.getString(1).equals(planted.thenBought()))
              .findFirst()
              .orElseThrow();
      assertThat(found.getDouble(2)).isCloseTo(planted.confidence(), within(0.2));
      assertThat(rules.indexOf(found)).as("%s", planted).isLessThan(2 * Products.rules().size());
    }
  }

  /** The lifetime model finds the rates again, within 3 of its own standard errors. */
  @Test
  void theProcessByWhichCustomersBuyIsFound() {
    assertThat(
            bench.run(
                COMPANY.end(),
                "customer_purchases",
                "customer_purchase_days",
                "customer_lifetime_value"))
        .as(bench.said())
        .isEqualTo(ExitCode.OK);
    Map<String, Double> found = new TreeMap<>();
    bench
        .stored(OpsTables.MODEL_RUNS)
        .where("model = 'customer_lifetime_value'")
        .selectExpr("explode(parameters) as p")
        .where("p.name rlike '^(r|alpha|a|b)(_standard_error)?$'")
        .collectAsList()
        .forEach(
            row ->
                found.put(
                    row.getStruct(0).getString(0), Double.valueOf(row.getStruct(0).getString(1))));
    Map<String, Double> planted =
        Map.of(
            "r",
            SimulatedCustomer.R,
            "alpha",
            7 * SimulatedCustomer.ALPHA_WEEKS,
            "a",
            SimulatedCustomer.A,
            "b",
            SimulatedCustomer.B);
    planted.forEach(
        (name, value) ->
            assertThat(found.get(name))
                .as("%s, of %s", name, found)
                .isCloseTo(value, within(3 * found.get(name + "_standard_error"))));
  }

  /** Of customers with enough orders, most buy most of the category that was planted. */
  @Test
  void tastesAreFoundInWhatCustomersBuyAndSay() {
    assertThat(bench.run(COMPANY.end(), "customer_interests"))
        .as(bench.said())
        .isEqualTo(ExitCode.OK);
    Dataset<Row> first =
        bench
            .stored(CUSTOMER_INTERESTS)
            .where("dimension = 'category' and rank = 1 and events >= 5")
            .join(lives(), col("customer_id").equalTo(col("customer")));
    double found = first.where("interest = favourite_category").count();
    assertThat(first.count()).isGreaterThan(300);
    assertThat(found / first.count()).as("by chance a quarter").isGreaterThan(0.75);
    assertThat(
            bench
                .stored(CUSTOMER_INTERESTS)
                .where("dimension = 'category' and is_stated")
                .join(
                    lives().where("states_it"),
                    col("customer_id")
                        .equalTo(col("customer"))
                        .and(col("interest").equalTo(col("favourite_category"))))
                .count())
        .isEqualTo(lives().where("states_it").count())
        .isPositive();
  }

  /** Who likes a category is recommended it, which predicts better than what is popular. */
  @Test
  void recommendationsKnowTastes() {
    assertThat(bench.run(COMPANY.end(), "customer_recommendations"))
        .as(bench.said())
        .isEqualTo(ExitCode.OK);
    Row model =
        bench
            .stored(OpsTables.MODEL_RUNS)
            .where("model = 'customer_recommendations'")
            .selectExpr(
                "algorithm",
                "filter(metrics, m -> m.name = 'ndcg_at_10_of_' || replace(algorithm, '-', '_'))[0]"
                    + " as best")
            .first();
    assertThat(model.getString(0)).isNotEqualTo("popularity");
    Row best = model.getStruct(1);
    assertThat(best.<Double>getAs("value")).isGreaterThan(1.1 * best.<Double>getAs("baseline"));
    Dataset<Row> found =
        bench
            .stored(CUSTOMER_RECOMMENDATIONS)
            .where("reason <> 'popular'")
            .join(lives(), col("customer_id").equalTo(col("customer")))
            .selectExpr("element_at(split(product_name, ' '), 1) = favourite_category as suits");
    assertThat((double) found.where("suits").count() / found.count())
        .as("by chance a quarter")
        .isGreaterThan(0.4);
  }

  private static Dataset<Row> lives() {
    return Sessions.small()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(home.resolve("truth/customers_*.csv").toString());
  }
}
