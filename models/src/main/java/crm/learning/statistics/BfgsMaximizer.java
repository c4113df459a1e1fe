package crm.learning.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Maximizes a smooth function of a few positive parameters: BFGS (Nocedal and Wright, Numerical
 * Optimization, 2006, algorithm 6.1) minimizes its negative mean over samples on the logarithms of
 * the parameters. Hipparchus has no quasi-Newton method without constraints.
 *
 * <p>It ends where the gradient is zero within a tolerance, where no step along the search
 * direction is any better, or after a number of iterations; whether it ended in a maximum is told
 * by {@link Optimum#hasStandardErrors}.
 */
public final class BfgsMaximizer {
  private static final int MAX_ITERATIONS = 200;

  /** Of the largest component, for the mean of a sample and a parameter times e. */
  private static final double GRADIENT_TOLERANCE = 1e-7;

  /** No parameter leaves e^-16 to e^16: what is found beyond is found before as well. */
  private static final double MAX_LOG = 16;

  /** The first step multiplies no parameter by more than e^3. */
  private static final double MAX_FIRST_STEP = 3;

  /** c1 of the Wolfe conditions, as Nocedal and Wright choose it on page 33. */
  private static final double SUFFICIENT_DECREASE = 1e-4;

  /** c2 of the Wolfe conditions, as Nocedal and Wright choose it for quasi-Newton on page 34. */
  private static final double CURVATURE = 0.9;

  private static final int MAX_LINE_SEARCH_STEPS = 20;

  /**
   * Between the points whose gradients are compared for the Hessian, on the logarithmic scale: its
   * square, the error of central differences, is about what rounding leaves of a gradient.
   */
  private static final double DIFFERENCE = 1e-4;

  /** A Hessian with an eigenvalue below this share of the largest says nothing of a direction. */
  private static final double MIN_EIGENVALUE = 1e-7;

  private final Function function;
  private final long samples;
  private int evaluations;

  private BfgsMaximizer(Function function, long samples) {
    this.function = function;
    this.samples = samples;
  }

  /** A value and its derivatives. */
  public interface Function {
    /**
     * @param parameters all positive
     * @return the value, and its derivative by each parameter
     */
    double[] at(double[] parameters);
  }

  /**
   * Where the search ended.
   *
   * @param point the parameters
   * @param value of the function
   * @param relativeErrors the standard error of each parameter as a share of it; empty where the
   *     Hessian is not negative definite, so that nothing is known of some direction
   * @param evaluations how often the function was evaluated
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Optimum(double[] point, double value, double[] relativeErrors, int evaluations) {
    public boolean hasStandardErrors() {
      return relativeErrors.length > 0;
    }
  }

  /** A point on the logarithmic scale, with the negative mean of the function and its gradient. */
  private record Point(RealVector log, double value, RealVector gradient) {}

  /**
   * Searches from a start.
   *
   * @param samples how many the function is a sum over
   * @param start all positive
   */
  public static Optimum maximize(Function function, long samples, double... start) {
    return new BfgsMaximizer(function, samples).search(start);
  }

  private Optimum search(double[] start) {
    Point current = evaluate(new ArrayRealVector(start).map(Math::log));
    RealMatrix inverse = MatrixUtils.createRealIdentityMatrix(start.length);
    for (int i = 0; i < MAX_ITERATIONS && isSteep(current); i++) {
      RealVector direction = inverse.operate(current.gradient).mapMultiply(-1);
      if (direction.dotProduct(current.gradient) >= 0) {
        inverse = MatrixUtils.createRealIdentityMatrix(start.length);
        direction = current.gradient.mapMultiply(-1);
      }
      Point next = lineSearch(current, direction);
      if (!(next.value < current.value)) {
        break;
      }
      update(inverse, next.log.subtract(current.log), next.gradient.subtract(current.gradient));
      current = next;
    }
    return new Optimum(
        current.log.map(Math::exp).toArray(),
        -current.value * samples,
        relativeErrors(current),
        evaluations);
  }

  private static boolean isSteep(Point point) {
    return point.gradient.getLInfNorm() > GRADIENT_TOLERANCE;
  }

  private Point evaluate(RealVector log) {
    evaluations++;
    double[] parameters = log.map(Math::exp).toArray();
    double[] values = function.at(parameters);
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -values[i + 1] * parameters[i] / samples;
    }
    return new Point(log, -values[0] / samples, new ArrayRealVector(gradient, false));
  }

  /**
   * A step that meets the weak Wolfe conditions (Nocedal and Wright, 3.6), found by doubling and
   * bisection as by Lewis and Overton (2013); else the best that was tried.
   */
  private Point lineSearch(Point from, RealVector direction) {
    double shortest = 0;
    double longest = Double.POSITIVE_INFINITY;
    double length = Math.min(1, MAX_FIRST_STEP / direction.getLInfNorm());
    double slope = from.gradient.dotProduct(direction);
    Point best = from;
    for (int i = 0; i < MAX_LINE_SEARCH_STEPS; i++) {
      RealVector log = from.log.combine(1, length, direction);
      Point next = log.getLInfNorm() > MAX_LOG ? null : evaluate(log);
      if (next == null || !(next.value <= from.value + SUFFICIENT_DECREASE * length * slope)) {
        longest = length;
      } else if (next.gradient.dotProduct(direction) < CURVATURE * slope) {
        best = next;
        shortest = length;
      } else {
        return next;
      }
      length = longest < Double.POSITIVE_INFINITY ? (shortest + longest) / 2 : 2 * shortest;
    }
    return best;
  }

  /** Equation 6.17 of Nocedal and Wright: the inverse Hessian that agrees with the last step. */
  private static void update(RealMatrix inverse, RealVector step, RealVector change) {
    double curvature = step.dotProduct(change);
    if (curvature <= 0) {
      return;
    }
    double[] s = step.toArray();
    double[] hy = inverse.operate(change).toArray();
    double factor = (1 + change.dotProduct(new ArrayRealVector(hy, false)) / curvature) / curvature;
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        inverse.addToEntry(i, j, factor * s[i] * s[j] - (s[i] * hy[j] + hy[i] * s[j]) / curvature);
      }
    }
  }

  /** Square roots of the diagonal of the inverse Hessian of the sum over samples. */
  private double[] relativeErrors(Point optimum) {
    int size = optimum.log.getDimension();
    RealMatrix hessian = MatrixUtils.createRealMatrix(size, size);
    for (int i = 0; i < size; i++) {
      RealVector step = new ArrayRealVector(size);
      step.setEntry(i, DIFFERENCE);
      hessian.setRowVector(
          i,
          evaluate(optimum.log.add(step))
              .gradient
              .subtract(evaluate(optimum.log.subtract(step)).gradient)
              .mapMultiply(samples / (2 * DIFFERENCE)));
    }
    if (!Double.isFinite(hessian.getNorm1())) {
      return new double[0];
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(hessian.add(hessian.transpose()).scalarMultiply(0.5));
    double[] values = eigen.getEigenvalues();
    double min = MIN_EIGENVALUE * new ArrayRealVector(values).getLInfNorm();
    if (!Arrays.stream(values).allMatch(value -> value > min)) {
      return new double[0];
    }
    RealMatrix covariance = eigen.getSolver().getInverse();
    return IntStream.range(0, size)
        .mapToDouble(i -> Math.sqrt(covariance.getEntry(i, i)))
        .toArray();
  }
}
