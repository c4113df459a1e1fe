package crm.models.customer.lifetime;

import crm.learning.purchasing.PurchaseModel;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a model that had not seen the last days predicted them, beside three answers that need no
 * model: nobody buys again, everybody buys as many as so far, everybody buys at the rate so far.
 *
 * @param metrics by name
 * @param grade by how much less its squared error is than that of the best naive answer
 * @param refusal why the model is not to be used, if it is no better
 * @param ungraded why it was not graded, if it was not
 */
record Grading(
    List<Metric> metrics, Grade grade, Optional<String> refusal, Optional<String> ungraded) {

  private static final int MAX_REPEATS = 7;

  static Grading of(Holdout holdout, Optional<PurchaseModel> model, int minCustomers) {
    if (model.isEmpty() || holdout.customers() < minCustomers) {
      return new Grading(
          List.of(),
          Grade.C,
          Optional.empty(),
          Optional.of(
              "%d customers bought before the last %d days; %d are needed"
                  .formatted(holdout.customers(), holdout.days(), minCustomers)));
    }
    Holdout.Score score = holdout.score(holdout.predicted(model.get()));
    Holdout.Score zero = holdout.score(holdout.zero());
    Holdout.Score repeat = holdout.score(holdout.repeat());
    Holdout.Score rate = holdout.score(holdout.rate());
    List<Holdout.Score> naive = List.of(zero, repeat, rate);
    double min = naive.stream().mapToDouble(Holdout.Score::squaredError).min().orElseThrow();
    List<Metric> metrics =
        Stream.of(
                Stream.of(
                    Metric.of(
                        "holdout_squared_error", score.squaredError(), Direction.MINIMIZE, min),
                    Metric.of(
                        "holdout_rank_correlation",
                        score.rankCorrelation(),
                        Direction.MAXIMIZE,
                        best(naive, Holdout.Score::rankCorrelation)),
                    Metric.of(
                        "holdout_top_tenth",
                        score.topTenth(),
                        Direction.MAXIMIZE,
                        best(naive, Holdout.Score::topTenth)),
                    Metric.of(
                        "holdout_purchases",
                        score.total(),
                        Direction.TARGET,
                        holdout.actualTotal()),
                    Metric.of(
                        "holdout_interval_coverage",
                        holdout.coverage(model.get()),
                        Direction.TARGET,
                        Forecast.HIGH - Forecast.LOW)),
                metrics("zero", zero),
                metrics("repeat", repeat),
                metrics("rate", rate),
                groups(holdout, holdout.predicted(model.get())))
            .flatMap(metric -> metric)
            .toList();
    return new Grading(
        metrics,
        grade(score.squaredError() / min),
        score.squaredError() < min
            ? Optional.empty()
            : Optional.of(
                String.format(
                    Locale.ROOT,
                    "%s predicted the last %d days with a squared error of %.4f; saying that %s"
                        + " would have had %.4f",
                    model.get().method().label(),
                    holdout.days(),
                    score.squaredError(),
                    min == zero.squaredError()
                        ? "nobody buys"
                        : min == repeat.squaredError()
                            ? "everybody buys as many as before"
                            : "everybody buys at the rate of before",
                    min)),
        Optional.empty());
  }

  /** Predicted beside actual purchases of those who had bought again as often before. */
  private static Stream<Metric> groups(Holdout holdout, double[] predicted) {
    return IntStream.rangeClosed(0, MAX_REPEATS)
        .mapToObj(
            repeats ->
                Metric.of(
                    "holdout_purchases_after_"
                        + (repeats == MAX_REPEATS ? repeats + "_or_more" : repeats),
                    holdout.total(predicted, repeats, repeats == MAX_REPEATS),
                    Direction.TARGET,
                    holdout.total(holdout.actual(), repeats, repeats == MAX_REPEATS)));
  }

  private static double best(List<Holdout.Score> scores, ToDoubleFunction<Holdout.Score> measure) {
    return scores.stream().mapToDouble(measure).max().orElseThrow();
  }

  private static Stream<Metric> metrics(String answer, Holdout.Score score) {
    return Stream.of(
        Metric.of(
            "holdout_squared_error_of_" + answer, score.squaredError(), Direction.INFORMATIONAL),
        Metric.of(
            "holdout_rank_correlation_of_" + answer,
            score.rankCorrelation(),
            Direction.INFORMATIONAL),
        Metric.of("holdout_top_tenth_of_" + answer, score.topTenth(), Direction.INFORMATIONAL),
        Metric.of("holdout_purchases_of_" + answer, score.total(), Direction.INFORMATIONAL));
  }

  private static Grade grade(double errorRatio) {
    return errorRatio < 0.7
        ? Grade.A
        : errorRatio < 0.9 ? Grade.B : errorRatio < 1 ? Grade.C : Grade.D;
  }
}
