package crm.learning.scoring;

import static crm.warehouse.settings.ConfigSection.Limit.atLeast;
import static crm.warehouse.settings.ConfigSection.Limit.atMost;

import crm.warehouse.settings.ConfigSection;

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
  /**
   * @param name of the section
   */
  public static ScoringSettings of(String name, ConfigSection section) {
    return new ScoringSettings(
        name,
        section.whole("trees", 1, 500),
        section.whole("tree-depth", 1, 8),
        section.number("learning-rate", atLeast(0.001), atMost(1)).doubleValue(),
        section.number("regularisation", atLeast(0), atMost(10)).doubleValue(),
        section.whole("min-customers", 50, 1_000_000),
        section.whole("max-training-rows", 1000, 5_000_000),
        section.seed("seed"));
  }
}
