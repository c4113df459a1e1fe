package crm.learning.clustering;

/**
 * The mean silhouette of customers by squared Euclidean distance, in one pass: the mean squared
 * distance of x from a cluster of N customers with sum Y and sum of squared norms P is |x|^2 + P/N
 * - 2 x Y/N. A customer alone in its cluster has 0. The same as Spark's ClusteringEvaluator where
 * cells are single points; of a cell of several, that one leaves all out where one is compared with
 * the others.
 */
public final class Silhouette {
  private Silhouette() {}

  public static double mean(Cells cells, Clustering clustering) {
    int clusters = clustering.clusters();
    double[] sizes = new double[clusters];
    double[] norms = new double[clusters];
    double[][] sums = new double[clusters][cells.dimensions];
    for (int cell = 0; cell < cells.size; cell++) {
      int c = clustering.labels()[cell];
      double weight = cells.weights[cell];
      sizes[c] += weight;
      norms[c] += weight * squaredNorm(cells, cell);
      for (int j = 0; j < cells.dimensions; j++) {
        sums[c][j] += weight * cells.at(cell, j);
      }
    }
    double total = 0;
    double weights = 0;
    for (int cell = 0; cell < cells.size; cell++) {
      int own = clustering.labels()[cell];
      double norm = squaredNorm(cells, cell);
      double within = 0;
      double nearestOther = Double.POSITIVE_INFINITY;
      for (int c = 0; c < clusters; c++) {
        if (sizes[c] > 0) {
          double product = 0;
          for (int j = 0; j < cells.dimensions; j++) {
            product += cells.at(cell, j) * sums[c][j];
          }
          double mean = Math.max(0, norm + (norms[c] - 2 * product) / sizes[c]);
          if (c == own) {
            within = mean;
          } else {
            nearestOther = Math.min(nearestOther, mean);
          }
        }
      }
      if (sizes[own] > 1) {
        // Without the customer itself, whose distance from itself is zero.
        within *= sizes[own] / (sizes[own] - 1);
        double greater = Math.max(within, nearestOther);
        total += greater == 0 ? 0 : cells.weights[cell] * (nearestOther - within) / greater;
      }
      weights += cells.weights[cell];
    }
    return total / weights;
  }

  /** The mean over the customers of the cell. */
  private static double squaredNorm(Cells cells, int cell) {
    double norm = cells.spreads[cell] / cells.weights[cell];
    for (int j = 0; j < cells.dimensions; j++) {
      norm += cells.at(cell, j) * cells.at(cell, j);
    }
    return norm;
  }
}
