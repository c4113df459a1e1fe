package crm.learning.forecasting.regression;

import crm.learning.forecasting.regression.NormalEquations.Equations;
import java.io.Serializable;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * The regressions of a level at each of its origins: one ridge regression over all series per
 * horizon (a global model, Montero-Manso and Hyndman 2021), in which features count by their
 * variation. How much they are shrunk is chosen per origin by how older origins would have forecast
 * what came until this one.
 *
 * @param values by form, origin (the first is the end), horizon and feature
 * @param penalties that were chosen, by form and origin
 * @param rows behind the regressions of the end at the first horizon
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Coefficients(double[][][][] values, double[][] penalties, long rows)
    implements Serializable {
  /** As shares of a feature's own sum of squares. */
  private static final double[] PENALTIES = {1e-3, 1e-2, 1e-1, 1};

  /** Used where there is no older origin. */
  private static final int USUAL = 0;

  public static Coefficients solve(NormalEquations all) {
    int forms = all.forms();
    double[][][][] values = new double[forms][][][];
    double[][] penalties = new double[forms][];
    for (int form = 0; form < forms; form++) {
      int origins = all.layout().originOffsets().length;
      values[form] = new double[origins][][];
      penalties[form] = new double[origins];
      double[] errors = new double[PENALTIES.length];
      for (int origin = origins - 1; origin >= 0; origin--) {
        double[][][] byPenalty = solve(all, form, origin);
        int best = errors[USUAL] > 0 ? min(errors) : USUAL;
        values[form][origin] = byPenalty[best];
        penalties[form][origin] = PENALTIES[best];
        if (origin > 0) {
          addErrors(all, form, origin, byPenalty, errors);
        }
      }
    }
    return new Coefficients(values, penalties, all.rows());
  }

  private static int min(double[] errors) {
    int min = 0;
    for (int i = 1; i < errors.length; i++) {
      min = errors[i] < errors[min] ? i : min;
    }
    return min;
  }

  /** By penalty and horizon. */
  private static double[][][] solve(NormalEquations all, int form, int origin) {
    int horizon = all.layout().horizon();
    double[][][] solved = new double[PENALTIES.length][horizon][];
    for (int ahead = 1; ahead <= horizon; ahead++) {
      Equations equations = all.between(form, ahead, origin, all.layout().originOffsets().length);
      for (int penalty = 0; penalty < PENALTIES.length; penalty++) {
        solved[penalty][ahead - 1] = solve(equations, PENALTIES[penalty]);
      }
    }
    return solved;
  }

  /**
   * (G + penalty diag G) beta = b; empty without rows. Features that never vary have no
   * coefficient.
   */
  static double[] solve(Equations equations, double penalty) {
    if (equations.rows() == 0) {
      return new double[0];
    }
    double[][] products = equations.products();
    int size = products.length;
    double[] deviations = new double[size];
    for (int i = 0; i < size; i++) {
      deviations[i] = products[i][i] > 0 ? Math.sqrt(products[i][i]) : 1;
    }
    double[][] scaled = new double[size][size];
    double[] target = new double[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        scaled[i][j] = products[i][j] / (deviations[i] * deviations[j]);
      }
      scaled[i][i] = 1 + penalty;
      target[i] = equations.withTarget()[i] / deviations[i];
    }
    double[] solution =
        new CholeskyDecomposition(new Array2DRowRealMatrix(scaled, false))
            .getSolver()
            .solve(new ArrayRealVector(target, false))
            .toArray();
    for (int i = 0; i < size; i++) {
      solution[i] /= deviations[i];
    }
    return solution;
  }

  /** Squared errors of an origin's regressions on what became known until the next origin. */
  private static void addErrors(
      NormalEquations all, int form, int origin, double[][][] byPenalty, double[] errors) {
    for (int ahead = 1; ahead <= all.layout().horizon(); ahead++) {
      Equations came = all.between(form, ahead, origin - 1, origin);
      for (int penalty = 0; penalty < PENALTIES.length; penalty++) {
        double[] beta = byPenalty[penalty][ahead - 1];
        if (beta.length > 0) {
          errors[penalty] += squaredError(came, beta);
        }
      }
    }
  }

  /** y'y - 2 beta'b + beta'G beta. */
  static double squaredError(Equations equations, double[] beta) {
    double sum = equations.squaredTarget();
    for (int i = 0; i < beta.length; i++) {
      double row = -2 * equations.withTarget()[i];
      for (int j = 0; j < beta.length; j++) {
        row += equations.products()[i][j] * beta[j];
      }
      sum += beta[i] * row;
    }
    return sum;
  }

  /** Of one horizon, counted from 1; empty where no row was known. */
  public double[] at(Features.TargetTransform form, int origin, int ahead) {
    return values[form.index()][origin][ahead - 1];
  }

  /** Returns whether there are regressions of every horizon at an origin. */
  public boolean areKnown(Features.TargetTransform form, int origin) {
    return Arrays.stream(values[form.index()][origin]).allMatch(beta -> beta.length > 0);
  }
}
