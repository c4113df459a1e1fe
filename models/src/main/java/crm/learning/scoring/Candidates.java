package crm.learning.scoring;

import static org.apache.spark.sql.functions.col;

import crm.learning.scoring.effects.LinearModel;
import crm.learning.scoring.effects.Scorer;
import crm.learning.scoring.effects.Tree;
import crm.learning.scoring.effects.TreeScorer;
import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.features.FeatureCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The models that compete, fitted by MLlib and taken over as numbers, so that scoring, reasons and
 * what is saved do not depend on it.
 */
record Candidates(LinearModel linear, List<Tree> trees) implements Serializable {
  /**
   * Rows are trained on in two parts, by key and in order: MLlib adds up what the parts find as
   * they end, and only of two sums the order does not show in the last digits.
   */
  private static final int PARTS = 2;

  private static final double HALF = 0.5;
  private static final int MAX_ITERATIONS = 50;
  private static final int BINS = 64;
  private static final int MIN_ROWS_PER_LEAF = 20;

  /** On fewer rows trees hardly beat a regression, and each level of each tree is a Spark job. */
  private static final long MIN_ROWS_FOR_TREES = 5000;

  /** Boosting fits half log-odds (Friedman 2001, algorithm 5). */
  private static final double LOG_ODDS = 2;

  private static final StructType VECTORS =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("encoded", SQLDataTypes.VectorType())
          .add("spread", SQLDataTypes.VectorType());

  /**
   * @param rows the key, then the outcome and the encoded features in order
   * @param keys how many columns the key has
   * @param counts of the encoded features
   * @param known how many rows there are
   */
  static Candidates of(
      Dataset<Row> rows,
      long known,
      int keys,
      Encoding encoding,
      List<FeatureCounts> counts,
      ScoringSettings settings) {
    if (encoding.features().isEmpty()) {
      return new Candidates(new LinearModel(0, List.of()), List.of());
    }
    Column[] key =
        Arrays.stream(rows.columns()).limit(keys).map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> vectors =
        rows.repartition(PARTS, key)
            .sortWithinPartitions(key)
            .map(
                (MapFunction<Row, Row>)
                    row -> {
                      double[] encoded = encoding.encoded(row, keys + 1);
                      return RowFactory.create(
                          (double) row.getInt(keys),
                          Vectors.dense(encoded),
                          Vectors.dense(encoding.spread(encoded)).compressed());
                    },
                Encoders.row(VECTORS))
            .persist();
    try {
      return new Candidates(
          linear(vectors, encoding, counts, settings),
          known < MIN_ROWS_FOR_TREES ? List.of() : trees(vectors, settings));
    } finally {
      vectors.unpersist();
    }
  }

  private static LinearModel linear(
      Dataset<Row> vectors,
      Encoding encoding,
      List<FeatureCounts> counts,
      ScoringSettings settings) {
    LogisticRegressionModel fitted =
        new LogisticRegression()
            .setFeaturesCol("spread")
            .setStandardization(true)
            .setRegParam(settings.regularisation())
            .setElasticNetParam(HALF)
            .setMaxIter(MAX_ITERATIONS)
            .fit(vectors);
    return LinearModel.of(fitted.intercept(), fitted.coefficients().toArray(), encoding, counts);
  }

  private static List<Tree> trees(Dataset<Row> vectors, ScoringSettings settings) {
    GBTClassificationModel fitted =
        new GBTClassifier()
            .setFeaturesCol("encoded")
            .setMaxIter(settings.trees())
            .setMaxDepth(settings.treeDepth())
            .setStepSize(settings.learningRate())
            .setMaxBins(BINS)
            .setMinInstancesPerNode(MIN_ROWS_PER_LEAF)
            .setSeed(settings.seed())
            .fit(vectors);
    List<Tree> trees = new ArrayList<>();
    DecisionTreeRegressionModel[] members = fitted.trees();
    for (int t = 0; t < members.length; t++) {
      List<Tree.Node> nodes = new ArrayList<>();
      add(members[t].rootNode(), LOG_ODDS * fitted.treeWeights()[t], nodes);
      trees.add(new Tree(List.copyOf(nodes)));
    }
    return List.copyOf(trees);
  }

  /** Takes over a node and all below it; returns its place. */
  private static int add(Node node, double weight, List<Tree.Node> nodes) {
    double cover = node.impurityStats().count();
    int place = nodes.size();
    nodes.add(Tree.Node.leaf(weight * node.prediction(), cover));
    if (node instanceof InternalNode asks) {
      ContinuousSplit split = (ContinuousSplit) asks.split();
      int left = add(asks.leftChild(), weight, nodes);
      int right = add(asks.rightChild(), weight, nodes);
      nodes.set(
          place, new Tree.Node(split.featureIndex(), split.threshold(), left, right, 0, cover));
    }
    return place;
  }

  /** Those that were fitted. */
  List<Candidate> competing() {
    return trees.isEmpty() ? List.of(Candidate.LOGISTIC_REGRESSION) : List.of(Candidate.values());
  }

  Scorer scorer(Candidate candidate) {
    return switch (candidate) {
      case LOGISTIC_REGRESSION -> linear;
      case GRADIENT_BOOSTED_TREES -> new TreeScorer(trees);
    };
  }
}
