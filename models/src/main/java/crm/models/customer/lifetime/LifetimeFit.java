package crm.models.customer.lifetime;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.learning.purchasing.PurchaseCells;
import crm.learning.purchasing.PurchaseFit;
import crm.learning.purchasing.PurchaseMethod;
import crm.learning.purchasing.PurchaseModel;
import crm.learning.purchasing.SpendCells;
import crm.learning.purchasing.SpendFit;
import crm.warehouse.Money;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The models of a date: of purchases, of spend, and how good they are.
 *
 * <p>The purchase model is graded on the last days, which a fit to the days before has to predict.
 * If that is no better than a naive answer the fit is refused, and customers are scored with the
 * last accepted one, or where there is none or it is too old, by one rate for all.
 *
 * @param cells the customers, outliers too
 * @param purchases fitted to all days
 * @param grading of a fit to the days before the last
 * @param calibratedTo where those end
 * @param spends the repeat buyers
 * @param spend fitted to all days
 * @param meanPurchase mean value of a purchase
 */
record LifetimeFit(
    PurchaseCells cells,
    PurchaseFit purchases,
    Grading grading,
    LocalDate calibratedTo,
    SpendCells spends,
    SpendFit spend,
    double meanPurchase) {
  /** Repeat buyers that a distribution of spend needs. */
  private static final int MIN_REPEAT_BUYERS = 30;

  static LifetimeFit of(
      LifetimeValueSettings settings,
      Dataset<Row> histories,
      LocalDate calibratedTo,
      LocalDate logicalDate) {
    int min = settings.minCustomers();
    Holdout all =
        PurchaseHistories.holdout(
            histories, (int) ChronoUnit.DAYS.between(calibratedTo, logicalDate));
    Holdout holdout = all.upTo(all.cells().maxPurchases());
    Grading grading =
        Grading.of(holdout, PurchaseFit.of(settings.model(), holdout.cells(), min).model(), min);
    PurchaseCells cells = PurchaseHistories.cells(histories);
    SpendCells spends = PurchaseHistories.spend(histories);
    return new LifetimeFit(
        cells,
        PurchaseFit.of(settings.model(), cells.withoutOutliers(), min),
        grading,
        calibratedTo,
        spends,
        SpendFit.of(spends, MIN_REPEAT_BUYERS),
        meanPurchase(histories));
  }

  private static double meanPurchase(Dataset<Row> histories) {
    Row sums =
        histories
            .agg(
                coalesce(sum("spend"), lit(0L)),
                coalesce(sum(col("purchases").plus(lit(1L))), lit(1L)))
            .head();
    return Money.ofUnits(sums.getLong(0)) / sums.getLong(1);
  }

  /**
   * Returns the model that customers are scored with: this fit, or where it is refused its
   * replacement.
   *
   * @param last the last accepted model
   */
  FittedModel model(
      LifetimeValueSettings settings, Optional<LifetimeModel> last, LocalDate logicalDate) {
    LifetimeModel used = used(settings, last, logicalDate);
    return new FittedModel(
            used, used.method() + " and " + used.spend().method(), used.fitted(), grade())
        .parameters(parameters(used))
        .metrics(metrics())
        .drift(
            last.map(before -> Histograms.drift(before.histograms(), used.histograms()))
                .orElse(List.of()))
        .refusal(grading.refusal());
  }

  /** Grades the fit; C at best where the wanted model could not be fitted. */
  private Grade grade() {
    return purchases.fallback().isPresent() && grading.grade().compareTo(Grade.C) < 0
        ? Grade.C
        : grading.grade();
  }

  private LifetimeModel used(
      LifetimeValueSettings settings, Optional<LifetimeModel> previous, LocalDate logicalDate) {
    Spend spendModel = Spend.of(spend, meanPurchase);
    Map<String, List<Long>> histograms = Histograms.count(cells);
    if (grading.refusal().isEmpty()) {
      return LifetimeModel.of(
          logicalDate,
          grading.ungraded().isEmpty(),
          purchases.model(),
          cells.maxPurchases(),
          spendModel,
          histograms);
    }
    Optional<LifetimeModel> again =
        previous
            .filter(LifetimeModel::accepted)
            .filter(model -> !model.fitted().plusDays(settings.maxAgeDays()).isBefore(logicalDate));
    return LifetimeModel.of(
        again.map(LifetimeModel::fitted).orElse(logicalDate),
        again.isPresent(),
        again
            .flatMap(LifetimeModel::purchases)
            .or(
                () ->
                    PurchaseFit.of(
                            PurchaseMethod.POOLED_RATE,
                            cells.withoutOutliers(),
                            settings.minCustomers())
                        .model()),
        cells.maxPurchases(),
        spendModel,
        histograms);
  }

  private List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(grading.metrics());
    metrics.add(Metric.of("customers", (double) cells.totalCustomers(), Direction.INFORMATIONAL));
    metrics.add(
        Metric.of(
            "outliers",
            (double) (cells.totalCustomers() - cells.withoutOutliers().totalCustomers()),
            Direction.INFORMATIONAL));
    metrics.add(Metric.of("repeat_purchases", cells.totalPurchases(), Direction.INFORMATIONAL));
    purchases
        .model()
        .ifPresent(
            model ->
                metrics.add(
                    Metric.of(
                        "log_likelihood", purchases.logLikelihood(), Direction.INFORMATIONAL)));
    if (spends.totalCustomers() > 0) {
      metrics.add(
          Metric.of("spend_frequency_correlation", spends.correlation(), Direction.TARGET, 0));
    }
    return metrics;
  }

  private Map<String, String> parameters(LifetimeModel used) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("method", used.method());
    parameters.put("spend_method", used.spend().method());
    parameters.put("calibrated_to", calibratedTo.toString());
    parameters.put("cells", String.valueOf(cells.size()));
    parameters.put("likelihoods", String.valueOf(purchases.evaluations()));
    purchases.model().ifPresent(model -> put(parameters, model));
    for (int i = 0; i < used.spend().parameters().size(); i++) {
      List<String> names =
          used.spend().parameters().size() == 3
              ? List.of("spend_p", "spend_q", "spend_v")
              : List.of("spend_mean");
      parameters.put(names.get(i), used.spend().parameters().get(i).toString());
    }
    purchases.fallback().ifPresent(reason -> parameters.put("fallback", reason));
    spend.fallback().ifPresent(reason -> parameters.put("spend_fallback", reason));
    grading.ungraded().ifPresent(reason -> parameters.put("not_graded", reason));
    return parameters;
  }

  private void put(Map<String, String> parameters, PurchaseModel fitted) {
    parameters.put("fitted", fitted.method().label());
    List<String> names = fitted.method().parameterNames();
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), String.valueOf(fitted.parameters()[i]));
      if (i < purchases.standardErrors().length) {
        parameters.put(
            names.get(i) + "_standard_error", String.valueOf(purchases.standardErrors()[i]));
      }
    }
  }
}
