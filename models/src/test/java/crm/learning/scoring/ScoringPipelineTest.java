package crm.learning.scoring;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.scoring.effects.LinearModel;
import crm.learning.scoring.effects.LinearModel.Term;
import crm.learning.scoring.effects.Tree;
import crm.learning.scoring.effects.Tree.Node;
import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.features.Encoding.Feature;
import crm.learning.scoring.quality.Calibration;
import crm.testing.Sessions;
import crm.warehouse.job.Artefact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What MLlib makes of a saved model beside what the jobs make of it. */
class ScoringPipelineTest {
  private static final Encoding ENCODING =
      new Encoding(
          List.of(
              new Feature("spend", true, 2.5, List.of()),
              new Feature(
                  "channel", false, 0, List.of("app", "(missing)", "(other)", "Joe's \\ shop"))));

  private static final Calibration CALIBRATION =
      new Calibration(List.of(-2.0, 0.0, 1.5), List.of(0.1, 0.4, 0.8));

  private static final LinearModel LINEAR =
      new LinearModel(
          -0.4,
          List.of(
              new Term(0.3, 2.5, -0.7, List.of(), 0),
              new Term(0, 0, 0, List.of(-1.0, 0.5, 0.25, 2.0), 0)));

  /** By spend, and below it by channel; then a tree of one leaf. */
  private static final List<Tree> TREES =
      List.of(
          new Tree(
              List.of(
                  new Node(0, 1.5, 1, 2, 0, 10),
                  new Node(1, 1.5, 3, 4, 0, 6),
                  Node.leaf(0.9, 4),
                  Node.leaf(-1.1, 2),
                  Node.leaf(0.3, 4))),
          new Tree(List.of(Node.leaf(0.125, 10))));

  @Test
  void aRegressionGivesTheSameLogOddsAndProbabilities(@TempDir Path folder) throws IOException {
    compare(model("logistic-regression", List.of()), 1, folder);
  }

  @Test
  void treesGiveHalfOfThemAndTheSameProbabilities(@TempDir Path folder) throws IOException {
    compare(model("gradient-boosted-trees", TREES), 2, folder);
  }

  private static ScoringModel model(String method, List<Tree> trees) {
    return new ScoringModel(
        method,
        ENCODING,
        LINEAR,
        trees,
        CALIBRATION,
        List.of(-1.0, -0.5, 0.0, 0.5),
        null,
        Map.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  private static void compare(ScoringModel model, double unit, Path folder) throws IOException {
    Dataset<Row> rows =
        Sessions.small()
            .sql(
                "SELECT * FROM VALUES (1, 12.5D, 'app'), (2, -3D, 'phone'), (3, NULL, NULL),"
                    + " (4, DOUBLE('NaN'), 'app'), (5, DOUBLE('-Infinity'), '(missing)'),"
                    + " (6, 0D, 'Joe\\'s \\\\ shop'), (7, 250000D, '(other)'), (8, 3.5D, '')"
                    + " AS t(id, spend, channel)");
    List<Row> ours =
        new ScoreRows(Artefact.write(model), List.of("id"), 1)
            .score(rows)
            .orderBy("id")
            .select("log_odds", "probability")
            .collectAsList();
    String path = folder.resolve("model").toString();
    new ScoringPipeline("found").of(model).orElseThrow().save(path);
    List<Row> theirs =
        PipelineModel.load(path)
            .transform(rows)
            .orderBy("id")
            .select(vector_to_array(col("rawPrediction"), "float64").getItem(1), col("found"))
            .collectAsList();
    assertThat(theirs).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(theirs.get(i).getDouble(0) * unit)
          .as("log-odds of row %d", i + 1)
          .isCloseTo(ours.get(i).getDouble(0), within(1e-12));
      assertThat(theirs.get(i).getDouble(1))
          .as("probability of row %d", i + 1)
          .isCloseTo(ours.get(i).getDouble(1), within(1e-12));
    }
  }
}
