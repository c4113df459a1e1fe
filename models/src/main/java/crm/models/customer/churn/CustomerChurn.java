package crm.models.customer.churn;

import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.learning.scoring.PartCounts;
import crm.learning.scoring.ScoreRows;
import crm.learning.scoring.ScoringFrame;
import crm.learning.scoring.ScoringModel;
import crm.learning.scoring.ScoringPipeline;
import crm.learning.statistics.PopulationStability;
import crm.warehouse.Columns;
import crm.warehouse.Table;
import crm.warehouse.job.Artefact;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelJob;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.ModelRun.Drift;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.customer.ChurnTables;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who of the customers still active will not buy within a horizon, and why. The scores of the
 * {@link ScoringFrame} are trained, calibrated and tested at past {@linkplain ObservationDates
 * cuts}, every some days; in between the newest model scores the customers of the day.
 */
public record CustomerChurn(ChurnSettings settings) implements ModelJob {
  private static final List<String> RISKS =
      List.of("very low", "low", "medium", "high", "very high");

  @Override
  public String name() {
    return "customer_churn";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, CUSTOMER_PURCHASE_DAYS, ORDER_RETURNS, INTERACTIONS, CUSTOMER_CHURN);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_CHURN);
  }

  @Override
  public FittedModel model(Inputs in, LocalDate logicalDate) {
    ObservationDates cuts = ObservationDates.of(logicalDate.toEpochDay(), settings);
    Dataset<Row> rows = in.cached(new ChurnRows(cuts, settings.activeDays()).rows(in, logicalDate));
    ChurnModel model =
        last(in, ChurnModel.class)
            .filter(earlier -> earlier.serves(logicalDate, settings))
            .orElseGet(() -> fitted(rows, logicalDate));
    FittedModel fitted = fittedModel(model, counts(rows));
    Dataset<Row> customers = rows.where(col(ScoringFrame.PART).equalTo(ChurnRows.SCORED));
    if (model.scoring().isEmpty()) {
      return fitted.rows(run -> Outputs.of(CUSTOMER_CHURN, alike(customers, model, run)));
    }
    if (model.scoring().flatMap(ScoringModel::refusal).isPresent()) {
      return fitted;
    }
    Dataset<Row> scored =
        in.cached(
            new ScoreRows(
                    Artefact.write(model.scores()),
                    List.of("source", "customer_id"),
                    ChurnTables.REASONS)
                .score(customers));
    return fitted
        .drift(drift(scored))
        .pipeline(model.scoring().flatMap(new ScoringPipeline("churn_probability")::of))
        .rows(run -> Outputs.of(CUSTOMER_CHURN, explained(scored, model, run)));
  }

  private ChurnModel fitted(Dataset<Row> rows, LocalDate logicalDate) {
    Dataset<Row> past = rows.where(col(ScoringFrame.OUTCOME).isNotNull());
    PartCounts parts = PartCounts.of(past);
    return parts
        .shortage(settings.scoring())
        .map(shortage -> ChurnModel.withoutScores(parts, shortage, settings, logicalDate))
        .orElseGet(
            () ->
                ChurnModel.of(
                    new ScoringFrame(ChurnRows.KEY, Behaviour.FEATURES, settings.scoring())
                        .fit(past, parts),
                    settings,
                    logicalDate));
  }

  /** Returns how many are scored, and how many are not because they are long gone. */
  private static Map<String, String> counts(Dataset<Row> rows) {
    Row found =
        rows.agg(
                count(when(col(ScoringFrame.PART).equalTo(ChurnRows.SCORED), lit(1))),
                count(when(col(ScoringFrame.PART).equalTo(ChurnRows.GONE), lit(1))))
            .head();
    return Map.of(
        "customers_scored", String.valueOf(found.getLong(0)),
        "customers_long_gone", String.valueOf(found.getLong(1)));
  }

  /** Returns how far the customers of the day are from those the quintiles were cut from. */
  private static List<Drift> drift(Dataset<Row> scored) {
    Column[] quintiles =
        IntStream.rangeClosed(1, RISKS.size())
            .mapToObj(fifth -> count(when(col("fifth").equalTo(fifth), lit(1))))
            .toArray(Column[]::new);
    Row found = scored.agg(count(lit(1)), quintiles).head();
    return found.getLong(0) == 0
        ? List.of()
        : List.of(
            new Drift(
                "log_odds",
                PopulationStability.index(
                    Collections.nCopies(RISKS.size(), found.getLong(0) / (double) RISKS.size()),
                    IntStream.rangeClosed(1, RISKS.size()).mapToObj(found::getLong).toList())));
  }

  private Dataset<Row> explained(Dataset<Row> scored, ChurnModel model, ModelRun run) {
    Column risks = array(RISKS.stream().map(risk -> lit(risk)).toArray(Column[]::new));
    return columns(
        scored
            .withColumnRenamed("probability", "churn_probability")
            .withColumn("churn_risk", element_at(risks, col("fifth"))),
        model,
        run);
  }

  /**
   * Gives every customer the same probability, without reasons. A row is a customer, as {@code
   * curated.customer_churn} declares it.
   */
  private Dataset<Row> alike(Dataset<Row> customers, ChurnModel model, ModelRun run) {
    Column[] columns =
        CUSTOMER_CHURN.columns().stream()
            .map(
                column ->
                    switch (column.name()) {
                      case "source", "customer_id" -> col(column.name());
                      case "churn_probability" ->
                          lit(model.baseRate()).cast("double").as(column.name());
                      default -> lit(null).cast(column.type()).as(column.name());
                    })
            .toArray(Column[]::new);
    return columns(customers.select(columns), model, run);
  }

  private Dataset<Row> columns(Dataset<Row> rows, ChurnModel model, ModelRun run) {
    return rows.withColumn("horizon_days", lit(settings.horizonDays()))
        .withColumn("method", lit(model.method()))
        .withColumn("model_run_id", lit(run.id()))
        .select(Columns.named(CUSTOMER_CHURN.columnNames()));
  }

  private FittedModel fittedModel(ChurnModel model, Map<String, String> counts) {
    Map<String, String> parameters = new TreeMap<>(model.parameters());
    parameters.putAll(counts);
    parameters.put("horizon_days", String.valueOf(settings.horizonDays()));
    parameters.put("active_days", String.valueOf(settings.activeDays()));
    return new FittedModel(
            model,
            model.method(),
            LocalDate.parse(model.fittedOn()),
            model.scoring().map(ScoringModel::grade).orElse(Grade.C))
        .seed(settings.scoring().seed())
        .parameters(parameters)
        .metrics(model.scoring().map(ScoringModel::metrics).orElse(List.of()))
        .refusal(model.scoring().flatMap(ScoringModel::refusal));
  }
}
