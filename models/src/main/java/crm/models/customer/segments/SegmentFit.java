package crm.models.customer.segments;

import crm.learning.clustering.Candidate;
import crm.learning.clustering.CandidateCurve;
import crm.learning.clustering.Cells;
import crm.learning.clustering.Clustering;
import crm.learning.clustering.PermutationReference;
import crm.learning.clustering.PipelineKMeans;
import crm.learning.clustering.Silhouette;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The clusters of some customers and how they were found.
 *
 * @param curve the candidates from two clusters on; empty where there is one segment
 * @param chosen the candidate that is used
 * @param published its clusters as MLlib lets them settle, which are the segments
 * @param contrast with independent features; empty where there is one segment or one feature
 * @param note what is unusual, in words; empty if nothing is
 */
record SegmentFit(
    FeatureCells points,
    List<Candidate> curve,
    Optional<Candidate> chosen,
    Optional<Clustering> published,
    Optional<PermutationReference> contrast,
    String note) {
  private static final int MIN_CLUSTERS = 2;
  private static final double FAR_ABOVE = 0.1;
  private static final double ABOVE = 0.05;

  static SegmentFit of(SparkSession spark, FeatureCells points, SegmentationSettings settings) {
    int different = points.cells().size();
    Optional<String> tooFew = tooFew(points, different, settings);
    if (tooFew.isPresent()) {
      return new SegmentFit(
          points, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), tooFew.get());
    }
    int maxClusters = Math.min(different, settings.segments().orElse(settings.kMax()));
    List<Candidate> curve =
        new CandidateCurve(settings.restarts(), settings.bootstraps(), settings.seed())
            .fit(
                points.cells(),
                MIN_CLUSTERS,
                Math.max(maxClusters, Math.min(different, settings.kMax())));
    int minClusters = settings.segments().isPresent() ? maxClusters : settings.kMin();
    Candidate chosen =
        Candidate.best(
            curve.stream()
                .filter(
                    candidate ->
                        candidate.clusters() >= minClusters && candidate.clusters() <= maxClusters)
                .toList());
    boolean oneFeature = points.varying().size() == 1;
    Optional<PermutationReference> contrast =
        oneFeature
            ? Optional.empty()
            : Optional.of(
                PermutationReference.of(points.cells(), chosen.clusters(), settings.seed()));
    List<String> notes = new ArrayList<>();
    if (settings.segments().isPresent() && maxClusters < settings.segments().getAsInt()) {
      notes.add("only %d different customers".formatted(different));
    }
    if (oneFeature) {
      notes.add("only one feature differs, so there is nothing to compare with");
    }
    if (!chosen.isStable()) {
      notes.add("not stable over bootstraps");
    }
    Clustering published =
        new PipelineKMeans(spark)
            .fit(points.cells(), SegmentPipeline.scaling(points.varying()), chosen.clustering());
    return new SegmentFit(
        points,
        curve,
        Optional.of(chosen),
        Optional.of(published),
        contrast,
        String.join("; ", notes));
  }

  /** Returns why there is one segment of all customers, if there is. */
  private static Optional<String> tooFew(
      FeatureCells points, int different, SegmentationSettings settings) {
    if (points.customers() < settings.minCustomers()) {
      return Optional.of(
          "one segment: %d customers, segmentation.min-customers is %d"
              .formatted(points.customers(), settings.minCustomers()));
    }
    if (different < MIN_CLUSTERS) {
      return Optional.of("one segment: the customers do not differ");
    }
    if (settings.segments().isEmpty() && different < settings.kMin()) {
      return Optional.of(
          "one segment: %d different customers, segmentation.k-min is %d"
              .formatted(different, settings.kMin()));
    }
    return Optional.empty();
  }

  String algorithm() {
    return chosen.isPresent() ? "k-means" : "one segment";
  }

  Grade grade() {
    if (chosen.isEmpty()) {
      return Grade.D;
    }
    if (contrast.isEmpty()) {
      return Grade.C;
    }
    double silhouetteMargin = contrast.get().silhouetteMargin();
    if (silhouetteMargin <= 0) {
      return Grade.D;
    }
    if (silhouetteMargin <= ABOVE || !chosen.get().isStable()) {
      return Grade.C;
    }
    return silhouetteMargin <= FAR_ABOVE ? Grade.B : Grade.A;
  }

  /** Returns why the segments are not to be used, if so. */
  Optional<String> refusal() {
    return contrast
        .filter(with -> !with.isSignificant())
        .map(
            with ->
                ("The silhouette of %d segments, %.3f, is not clearly above that of customers whose"
                        + " features have nothing to do with each other, up to %.3f: these are no"
                        + " segments. Set segmentation.k to have that many all the same.")
                    .formatted(
                        chosen.orElseThrow().clusters(), with.silhouette(), with.maxReference()));
  }

  /** Returns how good the chosen clusters are, then the whole curve. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    Cells cells = points.cells();
    published.ifPresent(
        clusters -> {
          Clustering search = chosen.orElseThrow().clustering();
          double silhouette = Silhouette.mean(cells, clusters);
          metrics.add(
              contrast
                  .map(
                      with ->
                          Metric.of(
                              "silhouette_sq_euclidean",
                              silhouette,
                              Direction.MAXIMIZE,
                              with.maxReference()))
                  .orElseGet(
                      () -> Metric.of("silhouette_sq_euclidean", silhouette, Direction.MAXIMIZE)));
          contrast.ifPresent(
              with ->
                  metrics.add(
                      Metric.of(
                          "silhouette_above_independent",
                          with.silhouetteMargin(),
                          Direction.MAXIMIZE,
                          0)));
          metrics.add(
              Metric.of("stability_ari", chosen.orElseThrow().stability(), Direction.MAXIMIZE, 0));
          metrics.add(
              Metric.of("smallest_share", clusters.smallestShare(cells), Direction.INFORMATIONAL));
          metrics.add(Metric.of("cost", clusters.cost(), Direction.MINIMIZE, search.cost()));
          metrics.add(
              Metric.of("search_ari", clusters.agreement(search, cells), Direction.MAXIMIZE));
        });
    for (Candidate candidate : curve) {
      String of = "_k" + candidate.clusters();
      metrics.add(Metric.of("cost" + of, candidate.clustering().cost(), Direction.INFORMATIONAL));
      metrics.add(
          Metric.of(
              "silhouette_sq_euclidean" + of, candidate.silhouette(), Direction.INFORMATIONAL));
      metrics.add(Metric.of("stability_ari" + of, candidate.stability(), Direction.INFORMATIONAL));
    }
    return metrics;
  }
}
