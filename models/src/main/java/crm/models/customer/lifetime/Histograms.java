package crm.models.customer.lifetime;

import crm.learning.purchasing.PurchaseCells;
import crm.learning.statistics.PopulationStability;
import crm.warehouse.job.ModelRun.Drift;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How customers are spread over what a purchase model knows of them, and how that moved. */
final class Histograms {
  /** Ends of the bins, each within it. */
  private static final double[] PURCHASES = {0, 1, 2, 3, 5, 8, 15};

  private static final double[] DAYS = {0, 30, 90, 180, 365, 730, 1095};

  private Histograms() {}

  static Map<String, List<Long>> count(PurchaseCells cells) {
    Map<String, List<Long>> histograms = new TreeMap<>();
    histograms.put("purchases", counts(cells.purchases(), cells.customers(), PURCHASES));
    histograms.put("recency_days", counts(cells.recency(), cells.customers(), DAYS));
    histograms.put("age_days", counts(cells.age(), cells.customers(), DAYS));
    return histograms;
  }

  private static List<Long> counts(double[] values, long[] customers, double[] ends) {
    long[] counts = new long[ends.length + 1];
    for (int i = 0; i < values.length; i++) {
      int bin = 0;
      while (bin < ends.length && values[i] > ends[bin]) {
        bin++;
      }
      counts[bin] += customers[i];
    }
    return Arrays.stream(counts).boxed().toList();
  }

  static List<Drift> drift(Map<String, List<Long>> before, Map<String, List<Long>> now) {
    return now.entrySet().stream()
        .filter(feature -> before.containsKey(feature.getKey()))
        .map(
            feature ->
                new Drift(
                    feature.getKey(),
                    PopulationStability.index(before.get(feature.getKey()), feature.getValue())))
        .toList();
  }
}
