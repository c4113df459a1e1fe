package crm.app.settings;

import crm.engine.run.Effect;
import crm.export.audience.ExportAudiences;
import crm.publish.PublishJdbc;
import crm.publish.PublishParquet;
import crm.report.Report;
import java.util.List;
import java.util.Optional;

/** Every effect there is, given the settings. */
public final class EffectCatalog {
  /** As the setting {@code effects} may name them. */
  static final List<String> NAMES = List.of("report", "publish-parquet", "publish-jdbc", "export");

  private EffectCatalog() {}

  /** The effects; a new one is a line here, and its name one above. */
  public static List<Effect> all(Settings settings) {
    return List.of(
        new Report(settings.reportFile(), settings.baseCurrency()),
        new PublishParquet(settings.publish()),
        new PublishJdbc(settings.publish()),
        new ExportAudiences(
            settings.exports().path(), settings.exports().audiences(), Optional.empty()));
  }

  /** Those that follow a run, in the order the settings name them. */
  public static List<Effect> afterRun(Settings settings) {
    List<Effect> all = all(settings);
    return settings.effects().stream()
        .flatMap(name -> all.stream().filter(effect -> effect.name().equals(name)))
        .toList();
  }
}
