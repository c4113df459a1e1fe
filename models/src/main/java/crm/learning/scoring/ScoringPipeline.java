package crm.learning.scoring;

import static java.util.stream.Collectors.joining;

import crm.learning.scoring.effects.LinearModel;
import crm.learning.scoring.effects.Tree;
import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.quality.Calibration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.IsotonicRegressionModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.LeafNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.mllib.tree.impurity.VarianceCalculator;

/**
 * Fitted scores as MLlib's: from the features to {@code rawPrediction}, which holds the log-odds of
 * a regression and half of those of trees, and to the calibrated probability. It is made of the
 * saved model alone, whenever that was fitted.
 *
 * @param probability the column of the calibrated probability
 */
public record ScoringPipeline(String probability) {
  private static final String ENCODED = "encoded_";
  private static final String SPREAD = "spread_";
  private static final String ASSEMBLED = "features";

  /** MLlib's boosted trees add up to half log-odds, see {@link Candidates}. */
  private static final double HALF = 0.5;

  /** The same scores; empty where no feature says anything. */
  public Optional<PipelineModel> of(ScoringModel model) {
    List<Encoding.Feature> features = model.encoding().features();
    if (features.isEmpty()) {
      return Optional.empty();
    }
    List<String> encoded = features.stream().map(Encoding.Feature::sql).toList();
    boolean isLinear = model.trees().isEmpty();
    Stream<? extends Transformer> scores =
        isLinear ? regression(model.linear(), features) : trees(model.trees(), features.size());
    return Optional.of(
        new PipelineModel(
            "scores",
            Stream.<Transformer>concat(
                    Stream.concat(Stream.of(sql("encoding", ENCODED, encoded)), scores),
                    Stream.of(calibration(model.calibration(), isLinear ? 1 : HALF)))
                .toList()));
  }

  private static Stream<Transformer> regression(
      LinearModel linear, List<Encoding.Feature> features) {
    List<String> spread =
        IntStream.range(0, features.size())
            .mapToObj(f -> spread(features.get(f), ENCODED + f))
            .flatMap(List::stream)
            .toList();
    double[] coefficients =
        linear.terms().stream()
            .flatMap(
                term ->
                    term.byLevel().isEmpty()
                        ? Stream.of(term.slope(), term.missing())
                        : term.byLevel().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return Stream.of(
        sql("spreading", SPREAD, spread),
        assembler(SPREAD, spread.size()),
        new LogisticRegressionModel(
                "logistic-regression", Vectors.dense(coefficients), linear.intercept())
            .setFeaturesCol(ASSEMBLED));
  }

  /** As {@link Encoding#spread} does it. */
  private static List<String> spread(Encoding.Feature feature, String encoded) {
    return feature.numeric()
        ? List.of(
            "IF(%1$s = %2$sD, %3$sD, %1$s)"
                .formatted(encoded, Encoding.MISSING_NUMBER, feature.mean()),
            "IF(%s = %sD, 1D, 0D)".formatted(encoded, Encoding.MISSING_NUMBER))
        : IntStream.range(0, feature.levels().size())
            .mapToObj(level -> "IF(%s = %d, 1D, 0D)".formatted(encoded, level))
            .toList();
  }

  private static Stream<Transformer> trees(List<Tree> trees, int features) {
    return Stream.of(
        assembler(ENCODED, features),
        new GBTClassificationModel(
                "boosted-trees",
                trees.stream()
                    .map(tree -> tree(tree, features))
                    .toArray(DecisionTreeRegressionModel[]::new),
                trees.stream().mapToDouble(tree -> 1).toArray(),
                features,
                2)
            .setFeaturesCol(ASSEMBLED));
  }

  private static DecisionTreeRegressionModel tree(Tree tree, int features) {
    return new DecisionTreeRegressionModel("tree", node(tree, tree.nodes().get(0)), features);
  }

  private static Node node(Tree tree, Tree.Node node) {
    double value = HALF * node.value();
    VarianceCalculator rows =
        new VarianceCalculator(new double[] {node.cover(), 0, 0}, (long) node.cover());
    return node.leaf()
        ? new LeafNode(value, 0, rows)
        : new InternalNode(
            value,
            0,
            0,
            node(tree, tree.nodes().get(node.left())),
            node(tree, tree.nodes().get(node.right())),
            new ContinuousSplit(node.feature(), node.threshold()),
            rows);
  }

  private IsotonicRegressionModel calibration(Calibration calibration, double unit) {
    return new IsotonicRegressionModel(
            "calibration",
            new org.apache.spark.mllib.regression.IsotonicRegressionModel(
                calibration.scores().stream().mapToDouble(score -> unit * score).toArray(),
                calibration.probabilities().stream().mapToDouble(share -> share).toArray(),
                true))
        .setFeaturesCol("rawPrediction")
        .setFeatureIndex(1)
        .setPredictionCol(probability);
  }

  private static SQLTransformer sql(String uid, String prefix, List<String> columns) {
    return new SQLTransformer(uid)
        .setStatement(
            IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " AS " + prefix + i)
                .collect(joining(", ", "SELECT *, ", " FROM __THIS__")));
  }

  private static VectorAssembler assembler(String prefix, int columns) {
    return new VectorAssembler("assembler")
        .setInputCols(IntStream.range(0, columns).mapToObj(i -> prefix + i).toArray(String[]::new))
        .setOutputCol(ASSEMBLED);
  }
}
