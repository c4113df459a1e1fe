package crm.warehouse.job;

import crm.warehouse.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a job computed: the rows of each table it writes, and what is to be recorded of the model
 * behind them. A job may refuse its own result: then there is a model run with its refusal and no
 * rows, and the rows of the last accepted date stay what readers get.
 */
public final class Outputs {
  private final Map<Table, Dataset<Row>> rows;
  private final Optional<ModelRun> model;
  private final Optional<PipelineModel> pipeline;

  private Outputs(
      Map<Table, Dataset<Row>> rows, Optional<ModelRun> model, Optional<PipelineModel> pipeline) {
    this.rows = Collections.unmodifiableMap(rows);
    this.model = model;
    this.pipeline = pipeline;
  }

  public static Outputs of(Table table, Dataset<Row> rows) {
    return new Outputs(
        new LinkedHashMap<>(Map.of(table, rows)), Optional.empty(), Optional.empty());
  }

  /**
   * No rows, because the model is no better than a naive answer.
   *
   * @param model with its refusal
   */
  public static Outputs refused(ModelRun model) {
    if (model.refusal().isEmpty()) {
      throw new IllegalArgumentException("Model " + model.model() + " is refused without a reason");
    }
    return new Outputs(Map.of(), Optional.of(model), Optional.empty());
  }

  /** These outputs and one more table. */
  public Outputs and(Table table, Dataset<Row> more) {
    Map<Table, Dataset<Row>> all = new LinkedHashMap<>(rows);
    all.put(table, more);
    return new Outputs(all, model, pipeline);
  }

  /** These outputs, made with a model. */
  public Outputs by(ModelRun made) {
    return new Outputs(rows, Optional.of(made), pipeline);
  }

  /** These outputs, whose model is also to be saved as MLlib's. */
  public Outputs with(Optional<PipelineModel> same) {
    return new Outputs(rows, model, same);
  }

  public Map<Table, Dataset<Row>> rows() {
    return rows;
  }

  public Optional<ModelRun> model() {
    return model;
  }

  /** The model as MLlib's; empty where it is refused or MLlib has none of its kind. */
  public Optional<PipelineModel> pipeline() {
    return pipeline;
  }
}
