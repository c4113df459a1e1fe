package crm.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import crm.effects.PublishSettings;
import crm.ingest.SourceMapping;
import crm.models.churn.ChurnSettings;
import crm.models.customer.RfmSettings;
import crm.models.customer.ScoreMethod;
import crm.models.lifetime.LifetimeValueSettings;
import crm.models.marketing.rules.AssociationRuleSettings;
import crm.models.purchasing.PurchaseMethod;
import crm.models.sales.forecast.Measure;
import crm.models.sales.forecast.SalesForecastSettings;
import crm.models.sales.forecast.SalesForecastSettings.Periods;
import crm.models.scoring.ScoringSettings;
import crm.models.segments.Feature;
import crm.models.segments.SegmentationSettings;
import crm.warehouse.UserError;
import java.io.File;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * conf/ read once, all problems reported at once. What conf/crm.conf says of a key is not repeated
 * here.
 */
public record Settings(
    String landing,
    String warehouse,
    ZoneId timeZone,
    String baseCurrency,
    int maxFutureDays,
    int jobsAtOnce,
    List<SourceMapping> sources,
    RfmSettings rfm,
    LifetimeValueSettings lifetimeValue,
    SegmentationSettings segmentation,
    ChurnSettings churn,
    AssociationRuleSettings associationRules,
    SalesForecastSettings salesForecast,
    int keepDates,
    int keepVersionsDays,
    List<String> effects,
    String reportFile,
    PublishSettings publish) {

  /**
   * Reads the settings of a workspace. From weakest to strongest: the reference, the workspace's
   * {@code conf/crm.conf}, the given file, single settings.
   *
   * @param home the workspace
   * @param shipped the folder of the sources that come with the program, used where the workspace
   *     has none of that name
   * @param file a file of overrides
   * @param single settings by key
   */
  public static Settings load(
      File home, File shipped, Optional<File> file, Map<String, String> single) {
    List<String> problems = new ArrayList<>();
    try {
      Config reference = ConfigFactory.parseResources("crm.conf");
      Config given = ConfigFactory.empty();
      for (Map.Entry<String, String> setting : single.entrySet()) {
        given =
            given.withFallback(
                ConfigFactory.parseString(setting.getKey() + " = " + setting.getValue()));
      }
      given = file.map(ConfigFactory::parseFile).map(given::withFallback).orElse(given);
      given = given.withFallback(ConfigFactory.parseFile(new File(home, "conf/crm.conf")));
      findUnknown(given, reference, problems);
      Config config =
          given
              .withFallback(reference)
              .withFallback(
                  ConfigFactory.empty()
                      .withValue("home", ConfigValueFactory.fromAnyRef(home.getPath())))
              .resolve();
      Settings settings = new Reader(config, home, shipped, problems).read();
      if (problems.isEmpty()) {
        return settings;
      }
    } catch (ConfigException e) {
      problems.add(e.getMessage());
    }
    throw UserError.usage(
        "The settings cannot be used:%n  - %s%nconf/crm.conf describes every setting.",
        String.join("\n  - ", problems));
  }

  private static void findUnknown(Config given, Config reference, List<String> problems) {
    given
        .root()
        .forEach(
            (section, value) -> {
              if (!reference.root().containsKey(section)) {
                problems.add("unknown setting '" + section + "'");
              }
            });
    for (String section : reference.root().keySet()) {
      if (given.hasPath(section)
          && reference.root().get(section) instanceof com.typesafe.config.ConfigObject known
          && given.getValue(section) instanceof com.typesafe.config.ConfigObject named) {
        for (String key : named.keySet()) {
          if (!known.containsKey(key)) {
            problems.add("unknown setting '" + section + "." + key + "'");
          }
        }
      }
    }
  }

  private record Reader(Config config, File home, File shipped, List<String> problems) {
    Settings read() {
      return new Settings(
          config.getString("paths.landing"),
          config.getString("paths.warehouse"),
          timeZone(config.getString("time-zone")),
          currency(config.getString("base-currency")),
          between("max-future-days", 0, 366),
          between("jobs-at-once", 1, 16),
          sources(),
          tried(this::rfm),
          tried(this::lifetimeValue),
          tried(() -> segmentation(config.getConfig("segmentation"))),
          tried(() -> churn(config.getConfig("churn"))),
          tried(() -> associationRules(config.getConfig("association-rules"))),
          tried(() -> salesForecast(config.getConfig("sales-forecast"))),
          between("maintenance.keep-dates", 1, 100_000),
          between("maintenance.keep-versions-days", 7, 36_500),
          effects(),
          config.getString("report.file"),
          tried(() -> PublishSettings.of(config.getConfig("publish"))));
    }

    private List<String> effects() {
      List<String> names = config.getStringList("effects");
      for (String name : names) {
        if (!EffectCatalog.NAMES.contains(name)) {
          problems.add(
              "effects names '%s'; there are %s"
                  .formatted(name, String.join(", ", EffectCatalog.NAMES)));
        }
      }
      return names;
    }

    private RfmSettings rfm() {
      return new RfmSettings(
          ScoreMethod.valueOf(
              constant("rfm.method", "percent-rank", "ntile", "quartile", "tercile", "fixed")),
          choice("rfm.returns", List.of("net", "ignore")).equals("net"),
          config.getLongList("rfm.breaks.recency-days"),
          config.getLongList("rfm.breaks.frequency-orders"),
          config.getLongList("rfm.breaks.monetary"));
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
          config.getInt("lifetime-value.lifespan-years"),
          new BigDecimal(config.getString("lifetime-value.discount-rate")),
          PurchaseMethod.valueOf(
              constant("lifetime-value.model", "bg-nbd", "mbg-nbd", "pareto-nbd")),
          config.getInt("lifetime-value.horizon-months"),
          new BigDecimal(config.getString("lifetime-value.margin")),
          config.getInt("lifetime-value.holdout-days"),
          config.getInt("lifetime-value.min-customers"),
          config.getInt("lifetime-value.max-age-days"));
    }

    private List<SourceMapping> sources() {
      List<SourceMapping> mappings = new ArrayList<>();
      for (String name : config.getStringList("sources")) {
        File own = new File(home, "conf/sources/" + name + ".conf");
        File file = own.exists() ? own : new File(shipped, name + ".conf");
        if (!name.matches("[a-z0-9_-]+") || !file.exists()) {
          problems.add(
              "sources names '%s', and there is neither %s nor %s"
                  .formatted(name, own, new File(shipped, name + ".conf")));
        } else {
          SourceMapping mapping =
              tried(
                  () -> SourceMapping.of(ConfigFactory.parseFile(file).resolve(), file.getPath()));
          if (mapping != null) {
            mappings.add(mapping);
          }
        }
      }
      return mappings;
    }

    /** The value, or null with its problem noted. */
    private <T> T tried(Supplier<T> value) {
      try {
        return value.get();
      } catch (UserError | ConfigException | NumberFormatException e) {
        problems.add(e.getMessage());
        return null;
      }
    }

    private ZoneId timeZone(String name) {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        problems.add("time-zone = '" + name + "' is no time zone; choose as in Europe/Berlin");
        return ZoneId.of("UTC");
      }
    }

    private String currency(String code) {
      try {
        return Currency.getInstance(code).getCurrencyCode();
      } catch (IllegalArgumentException e) {
        problems.add("base-currency = '" + code + "' is no ISO 4217 code; choose as in EUR");
        return code;
      }
    }

    private int between(String key, int least, int greatest) {
      int value = config.getInt(key);
      if (value < least || value > greatest) {
        problems.add("%s = %d: choose %d to %d".formatted(key, value, least, greatest));
      }
      return value;
    }

    /** The chosen word as the name of a Java constant. */
    private String constant(String key, String... words) {
      return choice(key, List.of(words)).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private String choice(String key, List<String> words) {
      String value = config.getString(key);
      if (!words.contains(value)) {
        problems.add("%s = '%s': choose %s".formatted(key, value, String.join(" or ", words)));
        return words.get(0);
      }
      return value;
    }
  }
}
