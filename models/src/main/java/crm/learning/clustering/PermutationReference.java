package crm.learning.clustering;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;

/**
 * The silhouette of customers beside those of the same customers with each feature shuffled among
 * them, which keeps every distribution and takes away what binds them: k-means cuts anything into
 * pieces, and pieces of independent features are no segments. Some thousand customers, drawn, stand
 * for all.
 *
 * @param silhouette of the customers
 * @param references of the shuffled
 */
public record PermutationReference(double silhouette, List<Double> references) {
  private static final int REFERENCES = 20;
  private static final int CUSTOMERS = 4_000;
  private static final int RESTARTS = 3;
  private static final double SETTLED = 1e-5;
  private static final double DEVIATIONS = 3;

  public static PermutationReference of(Cells cells, int clusters, long seed) {
    double[][] customers = cells.customers(CUSTOMERS, new SplittableRandom(seed));
    List<Double> references =
        IntStream.range(0, REFERENCES)
            .parallel()
            .mapToObj(
                i ->
                    silhouette(
                        shuffled(customers, new SplittableRandom(seed + 1 + i)), clusters, seed))
            .toList();
    return new PermutationReference(silhouette(customers, clusters, seed), references);
  }

  private static double silhouette(double[][] customers, int clusters, long seed) {
    Cells cells = Cells.of(customers);
    return Silhouette.mean(cells, new KMeans(RESTARTS, SETTLED, seed).fit(cells, clusters));
  }

  private static double[][] shuffled(double[][] customers, SplittableRandom random) {
    double[][] shuffled = Arrays.stream(customers).map(double[]::clone).toArray(double[][]::new);
    for (int j = 0; j < shuffled[0].length; j++) {
      for (int i = shuffled.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        double value = shuffled[i][j];
        shuffled[i][j] = shuffled[other][j];
        shuffled[other][j] = value;
      }
    }
    return shuffled;
  }

  public double maxReference() {
    return statistics().getMax();
  }

  /**
   * Returns whether the customers are clustered better than all shuffled ones, and by more than
   * these differ: of 21 equals one is always the best.
   */
  public boolean isSignificant() {
    return silhouetteMargin() > 0;
  }

  /** By how much the silhouette is above what the shuffled could reach. */
  public double silhouetteMargin() {
    DescriptiveStatistics of = statistics();
    return silhouette
        - Math.max(of.getMax(), of.getMean() + DEVIATIONS * of.getStandardDeviation());
  }

  private DescriptiveStatistics statistics() {
    return new DescriptiveStatistics(references.stream().mapToDouble(r -> r).toArray());
  }
}
