package crm.models.marketing.recommendations;

import crm.learning.recommending.Method;
import crm.learning.recommending.RecommendationSettings;
import crm.models.marketing.recommendations.Comparison.Quality;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import crm.warehouse.settings.RecordText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells which method recommends and how well each predicted the last days. The naive answer is what
 * is popular; it is used where nothing is better, so there is nothing to refuse.
 */
record RecommendationQuality(int holdoutDays, RecommendationSettings settings) {

  FittedModel fittedModel(RecommendationModel model, Comparison comparison, LocalDate date) {
    return new FittedModel(model, model.method(), date, grade(comparison))
        .seed(settings.als().seed())
        .parameters(parameters(comparison))
        .metrics(metrics(comparison));
  }

  private Map<String, String> parameters(Comparison comparison) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("method", comparison.best().label());
    parameters.put(
        "chosen_for",
        comparison.quality().isEmpty()
            ? "being safe: fewer than %d customers to test with".formatted(settings.minCustomers())
            : "the highest NDCG at %d in the last %d days"
                .formatted(Comparison.PLACES, holdoutDays));
    parameters.put("already_bought", settings.repeats() ? "include" : "exclude");
    parameters.put("window_days", String.valueOf(settings.windowDays()));
    parameters.put("holdout_days", String.valueOf(holdoutDays));
    parameters.put("neighbours", String.valueOf(settings.neighbours()));
    parameters.put("shrinkage", String.valueOf(settings.shrinkage()));
    parameters.put("als", RecordText.write(settings.als()));
    return parameters;
  }

  private static List<Metric> metrics(Comparison comparison) {
    List<Metric> metrics = new ArrayList<>();
    Quality naive = comparison.quality().get(Method.POPULARITY);
    comparison
        .quality()
        .forEach(
            (method, reached) -> {
              String of = "_of_" + method.label().replace('-', '_');
              metrics.add(better("ndcg_at_10" + of, reached.ndcg(), naive.ndcg()));
              metrics.add(better("precision_at_10" + of, reached.precision(), naive.precision()));
              metrics.add(better("hit_rate_at_10" + of, reached.hitRate(), naive.hitRate()));
            });
    if (naive != null) {
      metrics.add(
          Metric.of("customers_tested", (double) naive.customers(), Direction.INFORMATIONAL));
    }
    return metrics;
  }

  private static Metric better(String name, double value, double baseline) {
    return Metric.of(name, value, Direction.MAXIMIZE, baseline);
  }

  /** By how many times as much the best reaches as popularity. */
  private static Grade grade(Comparison comparison) {
    if (comparison.quality().isEmpty()) {
      return Grade.C;
    }
    double naive = comparison.quality().get(Method.POPULARITY).ndcg();
    double best = comparison.quality().get(comparison.best()).ndcg();
    if (best <= naive) {
      return Grade.D;
    }
    return best >= 2 * naive ? Grade.A : best >= 1.2 * naive ? Grade.B : Grade.C;
  }
}
