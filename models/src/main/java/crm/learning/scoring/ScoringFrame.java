package crm.learning.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.xxhash64;

import crm.learning.scoring.PartCounts.Part;
import crm.learning.scoring.features.CountFeatures;
import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.features.FeatureCounts;
import crm.learning.scoring.features.LeakGuard;
import crm.learning.scoring.features.ScoringFeature;
import crm.learning.scoring.quality.Calibration;
import crm.learning.scoring.quality.ScoreCell;
import crm.learning.scoring.quality.ScoreQuality;
import crm.warehouse.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fits scores for any outcome that happens or does not: a customer leaves, answers, buys. Features
 * are declared with when they are known; what is known only afterwards is left out. A logistic
 * regression and boosted trees are trained on one part of the rows; another part chooses between
 * them and calibrates; a third measures how good the probabilities are, beside those of a simple
 * baseline.
 *
 * <p>Rows have the key, {@link #OUTCOME} (INT, 1 or 0), {@link #PART} (the name of a {@link Part}),
 * {@link #BASELINE} (INT; rows of one number get one probability by the baseline) and the features.
 * A row of the test is independent of the others.
 *
 * @param key columns that no two rows share
 */
public record ScoringFrame(
    List<String> key, List<ScoringFeature> features, ScoringSettings settings) {
  public static final String OUTCOME = "outcome";
  public static final String PART = "part";
  public static final String BASELINE = "baseline";

  private static final int QUINTILES = 5;

  /** So many rows as the part's average are added to each answer of the baseline. */
  private static final double PRIOR_ROWS = 2;

  private static final long SHARES = 1 << 20;

  /**
   * Fits to rows that are enough by {@link PartCounts#shortage}. The rows are read several times.
   */
  public ScoringModel fit(Dataset<Row> rows, PartCounts parts) {
    Dataset<Row> training = sample(rows.where(isTraining()), parts.rows(Part.TRAINING));
    List<FeatureCounts> counts = counted(training);
    LeakGuard guard = LeakGuard.of(features, counts);
    List<FeatureCounts> varying = counts.stream().filter(FeatureCounts::varies).toList();
    List<ScoringFeature> used = varying.stream().map(FeatureCounts::feature).toList();
    Encoding encoding = Encoding.of(varying);
    Candidates candidates =
        Candidates.of(
            training.select(columns(used, keyAndOutcome())),
            parts.rows(Part.TRAINING),
            key.size(),
            encoding,
            varying,
            settings);
    CountScores.Counted scores =
        new CountScores(encoding, candidates)
            .count(
                rows.where(not(isTraining()))
                    .select(columns(used, col(OUTCOME), col(PART), col(BASELINE))));
    return model(encoding, candidates, scores, guard);
  }

  /** Checks the features for leaks, before anything is fitted. */
  public LeakGuard guard(Dataset<Row> rows) {
    return LeakGuard.of(features, counted(rows.where(isTraining())));
  }

  private List<FeatureCounts> counted(Dataset<Row> training) {
    List<ScoringFeature> known =
        features.stream().filter(f -> f.known() == ScoringFeature.Known.BEFORE).toList();
    return new CountFeatures(known).count(training.select(columns(known, col(OUTCOME), half())));
  }

  private static Column isTraining() {
    return Part.TRAINING.isOf();
  }

  private static ScoringModel model(
      Encoding encoding, Candidates candidates, CountScores.Counted scores, LeakGuard guard) {
    Map<Candidate, Double> areas = new HashMap<>();
    for (Candidate candidate : candidates.competing()) {
      areas.put(candidate, ScoreQuality.areaUnderCurve(scores.cells(candidate, Part.CALIBRATION)));
    }
    Candidate chosen =
        candidates.competing().stream()
            .max(
                Comparator.comparing((Candidate candidate) -> areas.get(candidate))
                    .thenComparing(Comparator.reverseOrder()))
            .orElseThrow();
    List<ScoreCell> calibrating = scores.cells(chosen, Part.CALIBRATION);
    Calibration calibration = Calibration.of(calibrating);
    Map<Integer, Double> baseline = baseline(calibrating);
    double average = average(calibrating);
    Map<String, Double> labelled = new TreeMap<>();
    areas.forEach((candidate, area) -> labelled.put(candidate.label(), area));
    return new ScoringModel(
        chosen.label(),
        encoding,
        candidates.linear(),
        chosen == Candidate.GRADIENT_BOOSTED_TREES ? candidates.trees() : List.of(),
        calibration,
        quintiles(calibrating),
        ScoreQuality.of(
            scores.cells(chosen, Part.TEST),
            calibration::probability,
            answer -> baseline.getOrDefault(answer, average)),
        labelled,
        guard.leftOut(),
        guard.univariateAreas(),
        guard.suspects());
  }

  /** Computes the share of the rows of calibration with the outcome, by answer of the baseline. */
  private static Map<Integer, Double> baseline(List<ScoreCell> cells) {
    double average = average(cells);
    Map<Integer, Double> rows = new HashMap<>();
    Map<Integer, Double> outcomes = new HashMap<>();
    for (ScoreCell cell : cells) {
      rows.merge(cell.baseline(), (double) cell.rows(), Double::sum);
      outcomes.merge(cell.baseline(), (double) cell.outcomes(), Double::sum);
    }
    rows.replaceAll(
        (answer, n) -> (outcomes.get(answer) + PRIOR_ROWS * average) / (n + PRIOR_ROWS));
    return rows;
  }

  private static double average(List<ScoreCell> cells) {
    return cells.stream().mapToLong(ScoreCell::outcomes).sum()
        / (double) cells.stream().mapToLong(ScoreCell::rows).sum();
  }

  private static List<Double> quintiles(List<ScoreCell> cells) {
    double rows = cells.stream().mapToLong(ScoreCell::rows).sum();
    List<Double> quintiles = new ArrayList<>();
    double below = 0;
    for (ScoreCell cell : cells) {
      below += cell.rows();
      while (quintiles.size() < QUINTILES - 1
          && below >= (quintiles.size() + 1) * rows / QUINTILES) {
        quintiles.add(cell.score());
      }
    }
    return List.copyOf(quintiles);
  }

  /** Samples rows to train on, by their keys, where there are more than the maximum. */
  private Dataset<Row> sample(Dataset<Row> training, long rows) {
    if (rows <= settings.maxTrainingRows()) {
      return training;
    }
    long share = (long) (SHARES * (settings.maxTrainingRows() / (double) rows));
    return training.where(pmod(hash(), lit(SHARES)).lt(lit(share)));
  }

  /** One of two random halves; by other bits than those that draw the part trained on. */
  private Column half() {
    return pmod(shiftright(hash(), 40), lit(2L)).cast("int");
  }

  private Column hash() {
    return xxhash64(Columns.named(key));
  }

  private Column[] keyAndOutcome() {
    return Columns.named(key, OUTCOME);
  }

  private static Column[] columns(List<ScoringFeature> features, Column... first) {
    List<Column> columns = new ArrayList<>(List.of(first));
    for (ScoringFeature feature : features) {
      columns.add(value(feature.name(), feature.isNumeric()));
    }
    return columns.toArray(Column[]::new);
  }

  static Column value(String feature, boolean numeric) {
    return col(feature).cast(numeric ? "double" : "string");
  }
}
