package crm.learning.scoring.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.job.CollectsAggregates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the values of all features and their outcomes in one pass. What comes to the driver is a
 * count per value, of numbers per 256th of a unit of their logarithm, and of names only those that
 * are not rare: never a row.
 */
@CollectsAggregates("a count per value of a feature")
public record CountFeatures(List<ScoringFeature> features)
    implements MapPartitionsFunction<Row, Row> {
  /** Names of fewer rows are one. */
  private static final long RARE = 20;

  private static final int UNITS_PER_BIN = 1 << 8;

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "feature INT, level STRING, number BIGINT, rows_0 BIGINT, rows_1 BIGINT, "
              + "outcomes_0 BIGINT, outcomes_1 BIGINT, units BIGINT");

  private record Value(int feature, String level, long number) {}

  /**
   * @param rows outcome, half, and the features in order
   */
  public List<FeatureCounts> count(Dataset<Row> rows) {
    Column isRare =
        col("level")
            .notEqual("")
            .and(col("level").notEqual(FeatureCounts.MISSING))
            .and(col("rows_0").plus(col("rows_1")).lt(RARE));
    List<Row> counted =
        summed(
                summed(rows.mapPartitions(this, Encoders.row(SCHEMA)))
                    .withColumn("level", when(isRare, FeatureCounts.OTHER).otherwise(col("level"))))
            .collectAsList();
    return IntStream.range(0, features.size())
        .mapToObj(
            f ->
                new FeatureCounts(
                    features.get(f),
                    counted.stream()
                        .filter(row -> row.getInt(0) == f)
                        .map(CountFeatures::bin)
                        .sorted(
                            Comparator.comparing(FeatureCounts.Bin::isMissing)
                                .thenComparing(FeatureCounts.Bin::number)
                                .thenComparing(FeatureCounts.Bin::level))
                        .toList()))
        .toList();
  }

  private static Dataset<Row> summed(Dataset<Row> counts) {
    return counts
        .groupBy("feature", "level", "number")
        .agg(
            sum("rows_0").as("rows_0"),
            sum("rows_1").as("rows_1"),
            sum("outcomes_0").as("outcomes_0"),
            sum("outcomes_1").as("outcomes_1"),
            sum("units").as("units"));
  }

  private static FeatureCounts.Bin bin(Row row) {
    return new FeatureCounts.Bin(
        row.getString(1),
        row.getLong(2),
        List.of(row.getLong(3), row.getLong(4)),
        List.of(row.getLong(5), row.getLong(6)),
        row.getLong(7));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<Value, long[]> counts = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      int half = row.getInt(1);
      for (int f = 0; f < features.size(); f++) {
        Object value = row.get(2 + f);
        boolean numeric = features.get(f).isNumeric();
        boolean missing = value == null || (numeric && !Double.isFinite((double) value));
        long units = numeric && !missing ? Encoding.units((double) value) : 0;
        String level = missing ? FeatureCounts.MISSING : numeric ? "" : value.toString();
        long[] count =
            counts.computeIfAbsent(
                new Value(f, level, Math.floorDiv(units, UNITS_PER_BIN)), none -> new long[5]);
        count[half]++;
        count[2 + half] += row.getInt(0);
        count[4] += units;
      }
    }
    List<Row> counted = new ArrayList<>();
    counts.forEach(
        (value, count) ->
            counted.add(
                RowFactory.create(
                    value.feature(),
                    value.level(),
                    value.number(),
                    count[0],
                    count[1],
                    count[2],
                    count[3],
                    count[4])));
    return counted.iterator();
  }
}
