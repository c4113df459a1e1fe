package crm.learning.scoring.quality;

/**
 * Rows of one score.
 *
 * @param score log-odds, or whatever ranks them
 * @param baseline the answer of the baseline a model is compared with
 * @param outcomes the rows that had the outcome
 */
public record ScoreCell(double score, int baseline, long rows, long outcomes) {}
