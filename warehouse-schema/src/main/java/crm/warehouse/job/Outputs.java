package crm.warehouse.job;

import crm.warehouse.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  private Outputs(Map<Table, Dataset<Row>> rows, Optional<ModelRun> model) {
    this.rows = Collections.unmodifiableMap(rows);
    this.model = model;
  }

  public static Outputs of(Table table, Dataset<Row> rows) {
    return new Outputs(new LinkedHashMap<>(Map.of(table, rows)), Optional.empty());
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
    return new Outputs(Map.of(), Optional.of(model));
  }

  /** These outputs and one more table. */
  public Outputs and(Table table, Dataset<Row> more) {
    Map<Table, Dataset<Row>> all = new LinkedHashMap<>(rows);
    all.put(table, more);
    return new Outputs(all, model);
  }

  /** These outputs, made with a model. */
  public Outputs by(ModelRun made) {
    return new Outputs(rows, Optional.of(made));
  }

  public Map<Table, Dataset<Row>> rows() {
    return rows;
  }

  public Optional<ModelRun> model() {
    return model;
  }
}
