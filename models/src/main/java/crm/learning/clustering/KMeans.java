package crm.learning.clustering;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * k-means by Lloyd's rounds from the seeds of greedy k-means++ (Arthur and Vassilvitskii 2007,
 * section 5), the best of several starts. Equal cells in equal order give equal clusters, however
 * many cores there are: MLlib's sums depend on partitions, and Hipparchus knows no weights.
 *
 * @param settled rounds end when one lowers the cost by less than this share of it
 */
public record KMeans(int restarts, double settled, long seed) {
  private static final int MAX_ROUNDS = 300;

  /**
   * How far a start goes before the best goes on alone: the last rounds are many and gain little.
   */
  private static final double NEARLY_SETTLED = 1e-5;

  /**
   * @param clusters how many; fewer come out where there are fewer different points
   */
  public Clustering fit(Cells cells, int clusters) {
    Clustering best =
        IntStream.range(0, restarts)
            .parallel()
            .mapToObj(
                start ->
                    lloyd(
                        cells,
                        seeds(cells, clusters, random(clusters, start)),
                        Math.max(settled, NEARLY_SETTLED)))
            .reduce((first, next) -> next.cost() < first.cost() ? next : first)
            .orElseThrow();
    return settled < NEARLY_SETTLED ? lloyd(cells, best.centroids(), settled) : best;
  }

  private SplittableRandom random(int clusters, int start) {
    return new SplittableRandom(seed * 1_000_003 + clusters * 1_009L + start);
  }

  /** Each seed is the best of some points drawn by weight and squared distance from the others. */
  private static double[][] seeds(Cells cells, int clusters, SplittableRandom random) {
    int trials = 2 + (int) Math.log(clusters);
    double[][] seeds = new double[clusters][];
    double[] nearest = new double[cells.size];
    Arrays.fill(nearest, 1);
    for (int c = 0; c < clusters; c++) {
      double[] upTo = new double[cells.size];
      double total = 0;
      for (int cell = 0; cell < cells.size; cell++) {
        total += cells.weights[cell] * nearest[cell];
        upTo[cell] = total;
      }
      if (total == 0) {
        return Arrays.copyOf(seeds, c);
      }
      double best = Double.POSITIVE_INFINITY;
      double[] bestNearest = nearest;
      for (int trial = 0; trial < (c == 0 ? 1 : trials); trial++) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * total);
        int drawn = Math.min(cells.size - 1, found < 0 ? -found - 1 : found + 1);
        int from = drawn * cells.dimensions;
        double[] seed = Arrays.copyOfRange(cells.points, from, from + cells.dimensions);
        double[] left = new double[cells.size];
        double cost = 0;
        for (int cell = 0; cell < cells.size; cell++) {
          double distance = Clustering.squaredDistance(cells, cell, seed);
          left[cell] = c == 0 ? distance : Math.min(nearest[cell], distance);
          cost += cells.weights[cell] * left[cell];
        }
        if (cost < best) {
          best = cost;
          bestNearest = left;
          seeds[c] = seed;
        }
      }
      nearest = bestNearest;
    }
    return seeds;
  }

  private static Clustering lloyd(Cells cells, double[][] seeds, double settled) {
    Clustering now = Clustering.nearest(cells, seeds);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Clustering next = Clustering.nearest(cells, means(cells, now));
      boolean done = now.cost() - next.cost() <= settled * now.cost();
      now = next;
      if (done) {
        break;
      }
    }
    return now;
  }

  /** The means of the clusters; one that lost all its cells is re-seeded at the costliest cell. */
  private static double[][] means(Cells cells, Clustering of) {
    double[][] sums = new double[of.clusters()][cells.dimensions];
    double[] weights = new double[of.clusters()];
    for (int cell = 0; cell < cells.size; cell++) {
      int c = of.labels()[cell];
      double weight = cells.weights[cell];
      weights[c] += weight;
      for (int j = 0; j < cells.dimensions; j++) {
        sums[c][j] += weight * cells.points[cell * cells.dimensions + j];
      }
    }
    for (int c = 0; c < sums.length; c++) {
      if (weights[c] > 0) {
        for (int j = 0; j < cells.dimensions; j++) {
          sums[c][j] /= weights[c];
        }
      } else {
        int from = costliest(cells, of) * cells.dimensions;
        sums[c] = Arrays.copyOfRange(cells.points, from, from + cells.dimensions);
      }
    }
    return sums;
  }

  private static int costliest(Cells cells, Clustering of) {
    int costliest = 0;
    double max = -1;
    for (int cell = 0; cell < cells.size; cell++) {
      double cost =
          cells.weights[cell]
              * Clustering.squaredDistance(cells, cell, of.centroids()[of.labels()[cell]]);
      if (cost > max) {
        max = cost;
        costliest = cell;
      }
    }
    return costliest;
  }
}
