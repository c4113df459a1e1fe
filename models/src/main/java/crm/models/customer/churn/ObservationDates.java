package crm.models.customer.churn;

import crm.learning.scoring.PartCounts.Part;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The days at whose ends customers are looked at, as days since 1970. Each is a horizon before the
 * next, so that the days in which one cut's customers show whether they left are no other's. The
 * newest is scored, the one before it tested, the one before that calibrated on, and all earlier
 * ones trained on.
 *
 * @param days the newest first
 */
record ObservationDates(List<Long> days, int horizonDays) implements Serializable {
  private static final int TEST = 1;
  private static final int CALIBRATION = 2;

  static ObservationDates of(long scored, ChurnSettings settings) {
    List<Long> days = new ArrayList<>();
    for (int cut = 0; cut <= CALIBRATION + settings.trainingCuts(); cut++) {
      days.add(scored - (long) cut * settings.horizonDays());
    }
    return new ObservationDates(List.copyOf(days), settings.horizonDays());
  }

  /** Tells what the rows of a cut are used for; empty for the cut that is scored. */
  Optional<Part> part(int cut) {
    return switch (cut) {
      case 0 -> Optional.empty();
      case TEST -> Optional.of(Part.TEST);
      case CALIBRATION -> Optional.of(Part.CALIBRATION);
      default -> Optional.of(Part.TRAINING);
    };
  }
}
