package crm.learning.forecasting;

import java.util.Locale;

/** The ways to forecast there are: those that compete for a level, and those that stand in. */
public enum Method {
  /** As in the same period of the last season. */
  SEASONAL_NAIVE,
  /** On the line from the first value to the last. */
  DRIFT,
  /** Simple exponential smoothing with half the trend, seasonally adjusted. */
  THETA,
  /** One linear regression over all series of the level, on values relative to their level. */
  REGRESSION,
  /** The same on the logarithms of the values; where some were negative, not on them. */
  LOG_REGRESSION,
  /** The mean of Theta and the regression. */
  THETA_AND_REGRESSION,
  /** The mean of Theta and the regression on logarithms. */
  THETA_AND_LOG_REGRESSION,
  /** Boosted trees on the features of the regression; made by who asks, not here. */
  BOOSTED_TREES,
  /** Stands in where a series is shorter than a season: the mean of its last values. */
  MEAN,
  /** Stands in where no value was ever delivered: there is no forecast. */
  NONE;

  /** As people write it, as in {@code seasonal-naive}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
