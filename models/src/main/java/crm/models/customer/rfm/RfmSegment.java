package crm.models.customer.rfm;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * The ten groups of the 5 x 5 grid of recency and frequency scores. Every cell lies in exactly one
 * group.
 */
enum RfmSegment {
  HIBERNATING("Hibernating", 1, 2, 1, 2),
  AT_RISK("At Risk", 1, 2, 3, 4),
  CANT_LOSE_THEM("Can't Lose Them", 1, 2, 5, 5),
  ABOUT_TO_SLEEP("About To Sleep", 3, 3, 1, 2),
  NEED_ATTENTION("Need Attention", 3, 3, 3, 3),
  LOYAL("Loyal", 3, 4, 4, 5),
  PROMISING("Promising", 4, 4, 1, 1),
  NEW("New", 5, 5, 1, 1),
  POTENTIAL_LOYALIST("Potential Loyalist", 4, 5, 2, 3),
  CHAMPIONS("Champions", 5, 5, 4, 5);

  private final String label;
  private final int minRecency;
  private final int maxRecency;
  private final int minFrequency;
  private final int maxFrequency;

  RfmSegment(String label, int minRecency, int maxRecency, int minFrequency, int maxFrequency) {
    this.label = label;
    this.minRecency = minRecency;
    this.maxRecency = maxRecency;
    this.minFrequency = minFrequency;
    this.maxFrequency = maxFrequency;
  }

  /** Returns whether customers with these scores belong here. */
  boolean holds(int recencyScore, int frequencyScore) {
    return minRecency <= recencyScore
        && recencyScore <= maxRecency
        && minFrequency <= frequencyScore
        && frequencyScore <= maxFrequency;
  }

  String label() {
    return label;
  }

  /** The name of the group, given scores from 1 to 5. */
  static Column name(Column recencyScore, Column frequencyScore) {
    return Arrays.stream(values())
        .reduce(
            lit(null).cast("string"),
            (otherwise, segment) ->
                when(
                        recencyScore
                            .between(segment.minRecency, segment.maxRecency)
                            .and(
                                frequencyScore.between(segment.minFrequency, segment.maxFrequency)),
                        segment.label)
                    .otherwise(otherwise),
            (a, b) -> b);
  }
}
