package crm.models.scoring;

import crm.warehouse.UserError;

/**
 * How scores are fitted.
 *
 * @param section of the settings these are of, as in {@code churn}
 * @param trees boosted trees
 * @param treeDepth questions from the root of a tree to a leaf
 * @param learningRate share of each tree that is added
 * @param regularisation of the logistic regression, half of it on squares, half on sizes
 * @param minRows rows that each of training, calibration and test needs
 * @param maxTrainingRows rows that are trained on; of more, a random part
 * @param seed what random numbers start from
 */
public record ScoringSettings(
    String section,
    int trees,
    int treeDepth,
    double learningRate,
    double regularisation,
    int minRows,
    int maxTrainingRows,
    long seed) {

  public ScoringSettings {
    between(section, "trees", trees, 1, 500);
    between(section, "tree-depth", treeDepth, 1, 8);
    between(section, "learning-rate", learningRate, 0.001, 1);
    between(section, "regularisation", regularisation, 0, 10);
    between(section, "min-customers", minRows, 50, 1_000_000);
    between(section, "max-training-rows", maxTrainingRows, 1000, 5_000_000);
  }

  private static void between(String section, String key, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw UserError.usage("%s.%s is %s; choose %s to %s.", section, key, value, from, to);
    }
  }
}
