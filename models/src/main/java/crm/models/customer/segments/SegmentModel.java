package crm.models.customer.segments;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;

import crm.warehouse.settings.RecordText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The model that assigns customers to segments, and from which later segments inherit their ids.
 *
 * @param fittedOn logical date of the customers it was fitted to
 * @param settings what it was fitted with
 * @param scales of the features that differ between customers
 * @param segments by ascending id
 * @param counts per scale the customers in each bin of {@link FeatureDrift}
 * @param greatestId of all segments there ever were
 * @param parameters what was found, by name
 * @param grade how good it is
 */
record SegmentModel(
    String fittedOn,
    String settings,
    List<FeatureScale> scales,
    List<Segment> segments,
    List<List<Double>> counts,
    int greatestId,
    Map<String, String> parameters,
    String grade) {
  /** A first model: segments are numbered from one, the best customers first. */
  static SegmentModel first(SegmentFit fit, SegmentationSettings settings, LocalDate date) {
    return new SegmentModel("", "", List.of(), List.of(), List.of(), 0, Map.of(), "")
        .refitted(fit, settings, date);
  }

  /** The model of a new fit: segments of this one that are still there keep id and name. */
  SegmentModel refitted(SegmentFit fit, SegmentationSettings newSettings, LocalDate date) {
    List<FeatureScale> newScales = fit.points().varying();
    List<double[]> centroids =
        fit.published()
            .map(clusters -> List.of(clusters.centroids()))
            .orElseGet(() -> List.<double[]>of(new double[newScales.size()]));
    List<Segment> found = new ArrayList<>();
    int next = greatestId;
    if (fit.chosen().isEmpty()) {
      found.add(
          new Segment(
              Segment.ALL, "All customers", "All customers", centre(newScales, centroids.get(0))));
    } else {
      List<Segment> earlier = segments.stream().filter(s -> s.id() != Segment.ALL).toList();
      List<Integer> carriedOn = carriedOn(earlier, newScales, centroids);
      List<Integer> order =
          IntStream.range(0, centroids.size())
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                          (Integer c) -> -SegmentNames.rank(profile(newScales, centroids.get(c))))
                      .thenComparing(centroids::get, Arrays::compare))
              .toList();
      for (int c : order) {
        List<Double> centre = centre(newScales, centroids.get(c));
        if (carriedOn.get(c) >= 0) {
          Segment before = earlier.get(carriedOn.get(c));
          found.add(new Segment(before.id(), before.name(), before.proposedName(), centre));
        } else {
          next++;
          found.add(new Segment(next, "", "", centre));
        }
      }
    }
    found.sort(Comparator.comparingInt(Segment::id));
    return new SegmentModel(
        date.toString(),
        RecordText.write(newSettings),
        newScales,
        found,
        fit.chosen().isEmpty()
            ? List.of()
            : FeatureDrift.counts(fit.points().cells(), newScales.size()),
        next,
        parameters(fit, newSettings),
        fit.grade().name());
  }

  private List<Integer> carriedOn(
      List<Segment> earlier, List<FeatureScale> newScales, List<double[]> centroids) {
    List<Integer> positions = new ArrayList<>();
    List<FeatureScale> shared = new ArrayList<>();
    for (FeatureScale scale : newScales) {
      for (int before = 0; before < scales.size(); before++) {
        if (scales.get(before).feature() == scale.feature()) {
          positions.add(before);
          shared.add(scale);
        }
      }
    }
    if (shared.isEmpty()) {
      return centroids.stream().map(centroid -> -1).toList();
    }
    return SegmentIds.carriedOn(
        earlier.stream()
            .map(
                segment ->
                    IntStream.range(0, shared.size())
                        .mapToDouble(
                            j -> shared.get(j).standardized(segment.centre().get(positions.get(j))))
                        .toArray())
            .toList(),
        centroids.stream()
            .map(
                centroid ->
                    shared.stream().mapToDouble(s -> centroid[newScales.indexOf(s)]).toArray())
            .toList());
  }

  private static List<Double> centre(List<FeatureScale> scales, double[] centroid) {
    return IntStream.range(0, centroid.length)
        .mapToObj(j -> scales.get(j).log(centroid[j]))
        .toList();
  }

  private static Map<Feature, Double> profile(List<FeatureScale> scales, double[] centroid) {
    Map<Feature, Double> profile = new TreeMap<>();
    for (int j = 0; j < centroid.length; j++) {
      profile.put(scales.get(j).feature(), centroid[j]);
    }
    return profile;
  }

  private static Map<String, String> parameters(SegmentFit fit, SegmentationSettings settings) {
    Map<String, String> parameters = new TreeMap<>();
    fit.published().ifPresent(clusters -> parameters.put("k", String.valueOf(clusters.clusters())));
    parameters.put("k_set", settings.segments().isPresent() ? "by hand" : "auto");
    parameters.put("algorithm", fit.algorithm());
    parameters.put("customers", String.valueOf(fit.points().customers()));
    parameters.put("cells", String.valueOf(fit.points().cells().size()));
    parameters.put("cell_width", String.valueOf(fit.points().width()));
    parameters.put(
        "features",
        Feature.labels(fit.points().varying().stream().map(FeatureScale::feature).toList()));
    parameters.put("constant_features", Feature.labels(fit.points().constant()));
    parameters.put("winsorize", settings.winsorize().toPlainString());
    parameters.put("note", fit.note());
    return parameters;
  }

  /** Returns whether it only says that there are too few customers to be cut. */
  boolean isOneSegment() {
    return segments.get(0).id() == Segment.ALL;
  }

  Set<Integer> ids() {
    return segments.stream().map(Segment::id).collect(Collectors.toSet());
  }

  /** The model with the names that this profile leads to. */
  SegmentModel named(Map<Integer, String> proposed) {
    return new SegmentModel(
        fittedOn,
        settings,
        scales,
        isOneSegment() ? segments : SegmentNames.named(segments, proposed),
        counts,
        greatestId,
        parameters,
        grade);
  }

  /**
   * Assigns customers to the nearest segment; of equally near ones to that of the lower id. A row
   * is a customer with {@code segment_id} and {@code distance}.
   */
  Dataset<Row> assigned(Dataset<Row> customers) {
    Column[] standardized =
        Stream.concat(
                Stream.of(col("*")),
                scales.stream().map(scale -> scale.standardized().as(standardized(scale))))
            .toArray(Column[]::new);
    Column[] distances =
        segments.stream()
            .map(
                segment ->
                    struct(squaredDistance(segment).as("square"), lit(segment.id()).as("id")))
            .toArray(Column[]::new);
    return customers
        .select(standardized)
        .withColumn("nearest", array_min(array(distances)))
        .withColumn("segment_id", col("nearest.id"))
        .withColumn("distance", sqrt(col("nearest.square")))
        .drop("nearest")
        .drop(scales.stream().map(SegmentModel::standardized).toArray(String[]::new));
  }

  private Column squaredDistance(Segment segment) {
    Column sum = lit(0.0);
    for (int j = 0; j < scales.size(); j++) {
      double centre = (segment.centre().get(j) - scales.get(j).mean()) / scales.get(j).deviation();
      Column difference = col(standardized(scales.get(j))).minus(lit(centre));
      sum = sum.plus(difference.multiply(difference));
    }
    return sum;
  }

  private static String standardized(FeatureScale scale) {
    return "standardized_" + scale.feature().column();
  }
}
