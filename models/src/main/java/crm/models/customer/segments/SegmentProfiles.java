package crm.models.customer.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.warehouse.Money;
import crm.warehouse.job.CollectsAggregates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the members of each segment have in common. One row per segment comes to the driver, which
 * names them.
 */
@CollectsAggregates("a row per segment")
final class SegmentProfiles {
  private final Dataset<Row> totals;
  private final Map<Integer, Map<Feature, Double>> deviations = new TreeMap<>();
  private final long customers;

  /**
   * @param totals by segment, used more than once
   */
  SegmentProfiles(Dataset<Row> totals, List<FeatureScale> scales) {
    this.totals = totals;
    long sum = 0;
    for (Row segment : totals.collectAsList()) {
      long members = segment.getAs("customers");
      Map<Feature, Double> profile = new HashMap<>();
      for (FeatureScale scale : scales) {
        long logs = segment.getAs(scale.feature().logColumn());
        profile.put(scale.feature(), scale.standardized((double) logs / members));
      }
      deviations.put(segment.getAs("segment_id"), profile);
      sum += members;
    }
    customers = sum;
  }

  /**
   * Sums over the members of each segment. A row is a segment with members: {@code customers}, the
   * sum of each feature's logarithm, and {@code units} of monetary value.
   */
  static Dataset<Row> totals(Dataset<Row> assigned) {
    List<Column> sums =
        new ArrayList<>(
            Arrays.stream(Feature.values())
                .map(feature -> sum(feature.logColumn()).as(feature.logColumn()))
                .toList());
    sums.add(sum(Money.units(col("monetary"))).as("units"));
    return assigned
        .groupBy("segment_id")
        .agg(count(lit(1)).as("customers"), sums.toArray(Column[]::new));
  }

  /** Per segment with members how many standard deviations its features are from the mean. */
  Map<Integer, Map<Feature, Double>> deviations() {
    return deviations;
  }

  /**
   * Describes the segments. A row is a segment, as {@code curated.segment_profiles} declares it.
   */
  Dataset<Row> rows(Column name, Column proposedName, String modelRunId) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col("segment_id"),
                name.as("segment_name"),
                proposedName.as("proposed_name"),
                col("customers"),
                col("customers").cast("double").divide(lit((double) customers)).as("share"),
                Money.total(Money.amount(col("units"))).as("total_monetary")));
    for (Feature feature : Feature.values()) {
      columns.add(
          Feature.value(col(feature.logColumn()).cast("double").divide(col("customers")))
              .as("typical_" + feature.column()));
    }
    columns.add(lit(modelRunId).as("model_run_id"));
    return totals.select(columns.toArray(Column[]::new));
  }
}
