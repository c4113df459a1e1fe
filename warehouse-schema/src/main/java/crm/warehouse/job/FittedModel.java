package crm.warehouse.job;

import crm.warehouse.job.ModelRun.Drift;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.spark.ml.PipelineModel;

/**
 * A model, its {@link ModelRun}, and how rows are made with it. One that is refused makes no rows,
 * unless something older or simpler that it holds stands in for it.
 */
public final class FittedModel {
  private final Record model;
  private final String algorithm;
  private final LocalDate fittedOn;
  private final Grade grade;
  private OptionalLong seed = OptionalLong.empty();
  private Map<String, String> parameters = Map.of();
  private List<Metric> metrics = List.of();
  private List<Drift> drift = List.of();
  private Optional<String> refusal = Optional.empty();
  private Optional<PipelineModel> pipeline = Optional.empty();
  private Optional<Function<ModelRun, Outputs>> rows = Optional.empty();

  /** See {@link ModelRun} for the meaning of each. */
  public FittedModel(Record model, String algorithm, LocalDate fittedOn, Grade grade) {
    this.model = model;
    this.algorithm = algorithm;
    this.fittedOn = fittedOn;
    this.grade = grade;
  }

  public FittedModel seed(long start) {
    seed = OptionalLong.of(start);
    return this;
  }

  public FittedModel parameters(Map<String, String> byName) {
    parameters = byName;
    return this;
  }

  public FittedModel metrics(List<Metric> all) {
    metrics = all;
    return this;
  }

  public FittedModel drift(List<Drift> ofFeatures) {
    drift = ofFeatures;
    return this;
  }

  public FittedModel refusal(Optional<String> why) {
    refusal = why;
    return this;
  }

  /**
   * The same model as MLlib's, which gives the labels and scores of the rows: the engine saves it
   * beside the artefact. It has to follow from the model alone, so that it is the same for each of
   * its runs; empty where MLlib has none of its kind.
   */
  public FittedModel pipeline(Optional<PipelineModel> same) {
    pipeline = same;
    return this;
  }

  /** The tables of the job, given the run that their rows name. */
  public FittedModel rows(Function<ModelRun, Outputs> made) {
    rows = Optional.of(made);
    return this;
  }

  Outputs outputs(String job, LocalDate logicalDate) {
    ModelRun run =
        new ModelRun(
            job,
            logicalDate,
            algorithm,
            fittedOn,
            seed,
            parameters,
            metrics,
            drift,
            grade,
            refusal,
            Artefact.write(model));
    return rows.map(made -> made.apply(run).by(run).with(pipeline))
        .orElseGet(() -> Outputs.refused(run));
  }
}
