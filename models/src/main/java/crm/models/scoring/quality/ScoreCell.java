package crm.models.scoring.quality;

/**
 * Rows of one score.
 *
 * @param score log-odds, or whatever ranks them
 * @param rule the answer of the rule a model is compared with
 * @param outcomes the rows that had the outcome
 */
public record ScoreCell(double score, int rule, long rows, long outcomes) {}
