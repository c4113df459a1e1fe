package crm.engine.run;

import crm.engine.store.PublishedTables;
import crm.engine.store.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs effects on the published run, one after the other; the first that fails is the last. */
public final class EffectRunner {
  private final Warehouse warehouse;
  private final Progress progress;

  public EffectRunner(Warehouse warehouse, Progress progress) {
    this.warehouse = warehouse;
    this.progress = progress;
  }

  public void run(List<Effect> effects) {
    if (effects.isEmpty()) {
      return;
    }
    PublishedTables tables = new PublishedTables(warehouse);
    progress.expect(effects.size());
    for (Effect effect : effects) {
      progress.started(effect.name());
      Instant start = Instant.now();
      Effect.Result result = effect.run(tables, start);
      progress.finished(effect.name(), result.summary(), Duration.between(start, Instant.now()));
    }
  }
}
