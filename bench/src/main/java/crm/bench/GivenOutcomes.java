package crm.bench;

import static org.apache.spark.sql.functions.col;

import crm.models.scoring.PartCounts;
import crm.models.scoring.ScoreRows;
import crm.models.scoring.ScoringFrame;
import crm.models.scoring.ScoringModel;
import crm.models.scoring.ScoringSettings;
import crm.warehouse.Artefact;
import crm.warehouse.tables.ChurnTables;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers with features and what became of them, who are scored as the jobs score. */
record GivenOutcomes(MadeFiles files, ScoringSettings settings) {

  /**
   * Fits to three parts of the customers and scores all, with reasons, which the peer does not say.
   */
  ScoringModel scored() {
    Dataset<Row> rows = files.read(MadeOutcomes.ROWS);
    List<String> key = List.of(MadeOutcomes.KEY);
    ScoringModel model =
        new ScoringFrame(key, MadeOutcomes.FEATURES, settings).fit(rows, PartCounts.of(rows));
    files.write(
        new ScoreRows(Artefact.write(model), key, ChurnTables.REASONS)
            .score(rows)
            .select(col(MadeOutcomes.KEY), col("probability")),
        "ours_scores");
    return model;
  }
}
