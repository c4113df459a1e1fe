package crm.learning.scoring.features;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Values of features as numbers that a model takes. Numbers become signed logarithms, sign(x) log(1
 * + |x|), in steps of 2^-16, because most are skewed and sums of steps are the same in any order.
 * Names become their places in the order of the outcomes they had in training, so that trees can
 * cut them in two as numbers.
 *
 * @param features in the order of the columns
 */
public record Encoding(List<Feature> features) implements Serializable {
  static final double UNITS = 1 << 16;

  /** Stands for a number that is missing: below any logarithm. */
  public static final double MISSING_NUMBER = -1000;

  /** More levels than this are one, the rare ones together. */
  private static final int MAX_LEVELS = 48;

  /**
   * One feature.
   *
   * @param mean of its numbers in training
   * @param levels its names, ordered; none of numbers
   */
  public record Feature(String name, boolean numeric, double mean, List<String> levels)
      implements Serializable {

    double encoded(Object value) {
      if (!numeric) {
        int place = levels.indexOf(value == null ? FeatureCounts.MISSING : value.toString());
        return place >= 0 ? place : levels.indexOf(FeatureCounts.OTHER);
      }
      return value == null || !Double.isFinite((double) value)
          ? MISSING_NUMBER
          : units((double) value) / UNITS;
    }

    /** Encodes the value of its column, as SQL. */
    public String sql() {
      if (!numeric) {
        return ("CAST(COALESCE(NULLIF(ARRAY_POSITION(ARRAY(%s),"
                + " COALESCE(CAST(`%s` AS STRING), %s)), 0) - 1, %d) AS DOUBLE)")
            .formatted(
                levels.stream().map(Feature::literal).collect(joining(", ")),
                name,
                literal(FeatureCounts.MISSING),
                levels.indexOf(FeatureCounts.OTHER));
      }
      return ("IF(COALESCE(ABS(value) < DOUBLE('Infinity'), FALSE),"
              + " FLOOR(SIGNUM(value) * LOG1P(ABS(value)) * %1$sD + 0.5D) / %1$sD, %2$sD)")
          .formatted(UNITS, MISSING_NUMBER)
          .replace("value", "CAST(`%s` AS DOUBLE)".formatted(name));
    }

    private static String literal(String text) {
      return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Returns how many numbers a linear model is given for it. */
    public int width() {
      return numeric ? 2 : levels.size();
    }
  }

  /**
   * @param counts of the features that differ between rows
   */
  public static Encoding of(List<FeatureCounts> counts) {
    return new Encoding(
        counts.stream()
            .map(
                count ->
                    new Feature(
                        count.feature().name(),
                        count.feature().isNumeric(),
                        count.mean(),
                        count.feature().isNumeric() ? List.of() : levels(count)))
            .toList());
  }

  private static List<String> levels(FeatureCounts count) {
    double prior = count.outcomeShare();
    List<FeatureCounts.Bin> frequent =
        new ArrayList<>(
            count.bins().stream()
                .filter(bin -> !bin.level().equals(FeatureCounts.OTHER))
                .sorted(Comparator.comparingLong(FeatureCounts.Bin::size).reversed())
                .limit(MAX_LEVELS)
                .toList());
    frequent.sort(
        Comparator.comparingDouble((FeatureCounts.Bin bin) -> bin.outcomeShare(prior))
            .thenComparing(FeatureCounts.Bin::level));
    List<String> levels = new ArrayList<>();
    for (FeatureCounts.Bin bin : frequent) {
      if (bin.outcomeShare(prior) > prior && !levels.contains(FeatureCounts.OTHER)) {
        levels.add(FeatureCounts.OTHER);
      }
      levels.add(bin.level());
    }
    if (!levels.contains(FeatureCounts.OTHER)) {
      levels.add(FeatureCounts.OTHER);
    }
    return List.copyOf(levels);
  }

  static long units(double number) {
    return Math.round(Math.signum(number) * StrictMath.log1p(Math.abs(number)) * UNITS);
  }

  /**
   * The numbers of a row.
   *
   * @param first where its first feature is; the others follow
   */
  public double[] encoded(Row row, int first) {
    double[] encoded = new double[features.size()];
    for (int f = 0; f < encoded.length; f++) {
      encoded[f] = features.get(f).encoded(row.get(first + f));
    }
    return encoded;
  }

  /**
   * Spreads encoded features for a linear model: numbers with an indicator of missing ones, and an
   * indicator per level.
   */
  public double[] spread(double[] encoded) {
    double[] spread = new double[features.stream().mapToInt(Feature::width).sum()];
    int at = 0;
    for (int f = 0; f < encoded.length; f++) {
      Feature feature = features.get(f);
      if (!feature.numeric()) {
        spread[at + (int) encoded[f]] = 1;
      } else if (encoded[f] == MISSING_NUMBER) {
        spread[at] = feature.mean();
        spread[at + 1] = 1;
      } else {
        spread[at] = encoded[f];
      }
      at += feature.width();
    }
    return spread;
  }
}
