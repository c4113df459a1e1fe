package crm.report.figures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import crm.warehouse.Table;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.tables.ops.OpsTables;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * The parameters and metrics of the newest model in use.
 *
 * @param metrics empty where no model is used yet
 * @param refusal why a newer model is not used, if there is one
 */
public record LastModel(
    Map<String, String> parameters, List<Metric> metrics, Optional<String> refusal) {

  /** Reads the models made up to the day for results of a table, which has the model's name. */
  public static LastModel of(PublishedDay day, Table results) {
    Map<String, Row> newest = new HashMap<>();
    day.tables()
        .rows(OpsTables.MODEL_RUNS)
        .where(col("model").equalTo(results.name()))
        .where(col(Table.LOGICAL_DATE).leq(lit(day.date())))
        .groupBy("status")
        .agg(
            max_by(
                    struct("parameters", "metrics", "refusal", Table.LOGICAL_DATE, "recorded_at"),
                    struct(Table.LOGICAL_DATE, "recorded_at"))
                .as("run"))
        .select("status", "run.*")
        .collectAsList()
        .forEach(run -> newest.put(run.getAs("status"), run));
    Optional<Row> used = Optional.ofNullable(newest.get("published"));
    Optional<Row> refused =
        Optional.ofNullable(newest.get("refused"))
            .filter(run -> used.map(before -> isAfter(run, before)).orElse(true));
    return new LastModel(
        used.map(LastModel::parameters).orElse(Map.of()),
        used.map(LastModel::metrics).orElse(List.of()),
        refused.map(run -> run.getAs("refusal")));
  }

  private static boolean isAfter(Row run, Row other) {
    int dates =
        run.<Date>getAs(Table.LOGICAL_DATE).compareTo(other.<Date>getAs(Table.LOGICAL_DATE));
    return dates != 0
        ? dates > 0
        : run.<Timestamp>getAs("recorded_at").after(other.<Timestamp>getAs("recorded_at"));
  }

  private static Map<String, String> parameters(Row run) {
    Map<String, String> parameters = new TreeMap<>();
    run.<Row>getList(run.fieldIndex("parameters"))
        .forEach(row -> parameters.put(row.getAs("name"), row.getAs("value")));
    return parameters;
  }

  private static List<Metric> metrics(Row run) {
    return run.<Row>getList(run.fieldIndex("metrics")).stream()
        .map(
            row ->
                new Metric(
                    row.getAs("name"),
                    row.<Double>getAs("value"),
                    Direction.ofLabel(row.getAs("better")),
                    row.getAs("baseline") == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(row.<Double>getAs("baseline"))))
        .toList();
  }

  public Optional<Metric> metric(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** Returns those whose names begin so, in their order. */
  public List<Metric> metricsOf(String prefix) {
    return metrics.stream().filter(metric -> metric.name().startsWith(prefix)).toList();
  }
}
