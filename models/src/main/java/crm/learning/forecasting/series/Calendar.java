package crm.learning.forecasting.series;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * What is known of a period in advance: holidays in it, trading days, promotions that are planned.
 * It must answer for past and future periods alike.
 */
public interface Calendar extends Serializable {
  /** Returns how many features there are of each period. */
  int size();

  /**
   * Features of the period that begins on that day, each in the order of 1, as a share of days that
   * are holidays; most of them 0.
   */
  double[] features(LocalDate period);

  /** Nothing is known but the seasons. */
  static Calendar unknown() {
    return new Calendar() {
      @Override
      public int size() {
        return 0;
      }

      @Override
      public double[] features(LocalDate period) {
        return new double[0];
      }
    };
  }
}
