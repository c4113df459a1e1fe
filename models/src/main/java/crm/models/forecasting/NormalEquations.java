package crm.models.forecasting;

import java.io.Serializable;

/** Sums over the series of a level from which every regression of the plan is solved. */
public final class NormalEquations implements Serializable {
  /** Adds what the other has seen; in any order the sums are the same, bit for bit. */
  public NormalEquations merge(NormalEquations other) {
    return Unwritten.yet();
  }
}
