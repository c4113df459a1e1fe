package crm.learning.forecasting.series;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * What was sold in each of many periods without a gap between them. All series of a level end in
 * the same period, the last that is complete; origins are counted back from there.
 *
 * @param id of the series within its level
 * @param first period, named by its first day
 * @param values of the periods; NaN where nothing was delivered, 0 where it was and nothing sold
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Series(String id, Frequency frequency, LocalDate first, double[] values)
    implements Serializable {

  public int size() {
    return values.length;
  }

  /** The period of a value; also of those that are still to come. */
  public LocalDate period(int index) {
    return frequency.plus(first, index);
  }

  /** Returns the series without its last values. */
  public Series without(int lastValues) {
    return new Series(
        id, frequency, first, Arrays.copyOf(values, Math.max(0, size() - lastValues)));
  }
}
