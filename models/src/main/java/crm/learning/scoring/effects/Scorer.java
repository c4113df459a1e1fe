package crm.learning.scoring.effects;

/** A fitted model of log-odds that can say what each feature adds to them. */
public interface Scorer {
  /** The log-odds of the outcome, before calibration. */
  double logOdds(double[] encoded);

  /** The mean log-odds of the rows the model was fitted to. */
  double base();

  /** Computes the effect of each feature; with {@link #base()} they sum to {@link #logOdds}. */
  double[] effects(double[] encoded);
}
