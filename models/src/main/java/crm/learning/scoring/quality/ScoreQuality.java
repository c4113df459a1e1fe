package crm.learning.scoring.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import crm.warehouse.job.ModelRun.Direction;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.ModelRun.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How calibrated scores did on rows they had not seen, beside those of a simple baseline.
 *
 * <p>The gain is what the model takes off the baseline's mean squared error (Brier score): a number
 * that only honest probabilities make large, where an area under the curve asks for the order
 * alone. Each row counts once, so gains of rows are independent, and the ends of the gain's 95 %
 * interval are 1.96 standard errors of their mean away.
 *
 * @param rows that were scored
 * @param outcomeShare share with the outcome
 * @param area under the ROC curve
 * @param precision mean precision over the outcomes: the area under the precision-recall curve
 * @param brier mean squared error of the probabilities
 * @param calibrationError mean distance of predicted and actual shares over the deciles
 * @param baselineArea area under the curve of the baseline
 * @param baselineBrier mean squared error of the baseline
 * @param gainLow lower end of the interval of the gain
 * @param deciles the rows by their score, the highest decile first
 */
public record ScoreQuality(
    long rows,
    double outcomeShare,
    double area,
    double precision,
    double brier,
    double calibrationError,
    @JsonProperty("ruleArea") double baselineArea,
    @JsonProperty("ruleBrier") double baselineBrier,
    double gainLow,
    @JsonProperty("tenths") List<Decile> deciles) {
  private static final double OF_95_PERCENT = 1.959964;
  private static final int DECILES = 10;

  /** A tenth of the rows: the mean of their probabilities, and the share that had the outcome. */
  public record Decile(@JsonProperty("foretold") double predicted, double actual) {}

  /**
   * @param cells rows that the model was neither fitted to nor calibrated on
   * @param probability of a score
   * @param baselineProbability of an answer of the baseline
   */
  public static ScoreQuality of(
      List<ScoreCell> cells,
      DoubleUnaryOperator probability,
      IntToDoubleFunction baselineProbability) {
    double rows = 0;
    double outcomes = 0;
    double squares = 0;
    double baselineSquares = 0;
    double gain = 0;
    double gainSquares = 0;
    for (ScoreCell cell : cells) {
      double p = probability.applyAsDouble(cell.score());
      double q = baselineProbability.applyAsDouble(cell.baseline());
      double others = (double) cell.rows() - cell.outcomes();
      double gainOfOutcome = (1 - q) * (1 - q) - (1 - p) * (1 - p);
      double gainOfOther = q * q - p * p;
      rows += cell.rows();
      outcomes += cell.outcomes();
      squares += cell.outcomes() * (1 - p) * (1 - p) + others * p * p;
      baselineSquares += cell.outcomes() * (1 - q) * (1 - q) + others * q * q;
      gain += cell.outcomes() * gainOfOutcome + others * gainOfOther;
      gainSquares +=
          cell.outcomes() * gainOfOutcome * gainOfOutcome + others * gainOfOther * gainOfOther;
    }
    double meanGain = gain / rows;
    double variance = Math.max(0, gainSquares / rows - meanGain * meanGain);
    List<Decile> deciles = deciles(cells, probability, rows);
    return new ScoreQuality(
        (long) rows,
        outcomes / rows,
        areaUnderCurve(cells),
        meanPrecision(cells),
        squares / rows,
        deciles.stream().mapToDouble(t -> Math.abs(t.predicted() - t.actual())).sum() / DECILES,
        areaUnderCurve(
            cells.stream()
                .map(
                    cell ->
                        new ScoreCell(
                            baselineProbability.applyAsDouble(cell.baseline()),
                            cell.baseline(),
                            cell.rows(),
                            cell.outcomes()))
                .toList()),
        baselineSquares / rows,
        meanGain - OF_95_PERCENT * Math.sqrt(variance / rows),
        deciles);
  }

  /**
   * Returns how likely a row with the outcome has a higher score than one without; ties count half.
   */
  public static double areaUnderCurve(List<ScoreCell> cells) {
    double ranked = 0;
    double outcomesAbove = 0;
    double others = 0;
    for (ScoreCell level : levels(cells)) {
      double here = (double) level.rows() - level.outcomes();
      ranked += here * (outcomesAbove + level.outcomes() / 2.0);
      outcomesAbove += level.outcomes();
      others += here;
    }
    return outcomesAbove == 0 || others == 0 ? 0.5 : ranked / outcomesAbove / others;
  }

  private static double meanPrecision(List<ScoreCell> cells) {
    double rows = 0;
    double outcomes = 0;
    double sum = 0;
    for (ScoreCell level : levels(cells)) {
      rows += level.rows();
      outcomes += level.outcomes();
      sum += level.outcomes() * outcomes / rows;
    }
    return outcomes == 0 ? 0 : sum / outcomes;
  }

  /** Cells of one score together, the highest score first. */
  private static List<ScoreCell> levels(List<ScoreCell> cells) {
    List<ScoreCell> levels = new ArrayList<>();
    for (ScoreCell cell :
        cells.stream().sorted(Comparator.comparingDouble(ScoreCell::score).reversed()).toList()) {
      int last = levels.size() - 1;
      if (last >= 0 && levels.get(last).score() == cell.score()) {
        ScoreCell level = levels.get(last);
        levels.set(
            last,
            new ScoreCell(
                cell.score(), 0, level.rows() + cell.rows(), level.outcomes() + cell.outcomes()));
      } else {
        levels.add(cell);
      }
    }
    return levels;
  }

  /** Deciles of equal size: rows of one score that lie in two are shared out evenly. */
  private static List<Decile> deciles(
      List<ScoreCell> cells, DoubleUnaryOperator probability, double rows) {
    double size = rows / DECILES;
    double[] predicted = new double[DECILES];
    double[] actual = new double[DECILES];
    double before = 0;
    for (ScoreCell level : levels(cells)) {
      double after = before + level.rows();
      for (int tenth = (int) (before / size); tenth < DECILES && tenth * size < after; tenth++) {
        double here = Math.min(after, (tenth + 1) * size) - Math.max(before, tenth * size);
        predicted[tenth] += here * probability.applyAsDouble(level.score());
        actual[tenth] += here * level.outcomes() / level.rows();
      }
      before = after;
    }
    return IntStream.range(0, DECILES)
        .mapToObj(tenth -> new Decile(predicted[tenth] / size, actual[tenth] / size))
        .toList();
  }

  double gain() {
    return baselineBrier - brier;
  }

  /** Tells whether the lower 95 % bound of the gain over the baseline is above 0. */
  public boolean beatsBaseline() {
    return gainLow > 0;
  }

  public Grade grade() {
    double ratio = baselineBrier == 0 ? 1 : brier / baselineBrier;
    return !beatsBaseline() ? Grade.D : ratio < 0.8 ? Grade.A : ratio < 0.95 ? Grade.B : Grade.C;
  }

  /**
   * By name; {@code tenth_01} to {@code tenth_10} are the shares with the outcome, beside what was
   * predicted.
   */
  public List<Metric> metrics() {
    List<Metric> metrics =
        new ArrayList<>(
            List.of(
                Metric.of("area_under_curve", area, Direction.MAXIMIZE, baselineArea),
                Metric.of(
                    "area_under_precision_recall", precision, Direction.MAXIMIZE, outcomeShare),
                Metric.of("brier", brier, Direction.MINIMIZE, baselineBrier),
                Metric.of("brier_gain", gain(), Direction.MAXIMIZE, 0),
                Metric.of("brier_gain_low", gainLow, Direction.MAXIMIZE, 0),
                Metric.of("calibration_error", calibrationError, Direction.MINIMIZE),
                Metric.of(
                    "lift_top_tenth",
                    outcomeShare == 0 ? 1 : deciles.get(0).actual() / outcomeShare,
                    Direction.MAXIMIZE,
                    1),
                Metric.of("outcome_share", outcomeShare, Direction.INFORMATIONAL),
                Metric.of("tested", (double) rows, Direction.INFORMATIONAL)));
    for (int tenth = 0; tenth < deciles.size(); tenth++) {
      metrics.add(
          Metric.of(
              "tenth_%02d".formatted(tenth + 1),
              deciles.get(tenth).actual(),
              Direction.TARGET,
              deciles.get(tenth).predicted()));
    }
    return metrics;
  }
}
