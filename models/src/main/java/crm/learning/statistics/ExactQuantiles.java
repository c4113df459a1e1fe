package crm.learning.statistics;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.job.CollectsAggregates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Exact order statistics of whole-number columns, without sorting them in one task.
 *
 * <p>Every pass counts the rows in up to 65,536 equal bins of the ranges the wanted ranks lie in,
 * and goes on with the bins that hold them, until bins are single values. A pass is one scan for
 * all columns and ranks together; at most 65,536 counts per rank come to the driver, whatever the
 * number of rows, and four passes cover every long.
 */
@CollectsAggregates("at most 65,536 counts per rank")
public final class ExactQuantiles {
  private static final int BINS = 1 << 16;

  private ExactQuantiles() {}

  /** A range of values of one measure, and how many rows are below it. */
  private record Bin(int measure, long from, long width, long below) {
    long step() {
      return (width + BINS - 1) / BINS;
    }
  }

  /**
   * The values at the given ranks of each measure, from 0, in sorted order.
   *
   * @param measures columns of whole numbers, none NULL
   * @param ranksOf the wanted ranks, given the number of rows; a rank beyond the last row gives the
   *     greatest value
   * @return per measure one value per rank; empty if there are no rows
   */
  public static List<List<Long>> find(
      Dataset<Row> rows, List<Column> measures, LongFunction<List<Long>> ranksOf) {
    List<Column> ends = new ArrayList<>();
    measures.forEach(measure -> ends.addAll(List.of(min(measure), max(measure))));
    Row found = rows.agg(count(lit(1)), ends.toArray(Column[]::new)).head();
    long size = found.getLong(0);
    if (size == 0) {
      return List.of();
    }
    List<Long> ranks = ranksOf.apply(size).stream().map(r -> Math.min(r, size - 1)).toList();
    List<List<Bin>> bins = new ArrayList<>();
    for (int m = 0; m < measures.size(); m++) {
      long min = ((Number) found.get(1 + 2 * m)).longValue();
      long max = ((Number) found.get(2 + 2 * m)).longValue();
      Bin all = new Bin(m, min, Math.subtractExact(max, min) + 1, 0);
      bins.add(new ArrayList<>(ranks.stream().map(rank -> all).toList()));
    }
    Set<Bin> wide = wide(bins);
    while (!wide.isEmpty()) {
      List<Bin> targets = List.copyOf(wide);
      List<Row> counts = counts(rows, measures, targets);
      for (List<Bin> ofMeasure : bins) {
        for (int i = 0; i < ofMeasure.size(); i++) {
          if (ofMeasure.get(i).width() > 1) {
            ofMeasure.set(i, narrowed(ofMeasure.get(i), ranks.get(i), targets, counts));
          }
        }
      }
      wide = wide(bins);
    }
    return bins.stream().map(list -> list.stream().map(Bin::from).toList()).toList();
  }

  private static Set<Bin> wide(List<List<Bin>> bins) {
    Set<Bin> wide = new LinkedHashSet<>();
    bins.forEach(list -> list.stream().filter(bin -> bin.width() > 1).forEach(wide::add));
    return wide;
  }

  /**
   * @return rows of target, bin, rows, sorted by bin
   */
  private static List<Row> counts(Dataset<Row> rows, List<Column> measures, List<Bin> targets) {
    List<Column> hits = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      Bin target = targets.get(t);
      Column value = measures.get(target.measure()).cast("bigint");
      Column offset = value.minus(lit(target.from()));
      hits.add(
          when(
              value.between(lit(target.from()), lit(target.from() + target.width() - 1)),
              struct(lit(t).as("target"), offset.minus(offset.mod(lit(target.step()))).as("bin"))));
    }
    return rows
        .select(explode(array(hits.toArray(Column[]::new))).as("hit"))
        .where(col("hit").isNotNull())
        .groupBy(col("hit.target"), col("hit.bin"))
        .agg(count(lit(1)).as("rows"))
        .collectAsList()
        .stream()
        .sorted((a, b) -> Long.compare(a.getLong(1), b.getLong(1)))
        .toList();
  }

  private static Bin narrowed(Bin bin, long rank, List<Bin> targets, List<Row> counts) {
    int target = targets.indexOf(bin);
    long below = bin.below();
    for (Row count : counts) {
      if (count.getInt(0) == target) {
        if (below + count.getLong(2) > rank) {
          return new Bin(bin.measure(), bin.from() + count.getLong(1), bin.step(), below);
        }
        below += count.getLong(2);
      }
    }
    throw new IllegalStateException("The rows changed while their ranks were computed.");
  }
}
