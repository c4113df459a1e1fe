package crm.models.purchasing;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The maximum of a smooth function of a few positive parameters, found by BFGS on their logarithms
 * (Nocedal and Wright, Numerical Optimization, algorithm 6.1).
 *
 * @param at the parameters
 * @param value of the function
 * @param relativeErrors of each parameter, one standard error as a share of it; empty where the
 *     Hessian is not positive definite, so that nothing is known of some direction
 * @param evaluations how often the function was asked
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Maximum(double[] at, double value, double[] relativeErrors, int evaluations) {
  private static final int MOST_STEPS = 200;
  private static final double FLAT = 1e-7;

  /** Beyond e^16 in either direction nothing is found that is not found before. */
  private static final double FARTHEST = 16;

  /** A value and its derivatives. */
  interface Function {
    /**
     * @param parameters all positive
     * @return the value, and its derivative by each parameter
     */
    double[] at(double[] parameters);
  }

  /**
   * @param samples how many the function is a sum over; it is followed per sample
   */
  static Maximum of(Function function, long samples, double... start) {
    return new Search(function, samples).from(start);
  }

  boolean isDetermined() {
    return relativeErrors.length > 0;
  }

  private static final class Search {
    private final Function function;
    private final long samples;
    private int evaluations;

    Search(Function function, long samples) {
      this.function = function;
      this.samples = samples;
    }

    /** A point on the logarithmic scale, with what the function is and how it falls there. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Point(double[] log, double fall, double[] slope) {}

    Maximum from(double[] start) {
      double[] log = new double[start.length];
      for (int i = 0; i < log.length; i++) {
        log[i] = Math.log(start[i]);
      }
      Point here = point(log);
      double[][] inverse = identity(log.length);
      for (int step = 0; step < MOST_STEPS && largest(here.slope) > FLAT; step++) {
        double[] direction = new double[log.length];
        for (int i = 0; i < log.length; i++) {
          direction[i] = -dot(inverse[i], here.slope);
        }
        if (dot(direction, here.slope) >= 0) {
          inverse = identity(log.length);
          direction = scaled(here.slope, -1);
        }
        Point next = along(here, direction);
        if (!(next.fall < here.fall)) {
          break;
        }
        update(inverse, minus(next.log, here.log), minus(next.slope, here.slope));
        here = next;
      }
      return new Maximum(exp(here.log), -here.fall * samples, relativeErrors(here), evaluations);
    }

    private Point point(double[] log) {
      evaluations++;
      double[] parameters = exp(log);
      double[] told = function.at(parameters);
      double[] slope = new double[log.length];
      for (int i = 0; i < log.length; i++) {
        slope[i] = -told[i + 1] * parameters[i] / samples;
      }
      return new Point(log, -told[0] / samples, slope);
    }

    /** A step that falls enough and far enough (weak Wolfe conditions, by bisection). */
    private Point along(Point here, double[] direction) {
      double least = 0;
      double most = Double.POSITIVE_INFINITY;
      double length = Math.min(1, 3 / largest(direction));
      double slope = dot(here.slope, direction);
      Point best = here;
      for (int tries = 0; tries < 20; tries++) {
        double[] log = here.log.clone();
        for (int i = 0; i < log.length; i++) {
          log[i] += length * direction[i];
        }
        Point next = largest(log) > FARTHEST ? null : point(log);
        if (next == null || !(next.fall <= here.fall + 1e-4 * length * slope)) {
          most = length;
        } else if (dot(next.slope, direction) < 0.9 * slope) {
          best = next;
          least = length;
        } else {
          return next;
        }
        length = most < Double.POSITIVE_INFINITY ? (least + most) / 2 : 2 * least;
      }
      return best;
    }

    /** Equation 6.17: the inverse Hessian that agrees with the last step. */
    private static void update(double[][] inverse, double[] step, double[] change) {
      double curvature = dot(step, change);
      if (curvature <= 0) {
        return;
      }
      int size = step.length;
      double[] turned = new double[size];
      for (int i = 0; i < size; i++) {
        turned[i] = dot(inverse[i], change);
      }
      double factor = (1 + dot(change, turned) / curvature) / curvature;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          inverse[i][j] +=
              factor * step[i] * step[j] - (step[i] * turned[j] + turned[i] * step[j]) / curvature;
        }
      }
    }

    /** From the differences of the gradient around the maximum. */
    private double[] relativeErrors(Point here) {
      int size = here.log.length;
      double distance = 1e-4;
      RealMatrix hessian = MatrixUtils.createRealMatrix(size, size);
      for (int i = 0; i < size; i++) {
        double[] more = here.log.clone();
        double[] less = here.log.clone();
        more[i] += distance;
        less[i] -= distance;
        hessian.setRow(
            i, scaled(minus(point(more).slope, point(less).slope), samples / (2 * distance)));
      }
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          if (!Double.isFinite(hessian.getEntry(i, j))) {
            return new double[0];
          }
        }
      }
      EigenDecomposition eigen =
          new EigenDecomposition(hessian.add(hessian.transpose()).scalarMultiply(0.5));
      double[] values = eigen.getRealEigenvalues();
      double greatest = largest(values);
      for (double value : values) {
        if (!(value > 1e-7 * greatest)) {
          return new double[0];
        }
      }
      RealMatrix covariance = eigen.getSolver().getInverse();
      double[] errors = new double[size];
      for (int i = 0; i < size; i++) {
        errors[i] = Math.sqrt(covariance.getEntry(i, i));
      }
      return errors;
    }

    private static double[][] identity(int size) {
      return MatrixUtils.createRealIdentityMatrix(size).getData();
    }

    private static double[] exp(double[] log) {
      double[] values = log.clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.exp(values[i]);
      }
      return values;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }

    private static double[] minus(double[] a, double[] b) {
      double[] difference = a.clone();
      for (int i = 0; i < a.length; i++) {
        difference[i] -= b[i];
      }
      return difference;
    }

    private static double[] scaled(double[] a, double factor) {
      double[] product = a.clone();
      for (int i = 0; i < a.length; i++) {
        product[i] *= factor;
      }
      return product;
    }

    private static double largest(double[] a) {
      double most = 0;
      for (double value : a) {
        most = Math.max(most, Math.abs(value));
      }
      return most;
    }
  }
}
