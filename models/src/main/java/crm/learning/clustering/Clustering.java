package crm.learning.clustering;

import java.util.Arrays;

/** Cells in clusters, each cell in that of the nearest centroid. */
public final class Clustering {
  private final double[][] centroids;
  private final int[] labels;
  private final double cost;

  private Clustering(double[][] centroids, int[] labels, double cost) {
    this.centroids = centroids;
    this.labels = labels;
    this.cost = cost;
  }

  /** Per cluster. */
  public double[][] centroids() {
    return centroids;
  }

  /** Per cell the index of its cluster. */
  public int[] labels() {
    return labels;
  }

  /** Sum of squared distances of customers from the centroid of their cluster. */
  public double cost() {
    return cost;
  }

  public int clusters() {
    return centroids.length;
  }

  /** The share of the customers in the smallest cluster. */
  public double smallestShare(Cells cells) {
    double[] sizes = new double[clusters()];
    double total = 0;
    for (int cell = 0; cell < cells.size; cell++) {
      sizes[labels[cell]] += cells.weights[cell];
      total += cells.weights[cell];
    }
    return Arrays.stream(sizes).min().orElse(0) / total;
  }

  /** The adjusted Rand index of the customers in these clusters and in others. */
  public double agreement(Clustering other, Cells cells) {
    return AdjustedRandIndex.between(labels, other.labels, cells.weights);
  }

  /** Puts cells into the clusters of the nearest centroids; of equally near ones, the first. */
  static Clustering nearest(Cells cells, double[][] centroids) {
    int[] labels = new int[cells.size];
    double cost = 0;
    for (int cell = 0; cell < cells.size; cell++) {
      double min = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centroids.length; c++) {
        double distance = squaredDistance(cells, cell, centroids[c]);
        if (distance < min) {
          min = distance;
          labels[cell] = c;
        }
      }
      cost += cells.weights[cell] * min + cells.spreads[cell];
    }
    return new Clustering(centroids, labels, cost);
  }

  static double squaredDistance(Cells cells, int cell, double[] centroid) {
    double sum = 0;
    int from = cell * cells.dimensions;
    for (int j = 0; j < centroid.length; j++) {
      double difference = cells.points[from + j] - centroid[j];
      sum += difference * difference;
    }
    return sum;
  }
}
