package crm.bench.generated;

import static org.apache.spark.sql.functions.col;

import crm.learning.scoring.PartCounts;
import crm.learning.scoring.ScoreRows;
import crm.learning.scoring.ScoringFrame;
import crm.learning.scoring.ScoringModel;
import crm.learning.scoring.ScoringSettings;
import crm.warehouse.job.Artefact;
import crm.warehouse.tables.customer.ChurnTables;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers with features and what became of them, who are scored as the jobs score. */
public record OutcomesWorkload(GeneratedFiles files, ScoringSettings settings) {

  /**
   * Fits to three parts of the customers and scores all, with reasons, which the peer does not say.
   */
  public ScoringModel scored() {
    Dataset<Row> rows = files.read(GeneratedOutcomes.ROWS);
    List<String> key = List.of(GeneratedOutcomes.KEY);
    ScoringModel model =
        new ScoringFrame(key, GeneratedOutcomes.FEATURES, settings).fit(rows, PartCounts.of(rows));
    files.write(
        new ScoreRows(Artefact.write(model), key, ChurnTables.REASONS)
            .score(rows)
            .select(col(GeneratedOutcomes.KEY), col("probability")),
        "ours_scores");
    return model;
  }
}
