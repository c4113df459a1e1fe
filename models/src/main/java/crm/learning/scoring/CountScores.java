package crm.learning.scoring;

import static org.apache.spark.sql.functions.sum;

import crm.learning.scoring.effects.Scorer;
import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.quality.ScoreCell;
import crm.warehouse.job.CollectsAggregates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Scores rows by every candidate and counts them by score, in one pass. What comes to the driver is
 * a count per 64th of log-odds and answer of the baseline: never a row.
 */
@CollectsAggregates("a count per 64th of log-odds")
record CountScores(Encoding encoding, Candidates candidates)
    implements MapPartitionsFunction<Row, Row> {
  private static final double CELLS_PER_UNIT = 64;

  /** Log-odds beyond this, as good as certain, are one cell. */
  private static final long MAX_CELL = 16 * 64;

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "candidate STRING, part STRING, cell BIGINT, baseline INT, rows BIGINT, "
              + "outcomes BIGINT");

  private record Cell(Candidate candidate, String part, long cell, int baseline) {}

  /** Counts that came to the driver. */
  record Counted(List<Row> cells) {
    List<ScoreCell> cells(Candidate candidate, PartCounts.Part part) {
      return cells.stream()
          .filter(row -> row.getString(0).equals(candidate.name()))
          .filter(row -> row.getString(1).equals(part.name()))
          .map(
              row ->
                  new ScoreCell(
                      row.getLong(2) / CELLS_PER_UNIT,
                      row.getInt(3),
                      row.getLong(4),
                      row.getLong(5)))
          .sorted(Comparator.comparingDouble(ScoreCell::score).thenComparing(ScoreCell::baseline))
          .toList();
    }
  }

  /**
   * @param rows outcome, part, baseline, and the encoded features in order
   */
  Counted count(Dataset<Row> rows) {
    return new Counted(
        rows.mapPartitions(this, Encoders.row(SCHEMA))
            .groupBy("candidate", "part", "cell", "baseline")
            .agg(sum("rows"), sum("outcomes"))
            .collectAsList());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Map<Candidate, Scorer> scorers = new EnumMap<>(Candidate.class);
    for (Candidate candidate : candidates.competing()) {
      scorers.put(candidate, candidates.scorer(candidate));
    }
    Map<Cell, long[]> counts = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      double[] encoded = encoding.encoded(row, 3);
      for (Map.Entry<Candidate, Scorer> scorer : scorers.entrySet()) {
        long cell = Math.round(scorer.getValue().logOdds(encoded) * CELLS_PER_UNIT);
        long[] count =
            counts.computeIfAbsent(
                new Cell(
                    scorer.getKey(),
                    row.getString(1),
                    Math.max(-MAX_CELL, Math.min(MAX_CELL, cell)),
                    row.getInt(2)),
                none -> new long[2]);
        count[0]++;
        count[1] += row.getInt(0);
      }
    }
    List<Row> counted = new ArrayList<>();
    counts.forEach(
        (cell, count) ->
            counted.add(
                RowFactory.create(
                    cell.candidate().name(),
                    cell.part(),
                    cell.cell(),
                    cell.baseline(),
                    count[0],
                    count[1])));
    return counted.iterator();
  }
}
