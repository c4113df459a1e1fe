package crm.learning.scoring.effects;

import crm.learning.scoring.features.Encoding;
import crm.learning.scoring.features.FeatureCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression, feature by feature. The effect of a feature is its term less the term's
 * mean over the rows of training: linear SHAP, beta_j (x_j - mean_j) (Lundberg and Lee 2017,
 * corollary 1).
 */
public record LinearModel(double intercept, List<Term> terms) implements Serializable, Scorer {

  /**
   * What one feature adds.
   *
   * @param slope per step of a number
   * @param fill the number that is taken where one is missing
   * @param missing what a missing number adds
   * @param byLevel per level; none of numbers
   * @param mean over the rows of training
   */
  public record Term(double slope, double fill, double missing, List<Double> byLevel, double mean)
      implements Serializable {

    double at(double encoded) {
      if (!byLevel.isEmpty()) {
        return byLevel.get((int) encoded);
      }
      return encoded == Encoding.MISSING_NUMBER ? slope * fill + missing : slope * encoded;
    }
  }

  /**
   * @param coefficients of {@link Encoding#spread}
   * @param counts of the encoded features
   */
  public static LinearModel of(
      double intercept, double[] coefficients, Encoding encoding, List<FeatureCounts> counts) {
    List<Term> terms = new ArrayList<>();
    int at = 0;
    for (int f = 0; f < counts.size(); f++) {
      Encoding.Feature feature = encoding.features().get(f);
      terms.add(
          feature.numeric()
              ? number(coefficients[at], coefficients[at + 1], feature, counts.get(f))
              : levels(coefficients, at, feature, counts.get(f)));
      at += feature.width();
    }
    return new LinearModel(intercept, List.copyOf(terms));
  }

  private static Term number(
      double slope, double missing, Encoding.Feature feature, FeatureCounts counts) {
    double mean = slope * feature.mean() + missing * counts.share(FeatureCounts.MISSING);
    return new Term(slope, feature.mean(), missing, List.of(), mean);
  }

  private static Term levels(
      double[] coefficients, int at, Encoding.Feature feature, FeatureCounts counts) {
    List<Double> byLevel = new ArrayList<>();
    double mean = 0;
    double shares = 0;
    for (int level = 0; level < feature.levels().size(); level++) {
      double share = counts.share(feature.levels().get(level));
      byLevel.add(coefficients[at + level]);
      mean += coefficients[at + level] * share;
      shares += share;
    }
    int other = feature.levels().indexOf(FeatureCounts.OTHER);
    return new Term(0, 0, 0, List.copyOf(byLevel), mean + coefficients[at + other] * (1 - shares));
  }

  @Override
  public double logOdds(double[] encoded) {
    double sum = intercept;
    for (int f = 0; f < encoded.length; f++) {
      sum += terms.get(f).at(encoded[f]);
    }
    return sum;
  }

  @Override
  public double base() {
    return intercept + terms.stream().mapToDouble(Term::mean).sum();
  }

  @Override
  public double[] effects(double[] encoded) {
    double[] effects = new double[encoded.length];
    for (int f = 0; f < encoded.length; f++) {
      effects[f] = terms.get(f).at(encoded[f]) - terms.get(f).mean();
    }
    return effects;
  }
}
