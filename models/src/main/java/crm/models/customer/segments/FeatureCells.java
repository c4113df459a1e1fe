package crm.models.customer.segments;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import crm.learning.clustering.Cells;
import crm.learning.statistics.ExactQuantiles;
import crm.warehouse.job.CollectsAggregates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers brought to the driver as cells, never one by one when they are many: their different
 * feature values if these are at most {@code maxCells}, else the cells of a grid, a tenth of a
 * standard deviation wide or so much wider that they are no more. All sums are of whole numbers, so
 * that any partitioning gives the same cells.
 *
 * @param customers how many there are
 * @param scales of the features that differ between customers, and of those that do not
 * @param width of the grid in standard deviations; 0 if each cell is one value
 * @param cells in the features that differ, in standard deviations; none where the customers are
 *     too few to be cut
 */
@CollectsAggregates("at most maxCells cells")
record FeatureCells(long customers, List<FeatureScale> scales, double width, Cells cells) {
  private static final double FINEST_WIDTH = 0.1;

  /** What the approximate number of different values may be wrong by. */
  private static final double TOLERANCE = 1.2;

  static FeatureCells of(Dataset<Row> customers, SegmentationSettings settings) {
    List<Feature> features = settings.features();
    Row totals = totals(customers, features, cuts(customers, features, settings.winsorize()));
    long size = totals.getLong(0);
    List<FeatureScale> scales =
        size == 0
            ? List.of()
            : IntStream.range(0, features.size())
                .mapToObj(f -> scale(features.get(f), totals, size, f))
                .toList();
    List<FeatureScale> varying = scales.stream().filter(scale -> !scale.isConstant()).toList();
    if (varying.isEmpty() || size < settings.minCustomers()) {
      return new FeatureCells(size, scales, 0, Cells.of(new double[0][]));
    }
    double width = totals.getLong(1) <= TOLERANCE * settings.maxCells() ? 0 : FINEST_WIDTH;
    List<Row> counted = counted(customers, varying, width, settings.maxCells());
    while (counted.size() > settings.maxCells()) {
      width = width == 0 ? FINEST_WIDTH : 2 * width;
      counted = counted(customers, varying, width, settings.maxCells());
    }
    return new FeatureCells(size, scales, width, cells(counted, varying));
  }

  List<FeatureScale> varying() {
    return scales.stream().filter(scale -> !scale.isConstant()).toList();
  }

  List<Feature> constant() {
    return scales.stream().filter(FeatureScale::isConstant).map(FeatureScale::feature).toList();
  }

  /**
   * The values that extreme ones count as, per feature low and high; empty to count them as such.
   */
  private static List<List<Long>> cuts(
      Dataset<Row> customers, List<Feature> features, BigDecimal winsorize) {
    if (winsorize.signum() == 0) {
      return List.of();
    }
    return ExactQuantiles.find(
        customers,
        features.stream().map(feature -> col(feature.logColumn())).toList(),
        size -> {
          long atEnd =
              winsorize
                  .multiply(BigDecimal.valueOf(size))
                  .setScale(0, RoundingMode.DOWN)
                  .longValueExact();
          return List.of(atEnd, size - 1 - atEnd);
        });
  }

  /**
   * @return customers, roughly their different values, and per feature: low, high, sum, and the sum
   *     of squares in two parts, lest it overflow
   */
  private static Row totals(Dataset<Row> customers, List<Feature> features, List<List<Long>> cuts) {
    List<Column> cutValues = new ArrayList<>();
    List<Column> totals = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      Column value = col(features.get(f).logColumn());
      if (!cuts.isEmpty()) {
        value =
            new FeatureScale(features.get(f), cuts.get(f).get(0), cuts.get(f).get(1), 0, 0).cut();
      }
      cutValues.add(value);
      Column square = value.multiply(value);
      totals.addAll(
          List.of(
              min(value),
              max(value),
              sum(value),
              sum(square.bitwiseAND(lit(0xFFFFFFFFL))),
              sum(shiftright(square, 32))));
    }
    totals.add(0, approx_count_distinct(xxhash64(cutValues.toArray(Column[]::new))));
    return customers.agg(count(lit(1)), totals.toArray(Column[]::new)).head();
  }

  private static FeatureScale scale(Feature feature, Row totals, long size, int f) {
    int from = 2 + 5 * f;
    BigInteger n = BigInteger.valueOf(size);
    BigInteger sum = BigInteger.valueOf(totals.getLong(from + 2));
    BigInteger squares =
        BigInteger.valueOf(totals.getLong(from + 4))
            .shiftLeft(32)
            .add(BigInteger.valueOf(totals.getLong(from + 3)));
    double spread = n.multiply(squares).subtract(sum.multiply(sum)).doubleValue();
    return new FeatureScale(
        feature,
        totals.getLong(from),
        totals.getLong(from + 1),
        sum.doubleValue() / size,
        spread == 0 ? 0 : Math.sqrt(spread / size / (size - 1)));
  }

  /**
   * @return rows of cell number per feature, customers, and per feature the sums of the offsets in
   *     the cell and of their squares; at most one more than {@code max}
   */
  private static List<Row> counted(
      Dataset<Row> customers, List<FeatureScale> scales, double width, int max) {
    List<Column> cell = new ArrayList<>();
    List<Column> sums = new ArrayList<>();
    for (FeatureScale scale : scales) {
      Column above = scale.cut().minus(lit(scale.low()));
      Column offset = pmod(above, lit(step(scale, width)));
      cell.add(above.minus(offset).as("cell_" + scale.feature().column()));
      sums.add(sum(offset));
      sums.add(sum(offset.multiply(offset)));
    }
    return customers
        .groupBy(cell.toArray(Column[]::new))
        .agg(count(lit(1)), sums.toArray(Column[]::new))
        .limit(max + 1)
        .collectAsList();
  }

  /** The width of a cell in whole units. */
  private static long step(FeatureScale scale, double width) {
    return Math.max(1, Math.round(width * scale.deviation()));
  }

  private static Cells cells(List<Row> counted, List<FeatureScale> scales) {
    int d = scales.size();
    List<Row> sorted = new ArrayList<>(counted);
    Comparator<Row> order = Comparator.comparing(row -> row.getLong(0));
    for (int j = 1; j < d; j++) {
      int feature = j;
      order = order.thenComparing(row -> row.getLong(feature));
    }
    sorted.sort(order);
    double[] points = new double[sorted.size() * d];
    double[] weights = new double[sorted.size()];
    double[] spreads = new double[sorted.size()];
    for (int i = 0; i < sorted.size(); i++) {
      Row row = sorted.get(i);
      weights[i] = row.getLong(d);
      for (int j = 0; j < d; j++) {
        FeatureScale scale = scales.get(j);
        double offset = row.getLong(d + 1 + 2 * j) / weights[i];
        double squares = row.getLong(d + 2 + 2 * j);
        points[i * d + j] = scale.standardized(scale.low() + row.getLong(j) + offset);
        spreads[i] +=
            Math.max(0, squares - weights[i] * offset * offset)
                / (scale.deviation() * scale.deviation());
      }
    }
    return new Cells(d, points, weights, spreads);
  }
}
