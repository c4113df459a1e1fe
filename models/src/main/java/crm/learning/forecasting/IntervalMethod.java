package crm.learning.forecasting;

import java.util.Locale;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** How the bounds of a level's intervals are made. */
public enum IntervalMethod {
  /** Split conformal, from the residuals of the rolling origins. */
  CONFORMAL {
    @Override
    double half(Residuals residuals, double deviation, double coverage) {
      return residuals.conformal(coverage);
    }
  },
  /** Normal, with the deviation of the residuals; where they are too few for conformal ones. */
  NORMAL {
    @Override
    double half(Residuals residuals, double deviation, double coverage) {
      return new NormalDistribution(0, 1).inverseCumulativeProbability((1 + coverage) / 2)
          * deviation;
    }
  },
  /** There are no bounds. */
  NONE {
    @Override
    double half(Residuals residuals, double deviation, double coverage) {
      return Double.NaN;
    }
  };

  /** With fewer, the greatest residual is not enough for 95 %. */
  private static final long MIN_CONFORMAL_RESIDUALS = 19;

  private static final long MIN_NORMAL_RESIDUALS = 2;

  static IntervalMethod of(long residuals) {
    return residuals >= MIN_CONFORMAL_RESIDUALS
        ? CONFORMAL
        : residuals >= MIN_NORMAL_RESIDUALS ? NORMAL : NONE;
  }

  abstract double half(Residuals residuals, double deviation, double coverage);

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
