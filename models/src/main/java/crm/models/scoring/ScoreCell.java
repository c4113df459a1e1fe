package crm.models.scoring;

/**
 * Rows of one score.
 *
 * @param score log-odds, or whatever ranks them
 * @param rule the answer of the rule a model is compared with
 * @param outcomes the rows that had the outcome
 */
record ScoreCell(double score, int rule, long rows, long outcomes) {}
