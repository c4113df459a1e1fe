package crm.learning.forecasting;

import crm.learning.forecasting.regression.Coefficients;
import crm.learning.forecasting.regression.Features;
import crm.learning.forecasting.regression.Features.TargetTransform;
import crm.learning.forecasting.series.History;
import crm.learning.forecasting.series.Series;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Forecasts a series at an origin by each method. */
final class Candidates {
  private final ForecastPlan plan;
  private final Coefficients coefficients;
  private final Features features;
  private final List<Integer> originOffsets;
  private final double[] originFeatures;
  private final double[] targetFeatures;

  Candidates(ForecastPlan plan, Coefficients coefficients) {
    this.plan = plan;
    this.coefficients = coefficients;
    features = plan.featuresOfPlan();
    originOffsets = plan.originOffsets();
    originFeatures = new double[features.originFeatures()];
    targetFeatures = new double[features.targetFeatures()];
  }

  Map<Method, Points> forecast(Series series, History history, int originOffset) {
    int origin = series.size() - 1 - originOffset;
    Points naive = seasonalNaive(history, origin);
    Points theta = theta(history, origin, naive);
    Points regression = regression(series, history, originOffset, TargetTransform.RATIO, theta);
    Points logRegression =
        history.hasNegative(origin)
            ? regression
            : regression(series, history, originOffset, TargetTransform.LOGARITHM, theta);
    Map<Method, Points> all = new EnumMap<>(Method.class);
    all.put(Method.SEASONAL_NAIVE, naive);
    all.put(Method.DRIFT, drift(history, origin, naive));
    all.put(Method.THETA, theta);
    all.put(Method.REGRESSION, regression);
    all.put(Method.LOG_REGRESSION, logRegression);
    all.put(Method.THETA_AND_REGRESSION, mean(Method.THETA_AND_REGRESSION, theta, regression));
    all.put(
        Method.THETA_AND_LOG_REGRESSION,
        mean(
            logRegression.method() == Method.REGRESSION
                ? Method.THETA_AND_REGRESSION
                : Method.THETA_AND_LOG_REGRESSION,
            theta,
            logRegression));
    return all;
  }

  /** As in the last season; with less than one, the mean of what there is. */
  private Points seasonalNaive(History history, int origin) {
    int season = plan.frequency().season();
    int known = history.known(origin);
    double[] points = new double[known == 0 ? 0 : plan.horizon()];
    if (known < season) {
      Arrays.fill(points, known == 0 ? 0 : history.mean(origin, season));
      return new Points(known == 0 ? Method.NONE : Method.MEAN, points);
    }
    for (int h = 0; h < points.length; h++) {
      points[h] = history.filled(origin - season + 1 + h % season);
    }
    return new Points(Method.SEASONAL_NAIVE, points);
  }

  private Points drift(History history, int origin, Points naive) {
    int known = history.known(origin);
    if (known < 2) {
      return naive;
    }
    double last = history.filled(origin);
    double slope = (last - history.filled(history.first())) / (known - 1);
    double[] points = new double[plan.horizon()];
    for (int h = 0; h < points.length; h++) {
      points[h] = last + (h + 1) * slope;
    }
    return possible(Method.DRIFT, points, history, origin, naive);
  }

  private Points theta(History history, int origin, Points naive) {
    if (history.known(origin) < Theta.MIN_VALUES) {
      return naive;
    }
    double[] points =
        Theta.forecast(history.until(origin), plan.frequency().season(), plan.horizon());
    return possible(Method.THETA, points, history, origin, naive);
  }

  private Points regression(
      Series series, History history, int originOffset, TargetTransform form, Points otherwise) {
    int origin = series.size() - 1 - originOffset;
    int newestFirst = originOffset == 0 ? 0 : 1 + originOffsets.indexOf(originOffset);
    if (!features.canSee(history, origin) || !coefficients.areKnown(form, newestFirst)) {
      return otherwise;
    }
    double level = features.level(history, origin);
    features.originFeatures(history, series.period(origin), origin, form, originFeatures);
    double[] points = new double[plan.horizon()];
    for (int ahead = 1; ahead <= points.length; ahead++) {
      double[] beta = coefficients.at(form, newestFirst, ahead);
      double[] ofCalendar = plan.calendar().features(series.period(origin + ahead));
      features.targetFeatures(history, ofCalendar, origin, ahead, form, targetFeatures);
      double seen = 0;
      for (int i = 0; i < originFeatures.length; i++) {
        seen += beta[i] * originFeatures[i];
      }
      for (int i = 0; i < targetFeatures.length; i++) {
        seen += beta[originFeatures.length + i] * targetFeatures[i];
      }
      points[ahead - 1] = level * form.invert(seen);
    }
    Method method = form == TargetTransform.RATIO ? Method.REGRESSION : Method.LOG_REGRESSION;
    return possible(method, points, history, origin, otherwise);
  }

  /**
   * Keeps points above zero where the series was never negative, and takes the others where a point
   * is no number.
   */
  private static Points possible(
      Method method, double[] points, History history, int origin, Points otherwise) {
    if (!Arrays.stream(points).allMatch(Double::isFinite)) {
      return otherwise;
    }
    if (!history.hasNegative(origin)) {
      Arrays.setAll(points, h -> Math.max(0, points[h]));
    }
    return new Points(method, points);
  }

  /** Averages two forecasts; where one stands in for the other, it is that one alone. */
  private static Points mean(Method method, Points theta, Points regression) {
    if (theta.method() == regression.method()) {
      return theta;
    }
    double[] points = new double[theta.values().length];
    Arrays.setAll(points, h -> (theta.values()[h] + regression.values()[h]) / 2);
    return new Points(method, points);
  }
}
