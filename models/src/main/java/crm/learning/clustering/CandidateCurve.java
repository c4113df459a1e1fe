package crm.learning.clustering;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.random.RandomDataGenerator;
import org.hipparchus.stat.StatUtils;

/**
 * The best clustering for each number of clusters, with its silhouette and its stability. Stability
 * is asked of bootstraps: each customer counts as often as a draw from a Poisson distribution of
 * mean 1 says, so that a cell of n customers counts as a draw of mean n says.
 */
public record CandidateCurve(int restarts, int bootstraps, long seed) {
  private static final double SETTLED = 1e-7;
  private static final int BOOTSTRAP_RESTARTS = 2;
  private static final double BOOTSTRAP_SETTLED = 1e-4;

  /** One candidate for each number of clusters from {@code min} to {@code max}. */
  public List<Candidate> fit(Cells cells, int min, int max) {
    List<Cells> resampled = resampled(cells);
    return IntStream.rangeClosed(min, max)
        .mapToObj(clusters -> candidate(cells, clusters, resampled))
        .toList();
  }

  private Candidate candidate(Cells cells, int clusters, List<Cells> resampled) {
    Clustering best = new KMeans(restarts, SETTLED, seed).fit(cells, clusters);
    double[][] repeats =
        IntStream.range(0, resampled.size())
            .parallel()
            .mapToObj(
                b -> {
                  Clustering repeat =
                      new KMeans(BOOTSTRAP_RESTARTS, BOOTSTRAP_SETTLED, seed + 1 + b)
                          .fit(resampled.get(b), clusters);
                  int[] labels = Clustering.nearest(cells, repeat.centroids()).labels();
                  return new double[] {
                    AdjustedRandIndex.between(best.labels(), labels, cells.weights),
                    Silhouette.mean(resampled.get(b), repeat)
                  };
                })
            .toArray(double[][]::new);
    double[] agreements = Arrays.stream(repeats).mapToDouble(repeat -> repeat[0]).toArray();
    double[] silhouettes = Arrays.stream(repeats).mapToDouble(repeat -> repeat[1]).toArray();
    return new Candidate(
        best,
        Silhouette.mean(cells, best),
        bootstraps == 0 ? 0 : Math.sqrt(StatUtils.variance(silhouettes)),
        Arrays.stream(agreements).average().orElse(1),
        best.smallestShare(cells));
  }

  private List<Cells> resampled(Cells cells) {
    RandomDataGenerator random = new RandomDataGenerator(seed);
    return IntStream.range(0, bootstraps)
        .mapToObj(
            b -> cells.reweighted(Arrays.stream(cells.weights).map(random::nextPoisson).toArray()))
        .toList();
  }
}
