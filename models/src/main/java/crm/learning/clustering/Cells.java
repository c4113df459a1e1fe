package crm.learning.clustering;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Weighted points: each stands for customers who are alike, by their number, their mean and their
 * squared distances from that mean. Results depend on the order of the cells, so whoever makes them
 * sorts them.
 */
public final class Cells {
  final int size;
  final int dimensions;

  /** The means, point after point. */
  final double[] points;

  final double[] weights;

  /** Per cell the sum of squared distances of its customers from its mean. */
  final double[] spreads;

  /**
   * @param points the means, point after point
   * @param weights customers per cell, above zero
   * @param spreads per cell the sum of squared distances of its customers from its mean
   */
  public Cells(int dimensions, double[] points, double[] weights, double[] spreads) {
    this.size = weights.length;
    this.dimensions = dimensions;
    this.points = points;
    this.weights = weights;
    this.spreads = spreads;
  }

  /** A cell for each point, of one customer. */
  public static Cells of(double[][] points) {
    double[] ones = new double[points.length];
    Arrays.fill(ones, 1);
    return new Cells(
        points.length == 0 ? 0 : points[0].length,
        Arrays.stream(points).flatMapToDouble(Arrays::stream).toArray(),
        ones,
        new double[points.length]);
  }

  public int size() {
    return size;
  }

  public double weight(int cell) {
    return weights[cell];
  }

  public double at(int cell, int dimension) {
    return points[cell * dimensions + dimension];
  }

  public double totalWeight() {
    return Arrays.stream(weights).sum();
  }

  /** The cells with other weights; those with none are left out. */
  Cells reweighted(double[] other) {
    int[] kept = IntStream.range(0, size).filter(cell -> other[cell] > 0).toArray();
    double[] keptPoints = new double[kept.length * dimensions];
    double[] keptWeights = new double[kept.length];
    double[] keptSpreads = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      int cell = kept[i];
      System.arraycopy(points, cell * dimensions, keptPoints, i * dimensions, dimensions);
      keptWeights[i] = other[cell];
      keptSpreads[i] = spreads[cell] * other[cell] / weights[cell];
    }
    return new Cells(dimensions, keptPoints, keptWeights, keptSpreads);
  }

  /** All customers one by one if they are at most so many, else so many drawn by weight. */
  double[][] customers(int max, SplittableRandom random) {
    double[] upTo = weights.clone();
    Arrays.parallelPrefix(upTo, Double::sum);
    double total = size == 0 ? 0 : upTo[size - 1];
    double[][] drawn = new double[(int) Math.min(max, Math.round(total))][];
    for (int i = 0; i < drawn.length; i++) {
      double rank = total <= max ? i + 0.5 : random.nextDouble() * total;
      int found = Arrays.binarySearch(upTo, rank);
      int cell = Math.min(size - 1, found < 0 ? -found - 1 : found + 1);
      drawn[i] = Arrays.copyOfRange(points, cell * dimensions, (cell + 1) * dimensions);
    }
    return drawn;
  }
}
