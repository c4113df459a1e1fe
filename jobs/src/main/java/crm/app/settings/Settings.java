package crm.app.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import crm.engine.files.StoragePath;
import crm.engine.schedule.PipelineSettings;
import crm.export.audience.ExportSettings;
import crm.ingest.source.Rules;
import crm.ingest.source.SourceMapping;
import crm.publish.PublishSettings;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import crm.warehouse.settings.ConfigSection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    LocalDate earliestDate,
    int jobsAtOnce,
    int stepsFromRows,
    List<SourceMapping> sources,
    List<Job> computations,
    int keepDates,
    int keepVersionsDays,
    List<String> effects,
    String reportFile,
    PublishSettings publish,
    ExportSettings exports,
    PipelineSettings pipeline) {

  /** Returns the rules for the records of all sources. */
  public Rules rules() {
    return new Rules(timeZone, baseCurrency, maxFutureDays, earliestDate);
  }

  /**
   * Reads the settings of a workspace. From weakest to strongest: the reference, the workspace's
   * {@code conf/crm.conf}, the given file, single settings.
   *
   * @param home the workspace
   * @param shipped the folder of the sources and audiences that come with the program, used where
   *     the workspace has none of that name
   * @param file a file of overrides
   * @param single settings by key
   */
  public static Settings load(
      StoragePath home,
      StoragePath shipped,
      Optional<StoragePath> file,
      Map<String, String> single) {
    List<String> problems = new ArrayList<>();
    try {
      Config reference = ConfigFactory.parseResources("crm.conf");
      Config given = ConfigFactory.empty();
      for (Map.Entry<String, String> setting : single.entrySet()) {
        given = given.withFallback(single(setting.getKey(), setting.getValue()));
      }
      file.filter(named -> !named.exists())
          .ifPresent(named -> problems.add("there is no file of settings " + named));
      given = file.map(StoragePath::config).map(given::withFallback).orElse(given);
      given = given.withFallback(home.resolve("conf/crm.conf").config());
      findUnknown(given, reference, problems);
      Config config =
          given
              .withFallback(reference)
              .withFallback(
                  ConfigFactory.empty()
                      .withValue("home", ConfigValueFactory.fromAnyRef(home.forSpark())))
              .resolve();
      Settings settings = new Reader(config, home, shipped, problems).read();
      if (problems.isEmpty()) {
        return settings;
      }
    } catch (ConfigException e) {
      problems.add(e.getMessage());
    }
    throw UserError.usage(
        "The settings cannot be used:%n  - %s%nconf/crm.conf, with the files that it includes, describes every setting.",
        String.join("\n  - ", problems));
  }

  /** HOCON, or text where it is none, as s3a://bucket. */
  private static Config single(String key, String value) {
    try {
      return ConfigFactory.parseString(key + " = " + value);
    } catch (ConfigException.Parse e) {
      return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value));
    }
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

  private record Reader(
      Config config, StoragePath home, StoragePath shipped, List<String> problems) {
    private ConfigSection section() {
      return new ConfigSection("crm.conf", config, problems);
    }

    Settings read() {
      return new Settings(
          config.getString("paths.landing"),
          config.getString("paths.warehouse"),
          timeZone(config.getString("time-zone")),
          currency(config.getString("base-currency")),
          section().whole("max-future-days", 0, 366),
          date("earliest-date"),
          section().whole("jobs-at-once", 1, 16),
          section().whole("steps-from-rows", 0, Integer.MAX_VALUE),
          sources(),
          tried(() -> JobCatalog.computations(section())),
          section().whole("maintenance.keep-dates", 1, 100_000),
          section().whole("maintenance.keep-versions-days", 7, 36_500),
          effects(),
          config.getString("report.file"),
          tried(() -> PublishSettings.of(config.getConfig("publish"))),
          exports(),
          tried(() -> PipelineSettings.of(config.getConfig("pipeline"))));
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

    /** The audiences that follow a run are read now, so that a wrong one is reported before it. */
    private ExportSettings exports() {
      ExportSettings exports =
          new ExportSettings(
              config.getString("paths.exports"),
              home.resolve("conf/audiences"),
              shipped.resolve("audiences"),
              config.getStringList("exports.audiences"));
      exports.names().forEach(name -> tried(() -> exports.audience(name)));
      return exports;
    }

    private List<SourceMapping> sources() {
      List<SourceMapping> mappings = new ArrayList<>();
      for (String name : config.getStringList("sources")) {
        StoragePath own = home.resolve("conf/sources/" + name + ".conf");
        StoragePath theirs = shipped.resolve("sources/" + name + ".conf");
        StoragePath file = own.exists() ? own : theirs;
        if (!name.matches("[a-z0-9_-]+") || !file.exists()) {
          problems.add(
              "sources names '%s', and there is neither %s nor %s".formatted(name, own, theirs));
        } else {
          SourceMapping mapping =
              tried(() -> SourceMapping.of(file.config().resolve(), file.name()));
          if (mapping != null) {
            mappings.add(mapping);
          }
        }
      }
      return mappings;
    }

    private <T> T tried(Supplier<T> value) {
      return section().tried(value);
    }

    private ZoneId timeZone(String name) {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        problems.add("time-zone = '" + name + "' is no time zone; choose as in Europe/Berlin");
        return ZoneId.of("UTC");
      }
    }

    private LocalDate date(String key) {
      String text = config.getString(key);
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        problems.add("%s = '%s' is no date; write as in 1970-01-01".formatted(key, text));
        return LocalDate.EPOCH;
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
  }
}
