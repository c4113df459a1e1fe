package crm.report.figures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.learning.statistics.ExactQuantiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The part that each decile of the rows has of the sum of a value, exactly and without sorting
 * them: up to rank r the rows have the sum of all values below v, the value at rank r, and v itself
 * for the ranks that are left, whoever of those with equal values is taken.
 *
 * @param deciles from the least; sizes differ by one where rows do not divide by ten
 */
public record Deciles(long size, BigDecimal total, List<Decile> deciles) {
  private static final int PARTS = 10;

  /** Some rows that follow one another, by value. */
  public record Decile(long size, BigDecimal min, BigDecimal max, BigDecimal sum) {}

  /** Names the decile that is so many from the top, counted from 1. */
  public static String name(int place) {
    return switch (place) {
      case 1 -> "Top decile";
      case 2 -> "2nd";
      case 3 -> "3rd";
      case PARTS -> "Last decile";
      default -> place + "th";
    };
  }

  /**
   * @param cents a column of whole hundredths, never NULL
   * @return no deciles if there are fewer than ten rows
   */
  static Deciles of(Dataset<Row> rows, Column cents) {
    long[] starts = new long[PARTS + 1];
    List<List<Long>> found =
        ExactQuantiles.find(
            rows,
            List.of(cents),
            size -> {
              List<Long> ranks = new ArrayList<>();
              for (int part = 0; part <= PARTS; part++) {
                starts[part] = Math.multiplyExact(part, size) / PARTS;
                ranks.add(starts[part]);
                ranks.add(Math.max(0, starts[part] - 1));
              }
              return ranks;
            });
    if (starts[PARTS] < PARTS) {
      return new Deciles(starts[PARTS], BigDecimal.ZERO, List.of());
    }
    List<Long> values = found.get(0);
    List<Column> below = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      Column isBelow = cents.lt(lit(values.get(2 * part)));
      below.add(coalesce(sum(when(isBelow, cents)), lit(0L)));
      below.add(count(when(isBelow, lit(1))));
    }
    below.add(sum(cents));
    Row sums = rows.agg(max(cents), below.toArray(Column[]::new)).head();
    long[] upTo = new long[PARTS + 1];
    for (int part = 0; part < PARTS; part++) {
      long left = starts[part] - sums.getLong(2 + 2 * part);
      upTo[part] = sums.getLong(1 + 2 * part) + left * values.get(2 * part);
    }
    upTo[PARTS] = sums.getLong(1 + 2 * PARTS);
    List<Decile> deciles = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      deciles.add(
          new Decile(
              starts[part + 1] - starts[part],
              BigDecimal.valueOf(values.get(2 * part), 2),
              BigDecimal.valueOf(values.get(2 * part + 3), 2),
              BigDecimal.valueOf(upTo[part + 1] - upTo[part], 2)));
    }
    return new Deciles(starts[PARTS], BigDecimal.valueOf(upTo[PARTS], 2), deciles);
  }
}
