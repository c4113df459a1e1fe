package crm.models.customer.segments;

import static java.util.stream.Collectors.joining;

import crm.learning.clustering.PipelineKMeans;
import crm.learning.clustering.PipelineKMeans.Scaling;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.SQLTransformer;

/**
 * A segmentation as MLlib's: from the {@linkplain Feature#column() features} of customers to {@code
 * segment_id} and {@code distance}, as the table has them. Its KMeansModel has the centroids of the
 * saved model, so it follows from that alone, however long ago it was fitted.
 */
final class SegmentPipeline {
  private static final String PREDICTION = "prediction";

  private SegmentPipeline() {}

  /** The scaling of the logarithms between the cuts. */
  static Scaling scaling(List<FeatureScale> scales) {
    return new Scaling(
        scales.stream().map(SegmentPipeline::cutColumn).toList(),
        scales.stream().map(FeatureScale::mean).toList(),
        scales.stream().map(FeatureScale::deviation).toList());
  }

  static PipelineModel of(SegmentModel model) {
    List<FeatureScale> scales = model.scales();
    Scaling scaling = scaling(scales);
    KMeansModel kMeans =
        new KMeansModel(
            "k-means",
            PipelineKMeans.model(
                model.segments().stream()
                    .map(segment -> centroid(segment, scales))
                    .toArray(double[][]::new)));
    kMeans.setFeaturesCol(PipelineKMeans.SCALED).setPredictionCol(PREDICTION);
    return new PipelineModel(
        "segments",
        List.<Transformer>of(
            sql("logarithms", cuts(scales)),
            scaling.assembler(),
            scaling.scaler(),
            kMeans,
            sql("segments", segments(model))));
  }

  private static SQLTransformer sql(String uid, String columns) {
    return new SQLTransformer(uid).setStatement("SELECT *, " + columns + " FROM __THIS__");
  }

  private static String cuts(List<FeatureScale> scales) {
    return scales.stream()
        .map(scale -> scale.cutSql() + " AS " + cutColumn(scale))
        .collect(joining(", "));
  }

  private static String segments(SegmentModel model) {
    List<FeatureScale> scales = model.scales();
    return ofPrediction(
            model.segments().stream().map(segment -> String.valueOf(segment.id())).toList())
        + " AS segment_id, SQRT("
        + ofPrediction(
            model.segments().stream().map(segment -> squaredDistance(segment, scales)).toList())
        + ") AS distance";
  }

  private static String ofPrediction(List<String> ofSegments) {
    return "ELEMENT_AT(ARRAY(%s), CAST(%s AS INT) + 1)"
        .formatted(String.join(", ", ofSegments), PREDICTION);
  }

  private static String squaredDistance(Segment segment, List<FeatureScale> scales) {
    double[] centroid = centroid(segment, scales);
    return IntStream.range(0, centroid.length)
        .mapToObj(
            j ->
                "POWER((%s - %sD) / %sD - (%sD), 2)"
                    .formatted(
                        cutColumn(scales.get(j)),
                        scales.get(j).mean(),
                        scales.get(j).deviation(),
                        centroid[j]))
        .collect(joining(" + "));
  }

  private static double[] centroid(Segment segment, List<FeatureScale> scales) {
    return IntStream.range(0, scales.size())
        .mapToDouble(
            j -> (segment.centre().get(j) - scales.get(j).mean()) / scales.get(j).deviation())
        .toArray();
  }

  private static String cutColumn(FeatureScale scale) {
    return "cut_" + scale.feature().column();
  }
}
