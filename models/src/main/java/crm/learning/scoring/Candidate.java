package crm.learning.scoring;

import java.util.Locale;

/** A way to fit scores; of equally good ones the first is taken. */
enum Candidate {
  LOGISTIC_REGRESSION,
  GRADIENT_BOOSTED_TREES;

  /** As the field calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
