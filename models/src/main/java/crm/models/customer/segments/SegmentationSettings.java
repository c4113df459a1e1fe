package crm.models.customer.segments;

import static crm.warehouse.settings.ConfigSection.Limit.atLeast;
import static crm.warehouse.settings.ConfigSection.Limit.atMost;

import crm.warehouse.settings.ConfigSection;
import crm.warehouse.settings.RecordedAs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How customers are put into segments.
 *
 * @param segments how many, 2 to 20; empty to let the data say
 * @param kMin the fewest the data may say
 * @param kMax the most the data may say
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
    @RecordedAs("least") int kMin,
    @RecordedAs("most") int kMax,
    List<Feature> features,
    BigDecimal winsorize,
    int restarts,
    int bootstraps,
    int refitDays,
    int minCustomers,
    int maxCells,
    long seed) {

  public SegmentationSettings {
    features = List.copyOf(features);
  }

  public static SegmentationSettings of(ConfigSection section) {
    boolean auto = section.text("k").equals(Optional.of("auto"));
    int min = section.whole("k-min", 2, 20);
    return new SegmentationSettings(
        auto ? OptionalInt.empty() : OptionalInt.of(section.whole("k", 2, 20)),
        min,
        section.whole("k-max", min, 20),
        section.someOf("features", List.of(Feature.values())),
        section.number("winsorize", atLeast(0), atMost(0.1)),
        section.whole("restarts", 1, 100),
        section.whole("bootstraps", 0, 200),
        section.whole("refit-days", 1, 366),
        section.whole("min-customers", 1, 1_000_000),
        section.whole("max-cells", 100, 100_000),
        section.seed("seed"));
  }
}
