package crm.models.sales.forecast;

import crm.models.forecasting.ForecastPlan;
import crm.models.forecasting.Points;
import java.io.Serializable;
import java.util.Optional;

/** Boosted trees as a challenger. */
record BoostedTrees() implements Serializable {
  static final BoostedTrees NONE = new BoostedTrees();

  /** What they foretell of a series at an origin; empty if there are none for it. */
  Optional<Points> points(SeriesRow series, ForecastPlan plan, int back) {
    return Optional.empty();
  }
}
