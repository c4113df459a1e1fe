package crm.models.marketing.rules;

import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_ASSOCIATION_RULES;
import static crm.warehouse.tables.marketing.MarketingTables.PRODUCT_PAIRS;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;

import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.Itemset;
import crm.warehouse.Table;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelJob;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.sales.SalesTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What is bought together: rules between products and between categories of one source, and all
 * pairs of products. Rules that are found and do not hold in later baskets are refused.
 *
 * <p>What comes to the driver is the catalogue of products, baskets per day, and frequent sets of
 * products, whose number is bounded.
 */
public record ProductAssociationRules(AssociationRuleSettings settings) implements ModelJob {
  @Override
  public String name() {
    return "product_association_rules";
  }

  @Override
  public List<Table> reads() {
    return List.of(
        SalesTables.ORDERS,
        SalesTables.ORDER_LINES,
        SalesTables.PRODUCTS,
        PRODUCT_ASSOCIATION_RULES);
  }

  @Override
  public List<Table> writes() {
    return List.of(PRODUCT_ASSOCIATION_RULES, PRODUCT_PAIRS);
  }

  @Override
  public FittedModel model(Inputs in, LocalDate logicalDate) {
    Baskets products = Baskets.ofProducts(in, settings, logicalDate);
    Baskets categories = products.ofCategories(in);
    List<RulesOfSource> mined = new ArrayList<>();
    HoldoutBaskets later = HoldoutBaskets.NONE;
    for (String source : products.sources()) {
      mined.add(mined("product", source, products, in));
      mined.add(mined("category", source, categories, in));
      later = later.and(HoldoutBaskets.of(products.of(source), logicalDate, settings, in));
    }
    long[] inBaskets = products.inBaskets();
    RuleModel model = RuleModel.of(mined, ProductShares.of(products.items(), inBaskets));
    FittedModel fitted =
        new RuleQuality(settings, mined, later)
            .fittedModel(model, last(in, RuleModel.class), products.leftOut(), logicalDate);
    return later.isRefuted()
        ? fitted
        : fitted.rows(
            run ->
                Outputs.of(PRODUCT_ASSOCIATION_RULES, rows(mined, products, run.id()))
                    .and(
                        PRODUCT_PAIRS,
                        ProductPairs.rows(
                            products, inBaskets, settings.minPairBaskets(), run.id())));
  }

  private RulesOfSource mined(String level, String source, Baskets all, Inputs in) {
    Baskets baskets = all.of(source);
    return new RulesOfSource(level, source, baskets, MinedRules.of(baskets, settings, in));
  }

  private static Dataset<Row> rows(List<RulesOfSource> mined, Baskets products, String modelRunId) {
    List<Row> rows = new ArrayList<>();
    for (RulesOfSource found : mined) {
      found.rules().forEach(rule -> rows.add(row(found, rule, modelRunId)));
    }
    // The rules come from one place; whoever goes on with them does so in several.
    return products
        .rows()
        .sparkSession()
        .createDataFrame(rows, PRODUCT_ASSOCIATION_RULES.declaredSchema())
        .repartition(col("antecedent"));
  }

  private static Row row(RulesOfSource found, AssociationRule rule, String modelRunId) {
    RuleCounts counts = rule.counts();
    Catalogue.Item consequent = found.item(rule.consequent());
    return RowFactory.create(
        found.source(),
        found.level(),
        found.text(rule.antecedent(), item -> item.id().replace("+", "\\+")),
        consequent.id(),
        found.text(rule.antecedent(), Catalogue.Item::name),
        consequent.name(),
        rule.antecedent().size(),
        counts.all(),
        counts.left(),
        counts.right(),
        counts.both(),
        counts.support(),
        counts.confidence().getAsDouble(),
        counts.lift().getAsDouble(),
        counts.leverage(),
        orNull(counts.conviction()),
        orNull(counts.zhang()),
        rule.pValue(),
        rule.qValue(),
        rule.isRedundant(),
        found.minSupport(),
        modelRunId);
  }

  private static Double orNull(OptionalDouble measure) {
    return measure.isPresent() ? measure.getAsDouble() : null;
  }

  /** What was found in the baskets of one source, at one level. */
  record RulesOfSource(String level, String source, Baskets baskets, MinedRules mined) {
    List<AssociationRule> rules() {
      return mined.rules();
    }

    double minSupport() {
      return (double) mined.sets().minBaskets() / baskets.size();
    }

    private Catalogue.Item item(int code) {
      return baskets.items().get(code);
    }

    private String text(Itemset items, Function<Catalogue.Item, String> written) {
      return IntStream.range(0, items.size())
          .mapToObj(place -> written.apply(item(items.item(place))))
          .collect(joining(" + "));
    }
  }
}
