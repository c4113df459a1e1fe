package crm.models.customer.segments;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.learning.clustering.Cells;
import crm.learning.statistics.PopulationStability;
import crm.warehouse.job.ModelRun.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far the customers of today are from those a model was fitted to: the population stability
 * index over bins half a standard deviation wide. The fitted ones are counted in cells, each where
 * its mean lies.
 */
final class FeatureDrift {
  private static final double[] EDGES = {-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2};

  private FeatureDrift() {}

  /** Per feature of the cells the customers of each bin. */
  static List<List<Double>> counts(Cells cells, int features) {
    List<List<Double>> counts = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      double[] reached = new double[EDGES.length];
      for (int cell = 0; cell < cells.size(); cell++) {
        for (int e = 0; e < EDGES.length; e++) {
          reached[e] += cells.at(cell, j) >= EDGES[e] ? cells.weight(cell) : 0;
        }
      }
      counts.add(binned(cells.totalWeight(), reached));
    }
    return counts;
  }

  /** The index of each feature of the model; none if there are no customers. */
  static List<Drift> measure(Dataset<Row> customers, SegmentModel model) {
    List<Column> reached = new ArrayList<>();
    for (FeatureScale scale : model.scales()) {
      for (double edge : EDGES) {
        reached.add(count(when(scale.standardized().geq(lit(edge)), lit(1))));
      }
    }
    Row counts = customers.agg(count(lit(1)), reached.toArray(Column[]::new)).head();
    if (counts.getLong(0) == 0) {
      return List.of();
    }
    return IntStream.range(0, model.scales().size())
        .mapToObj(
            j ->
                new Drift(
                    model.scales().get(j).feature().column(),
                    PopulationStability.index(
                        model.counts().get(j),
                        binned(
                            (double) counts.getLong(0),
                            IntStream.range(0, EDGES.length)
                                .mapToDouble(e -> (double) counts.getLong(1 + j * EDGES.length + e))
                                .toArray()))))
        .toList();
  }

  private static List<Double> binned(double total, double[] reached) {
    List<Double> counts = new ArrayList<>();
    double above = total;
    for (double next : reached) {
      counts.add(above - next);
      above = next;
    }
    counts.add(above);
    return counts;
  }
}
