package crm.models.segments;

import crm.warehouse.UserError;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * How customers are put into segments.
 *
 * @param segments how many, 2 to 20; empty to let the data say
 * @param least the fewest the data may say
 * @param most the most the data may say
 * @param features what customers are compared by
 * @param winsorize share of the customers at either end of a feature who count as the one at its
 *     border
 * @param restarts starts of k-means, of which the best counts
 * @param bootstraps resamples that the stability is asked of; 0 to take any clusters as stable
 * @param refitDays days between fits
 * @param minCustomers with fewer there is one segment
 * @param maxCells different customers up to which each counts as it is; more are counted on a grid
 * @param seed what random numbers start from
 */
public record SegmentationSettings(
    OptionalInt segments,
    int least,
    int most,
    List<Feature> features,
    BigDecimal winsorize,
    int restarts,
    int bootstraps,
    int refitDays,
    int minCustomers,
    int maxCells,
    long seed) {

  public SegmentationSettings {
    segments.ifPresent(k -> between("k", k, 2, 20));
    between("k-min", least, 2, 20);
    between("k-max", most, least, 20);
    if (features.isEmpty() || new HashSet<>(features).size() < features.size()) {
      throw UserError.usage(
          "segmentation.features is %s; name at least one, each once: %s.",
          Feature.labels(features), Feature.labels(List.of(Feature.values())));
    }
    if (winsorize.signum() < 0 || winsorize.compareTo(new BigDecimal("0.1")) > 0) {
      throw UserError.usage(
          "segmentation.winsorize is %s; choose 0 to 0.1, as in 0.005.", winsorize);
    }
    between("restarts", restarts, 1, 100);
    between("bootstraps", bootstraps, 0, 200);
    between("refit-days", refitDays, 1, 366);
    between("min-customers", minCustomers, 1, 1_000_000);
    between("max-cells", maxCells, 100, 100_000);
    features = List.copyOf(features);
  }

  private static void between(String key, int value, int from, int to) {
    if (value < from || value > to) {
      throw UserError.usage("segmentation.%s is %d; choose %d to %d.", key, value, from, to);
    }
  }
}
