package crm.engine.history;

import crm.engine.history.JobRun.Part;
import crm.engine.store.ContentHash;
import crm.engine.store.SavedModels;
import crm.engine.store.Warehouse;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.ModelRun.Drift;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.tables.ops.OpsTables;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The models that were made: a row of {@code ops.model_runs} and a saved artefact each. */
public final class ModelHistory {
  private final Warehouse warehouse;
  private final SavedModels saved;
  private final Map<Key, Artefact> artefacts = new HashMap<>();
  private final List<Row> unsaved = new ArrayList<>();

  private record Key(String model, LocalDate logicalDate) {}

  private record Artefact(String path, String sha256) {}

  ModelHistory(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.saved = SavedModels.of(warehouse);
    // One row per model and date: what later dates may need.
    warehouse
        .stored(OpsTables.MODEL_RUNS)
        .select("model", "logical_date", "artefact_path", "artefact_sha256", "recorded_at")
        .collectAsList()
        .stream()
        .sorted(Comparator.comparing((Row row) -> row.<Timestamp>getAs("recorded_at")))
        .forEach(
            row ->
                artefacts.put(
                    new Key(row.getString(0), row.getDate(1).toLocalDate()),
                    new Artefact(row.getString(2), row.getString(3))));
  }

  /**
   * Saves the artefact and takes note of the model; {@link #save} makes the note last.
   *
   * @param pipeline the model as MLlib's, if it has one of its kind
   * @param reads what the job read
   */
  public synchronized void add(
      ModelRun model,
      Optional<PipelineModel> pipeline,
      String runId,
      String commit,
      String settings,
      Map<Part, ContentHash> reads,
      Instant at) {
    Artefact artefact = new Artefact(saved.save(model), model.artefactHash());
    artefacts.put(new Key(model.model(), model.logicalDate()), artefact);
    Map<String, String> parameters = new TreeMap<>(model.parameters());
    pipeline.ifPresent(same -> parameters.putAll(saved.save(model, same)));
    unsaved.add(
        RowFactory.create(
            model.id(),
            runId,
            model.model(),
            Date.valueOf(model.logicalDate()),
            model.algorithm(),
            Date.valueOf(model.fittedOn()),
            model.seed().isPresent() ? model.seed().getAsLong() : null,
            model.refusal().isPresent() ? "refused" : "published",
            model.refusal().orElse(null),
            model.grade().name(),
            parameters.entrySet().stream()
                .map(parameter -> RowFactory.create(parameter.getKey(), parameter.getValue()))
                .toArray(),
            model.metrics().stream().map(ModelHistory::row).toArray(),
            model.drift().stream().map(ModelHistory::row).toArray(),
            reads.entrySet().stream()
                .map(read -> RowFactory.create(JobRunRow.cells(read.getKey(), read.getValue())))
                .toArray(),
            settings,
            commit,
            artefact.path(),
            artefact.sha256(),
            Timestamp.from(at)));
  }

  private static Row row(Metric metric) {
    return RowFactory.create(
        metric.name(),
        metric.value(),
        metric.direction().label(),
        metric.baseline().isPresent() ? metric.baseline().getAsDouble() : null);
  }

  private static Row row(Drift drift) {
    return RowFactory.create(drift.feature(), drift.psi());
  }

  /** The artefact of a model of a date, checked to be what was saved. */
  synchronized Optional<String> artefact(String model, LocalDate date) {
    return Optional.ofNullable(artefacts.get(new Key(model, date)))
        .map(artefact -> saved.load(artefact.path(), artefact.sha256()));
  }

  synchronized void save() {
    warehouse.append(OpsTables.MODEL_RUNS, unsaved);
    unsaved.clear();
  }
}
