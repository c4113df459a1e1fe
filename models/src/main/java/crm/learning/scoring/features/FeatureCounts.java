package crm.learning.scoring.features;

import crm.learning.scoring.quality.ScoreCell;
import crm.learning.scoring.quality.ScoreQuality;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each value of a feature was seen and with which outcome, in two random halves.
 *
 * @param bins numbers ascending or levels in alphabetical order; missing values are one of them
 */
public record FeatureCounts(ScoringFeature feature, List<Bin> bins) {
  /** What the level of missing values is called. */
  public static final String MISSING = "(missing)";

  /** What the level of rare and unseen values is called. */
  public static final String OTHER = "(other)";

  /** A group of numbers holds at least this share of the rows. */
  private static final double MIN_SHARE = 0.02;

  /** So many rows as all others are added to each group before its outcomes are compared. */
  private static final double PRIOR_ROWS = 20;

  /**
   * Alike values.
   *
   * @param level empty of numbers
   * @param number of the bin, of numbers
   * @param rows per half
   * @param outcomes per half, the rows that had the outcome
   * @param units sum of the encoded numbers
   */
  public record Bin(String level, long number, List<Long> rows, List<Long> outcomes, long units) {
    boolean isMissing() {
      return level.equals(MISSING);
    }

    long size() {
      return rows.get(0) + rows.get(1);
    }

    double outcomeShare(double prior) {
      return (outcomes.get(0) + outcomes.get(1) + PRIOR_ROWS * prior) / (size() + PRIOR_ROWS);
    }

    private Bin with(Bin other) {
      return new Bin(
          level,
          number,
          List.of(rows.get(0) + other.rows.get(0), rows.get(1) + other.rows.get(1)),
          List.of(outcomes.get(0) + other.outcomes.get(0), outcomes.get(1) + other.outcomes.get(1)),
          units + other.units);
    }
  }

  /** Returns whether its rows differ in it. */
  public boolean varies() {
    return bins.size() > 1;
  }

  long rows() {
    return bins.stream().mapToLong(Bin::size).sum();
  }

  /** Share of the rows that had the outcome. */
  double outcomeShare() {
    return bins.stream().mapToLong(bin -> bin.outcomes().get(0) + bin.outcomes().get(1)).sum()
        / (double) rows();
  }

  public double share(String level) {
    return bins.stream().filter(bin -> bin.level().equals(level)).mapToLong(Bin::size).sum()
        / (double) rows();
  }

  /** Mean of the encoded numbers that are there. */
  double mean() {
    List<Bin> present = bins.stream().filter(bin -> !bin.isMissing()).toList();
    return present.isEmpty()
        ? 0
        : present.stream().mapToLong(Bin::units).sum()
            / Encoding.UNITS
            / present.stream().mapToLong(Bin::size).sum();
  }

  /**
   * Returns how well the feature alone predicts the outcome: the area under the ROC curve of one
   * half when its values are ordered by the outcomes of the other, so that chance gives 0.5 and not
   * more.
   */
  public double univariateArea() {
    List<Bin> groups = groups();
    return (areaInHalf(groups, 0) + areaInHalf(groups, 1)) / 2;
  }

  private double areaInHalf(List<Bin> groups, int half) {
    double prior = outcomeShare();
    return ScoreQuality.areaUnderCurve(
        groups.stream()
            .map(
                group ->
                    new ScoreCell(
                        (group.outcomes().get(1 - half) + PRIOR_ROWS * prior)
                            / (group.rows().get(1 - half) + PRIOR_ROWS),
                        0,
                        group.rows().get(half),
                        group.outcomes().get(half)))
            .toList());
  }

  /** Levels as they are; of numbers, neighbours that together are not few. */
  private List<Bin> groups() {
    if (!feature.isNumeric()) {
      return bins;
    }
    double min = MIN_SHARE * rows();
    List<Bin> groups = new ArrayList<>();
    for (Bin bin : bins) {
      int last = groups.size() - 1;
      if (last >= 0 && groups.get(last).size() < min && !bin.isMissing()) {
        groups.set(last, groups.get(last).with(bin));
      } else {
        groups.add(bin);
      }
    }
    return groups;
  }
}
