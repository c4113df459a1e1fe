package crm.learning.clustering;

import java.util.Comparator;
import java.util.List;

/**
 * A number of clusters and how good its best clustering is.
 *
 * @param silhouette by squared Euclidean distance
 * @param silhouetteError standard error of the silhouette, by bootstrap
 * @param stability mean adjusted Rand index between the clustering and those of bootstraps
 * @param smallestShare share of the customers in the smallest cluster
 */
public record Candidate(
    Clustering clustering,
    double silhouette,
    double silhouetteError,
    double stability,
    double smallestShare) {
  private static final double STABLE = 0.8;
  private static final double MIN_SHARE = 0.01;

  public int clusters() {
    return clustering.clusters();
  }

  /** Returns whether clusterings of other customers of the kind would be much the same. */
  public boolean isStable() {
    return stability >= STABLE;
  }

  /**
   * The most clusters that are stable, none below a hundredth of the customers, with a silhouette
   * within one standard error of the best of such; the most stable where there are none.
   *
   * @param candidates not empty
   */
  public static Candidate best(List<Candidate> candidates) {
    List<Candidate> good =
        candidates.stream()
            .filter(candidate -> candidate.isStable() && candidate.smallestShare >= MIN_SHARE)
            .toList();
    return good.stream()
        .max(Comparator.comparingDouble(Candidate::silhouette))
        .flatMap(
            best ->
                good.stream()
                    .filter(
                        candidate -> candidate.silhouette >= best.silhouette - best.silhouetteError)
                    .max(Comparator.comparingInt(Candidate::clusters)))
        .orElseGet(
            () -> candidates.stream().max(Comparator.comparingDouble(c -> c.stability)).get());
  }
}
