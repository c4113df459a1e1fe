package crm.warehouse.job;

import crm.warehouse.Kind;
import java.time.LocalDate;

/**
 * A job that keeps running totals in an {@link Kind#ENTITIES} table. {@link #run} is the full
 * recompute; {@link #advance} is the day's step. Both must give the same state, bit for bit.
 */
public interface StateJob extends Job {
  /** Names the logic: state made by another version is recomputed. */
  String version();

  /**
   * Computes the rows of the keys that the changes since the stored state touch, with {@link
   * Table#IS_DELETED} true where the key is gone. Keys that turn out unchanged may be among them;
   * the runner drops those.
   *
   * @param in also answers {@link Inputs#changedKeys} and {@link Inputs#asOfState}
   */
  Outputs advance(Inputs in, LocalDate logicalDate);
}
