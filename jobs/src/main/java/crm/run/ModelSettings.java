package crm.run;

import com.typesafe.config.Config;
import crm.jobs.customer.InterestSettings;
import crm.models.churn.ChurnSettings;
import crm.models.customer.RfmSettings;
import crm.models.customer.ScoreMethod;
import crm.models.lifetime.LifetimeValueSettings;
import crm.models.marketing.recommenders.Method;
import crm.models.marketing.recommenders.RecommendationSettings;
import crm.models.marketing.rules.AssociationRuleSettings;
import crm.models.purchasing.PurchaseMethod;
import crm.models.sales.forecast.Measure;
import crm.models.sales.forecast.SalesForecastSettings;
import crm.models.sales.forecast.SalesForecastSettings.Periods;
import crm.models.scoring.ScoringSettings;
import crm.models.segments.Feature;
import crm.models.segments.SegmentationSettings;
import crm.warehouse.ConfigSection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What the jobs that compute are told, by a section of conf/crm.conf each. */
public record ModelSettings(
    RfmSettings rfm,
    LifetimeValueSettings lifetimeValue,
    SegmentationSettings segmentation,
    ChurnSettings churn,
    AssociationRuleSettings associationRules,
    RecommendationSettings recommendations,
    InterestSettings interests,
    SalesForecastSettings salesForecast) {

  /**
   * @param problems is added what is wrong; the settings are then not to be used
   */
  static ModelSettings of(Config config, List<String> problems) {
    return new Reader(new ConfigSection("crm.conf", config, problems)).read();
  }

  private record Reader(ConfigSection section) {
    ModelSettings read() {
      return new ModelSettings(
          section.tried(this::rfm),
          section.tried(this::lifetimeValue),
          section.tried(() -> segmentation(at("segmentation"))),
          section.tried(() -> churn(at("churn"))),
          section.tried(() -> associationRules(at("association-rules"))),
          section.tried(() -> recommendations(at("recommendations"))),
          section.tried(() -> new InterestSettings(at("interests").getInt("half-life-days"))),
          section.tried(() -> salesForecast(at("sales-forecast"))));
    }

    private Config at(String key) {
      return section.config().getConfig(key);
    }

    private RfmSettings rfm() {
      return new RfmSettings(
          ScoreMethod.valueOf(
              constant("rfm.method", "percent-rank", "ntile", "quartile", "tercile", "fixed")),
          section.choice("rfm.returns", "net", "ignore").equals("net"),
          section.config().getLongList("rfm.breaks.recency-days"),
          section.config().getLongList("rfm.breaks.frequency-orders"),
          section.config().getLongList("rfm.breaks.monetary"));
    }

    private static SegmentationSettings segmentation(Config of) {
      return new SegmentationSettings(
          of.getString("k").equals("auto") ? OptionalInt.empty() : OptionalInt.of(of.getInt("k")),
          of.getInt("k-min"),
          of.getInt("k-max"),
          of.getStringList("features").stream().map(Feature::labelled).toList(),
          new BigDecimal(of.getString("winsorize")),
          of.getInt("restarts"),
          of.getInt("bootstraps"),
          of.getInt("refit-days"),
          of.getInt("min-customers"),
          of.getInt("max-cells"),
          of.getLong("seed"));
    }

    private static ChurnSettings churn(Config of) {
      return new ChurnSettings(
          of.getInt("horizon-days"),
          of.getInt("active-days"),
          of.getInt("training-cuts"),
          of.getInt("refit-days"),
          new ScoringSettings(
              "churn",
              of.getInt("trees"),
              of.getInt("tree-depth"),
              of.getDouble("learning-rate"),
              of.getDouble("regularisation"),
              of.getInt("min-customers"),
              of.getInt("max-training-rows"),
              of.getLong("seed")));
    }

    private AssociationRuleSettings associationRules(Config rules) {
      return new AssociationRuleSettings(
          rules.getInt("window-days"),
          rules.getInt("max-basket-items"),
          new BigDecimal(rules.getString("min-support")),
          rules.getInt("min-baskets"),
          rules.getDouble("min-confidence"),
          rules.getDouble("false-discovery-rate"),
          rules.getInt("max-length"),
          rules.getInt("max-itemsets"),
          rules.getInt("min-pair-baskets"),
          AssociationRuleSettings.Algorithm.valueOf(
              constant("association-rules.algorithm", "auto", "counted", "fp-growth")));
    }

    private RecommendationSettings recommendations(Config of) {
      return new RecommendationSettings(
          of.getInt("per-customer"),
          section.choice("recommendations.already-bought", "exclude", "include").equals("include"),
          of.getString("products"),
          of.getInt("window-days"),
          of.getStringList("methods").stream().map(Method::labelled).toList(),
          of.getInt("holdout-days"),
          of.getInt("min-customers"),
          of.getInt("max-customer-products"),
          of.getInt("neighbours"),
          of.getInt("shrinkage"),
          new RecommendationSettings.Als(
              of.getInt("als.rank"),
              of.getInt("als.iterations"),
              of.getDouble("als.regularization"),
              of.getDouble("als.confidence"),
              of.getLong("als.seed")));
    }

    private static SalesForecastSettings salesForecast(Config of) {
      return new SalesForecastSettings(
          of.getStringList("measures").stream().map(Measure::labelled).toList(),
          of.getStringList("frequencies").stream()
              .map(name -> Periods.labelled(name, label -> of.getInt("horizon." + label)))
              .toList(),
          of.getInt("origins"),
          of.getInt("history-days"),
          of.getInt("longest-closed-days"),
          of.getStringList("holidays"),
          of.getBoolean("boosted-trees"),
          of.getInt("accuracy-days"));
    }

    private LifetimeValueSettings lifetimeValue() {
      return new LifetimeValueSettings(
          section.config().getInt("lifetime-value.lifespan-years"),
          new BigDecimal(section.config().getString("lifetime-value.discount-rate")),
          PurchaseMethod.valueOf(
              constant("lifetime-value.model", "bg-nbd", "mbg-nbd", "pareto-nbd")),
          section.config().getInt("lifetime-value.horizon-months"),
          new BigDecimal(section.config().getString("lifetime-value.margin")),
          section.config().getInt("lifetime-value.holdout-days"),
          section.config().getInt("lifetime-value.min-customers"),
          section.config().getInt("lifetime-value.max-age-days"));
    }

    /** The chosen word as the name of a Java constant. */
    private String constant(String key, String... words) {
      return section.choice(key, words).toUpperCase(Locale.ROOT).replace('-', '_');
    }
  }
}
