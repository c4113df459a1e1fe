package crm.learning.forecasting;

import crm.learning.forecasting.regression.Features;
import crm.learning.forecasting.regression.Features.TargetTransform;
import crm.learning.forecasting.regression.NormalEquations;
import crm.learning.forecasting.regression.NormalEquations.Layout;
import crm.learning.forecasting.series.History;
import crm.learning.forecasting.series.Series;
import java.time.LocalDate;

/** Counts the rows of series into normal equations. */
public final class NormalEquationsAccumulator {
  /** Features and targets are whole multiples of this; see {@link NormalEquations}. */
  public static final double GRID = 0x1p10;

  /** Greatest size of a weighted feature or target. */
  private static final double MAX_MAGNITUDE = 256;

  /** So many products of at most 2^36 are counted exactly in a double. */
  private static final int MAX_ROWS = 1 << 17;

  private static final double MIN_NOISE = 0.03;
  private static final double MAX_NOISE = 4;

  private final ForecastPlan plan;
  private final Features features;
  private final Layout layout;
  private final int[] oldestKnowing;
  private final NormalEquations sums;
  private final Part[] parts;
  private int rows;

  /** The sums of one form. */
  private static final class Part {
    private final TargetTransform form;
    private final double[] shared;
    private final double[] byHorizon;
    private double[] missing = {};

    Part(TargetTransform form, Layout layout) {
      this.form = form;
      shared = new double[layout.sharedSize()];
      byHorizon = new double[layout.parts() * layout.perHorizon()];
    }
  }

  NormalEquationsAccumulator(ForecastPlan plan) {
    this.plan = plan;
    features = plan.featuresOfPlan();
    layout = plan.layout();
    oldestKnowing = layout.oldestKnowing();
    TargetTransform[] forms = TargetTransform.values();
    sums = new NormalEquations(layout, forms.length);
    parts = new Part[forms.length];
    for (TargetTransform form : forms) {
      parts[form.index()] = new Part(form, layout);
    }
  }

  /** Returns the sums, and ends the gathering. */
  NormalEquations sums() {
    drain();
    return sums;
  }

  private void drain() {
    for (Part part : parts) {
      sums.drain(part.form.index(), part.shared, part.byHorizon, part.missing);
    }
    rows = 0;
  }

  void add(Series series) {
    History history = new History(series);
    int size = series.size();
    LocalDate[] periods = new LocalDate[size];
    double[][] calendar = new double[size][];
    for (int t = history.first(); t < size; t++) {
      periods[t] = series.period(t);
      calendar[t] = plan.calendar().features(periods[t]);
    }
    double[] originFeatures = new double[layout.originFeatures()];
    double[] targetFeatures = new double[layout.targetFeatures()];
    for (int origin = history.first() + features.minKnown() - 1; origin < size - 1; origin++) {
      if (!features.canSee(history, origin)) {
        continue;
      }
      if (++rows > MAX_ROWS) {
        drain();
      }
      double level = features.level(history, origin);
      double noise = features.noise(history, origin);
      double weight = 1 / Math.max(MIN_NOISE, Math.min(MAX_NOISE, noise));
      int age = size - 1 - origin;
      for (Part part : parts) {
        features.originFeatures(history, periods[origin], origin, part.form, originFeatures);
        quantized(originFeatures, weight);
        addProducts(originFeatures, part.shared, layout.shared(age));
        for (int ahead = 1; ahead <= Math.min(plan.horizon(), age); ahead++) {
          int at =
              layout.part(oldestKnowing[Math.min(age - ahead, oldestKnowing.length - 1)], ahead);
          double value = history.value(origin + ahead);
          if (Double.isNaN(value)) {
            if (part.missing.length == 0) {
              part.missing = new double[layout.parts() * layout.packed()];
            }
            addProducts(originFeatures, part.missing, at * layout.packed());
            continue;
          }
          features.targetFeatures(
              history, calendar[origin + ahead], origin, ahead, part.form, targetFeatures);
          quantized(targetFeatures, weight);
          double target = quantized(part.form.apply(value / level), weight);
          addTarget(
              originFeatures, targetFeatures, target, part.byHorizon, at * layout.perHorizon());
        }
      }
    }
  }

  private static void quantized(double[] values, double weight) {
    for (int i = 0; i < values.length; i++) {
      values[i] = quantized(values[i], weight);
    }
  }

  public static double quantized(double value, double weight) {
    return Math.rint(Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, value * weight)) * GRID);
  }

  private static void addProducts(double[] features, double[] sums, int offset) {
    int at = offset;
    for (int i = 0; i < features.length; i++) {
      double feature = features[i];
      int row = at - i;
      for (int j = i; j < features.length; j++) {
        sums[row + j] += feature * features[j];
      }
      at += features.length - i;
    }
  }

  private static void addTarget(
      double[] originFeatures, double[] targetFeatures, double target, double[] sums, int offset) {
    int p = originFeatures.length;
    int q = targetFeatures.length;
    int at = offset;
    for (int i = 0; i < p; i++) {
      sums[at + i] += target * originFeatures[i];
    }
    at += p;
    for (double feature : targetFeatures) {
      if (feature != 0) {
        for (int i = 0; i < p; i++) {
          sums[at + i] += feature * originFeatures[i];
        }
      }
      at += p;
    }
    for (int i = 0; i < q; i++) {
      for (int j = i; j < q; j++) {
        sums[at++] += targetFeatures[i] * targetFeatures[j];
      }
    }
    for (double feature : targetFeatures) {
      sums[at++] += target * feature;
    }
    sums[at] += target * target;
    sums[at + 1] += 1;
  }
}
