package crm.models.customer.segments;

import java.util.ArrayList;
import java.util.List;

/**
 * Which new centroid carries on which earlier segment: the nearest of those that are less than half
 * as far from its centroid as any other segment's is. No new centroid can be that near to two, so
 * this is the assignment of least distance among all that keep to the limit.
 */
final class SegmentIds {
  private SegmentIds() {}

  /**
   * @param earlier centroids in the space of the new ones
   * @return per new centroid the index of the earlier one, or -1 where it is a new segment
   */
  static List<Integer> carriedOn(List<double[]> earlier, List<double[]> centroids) {
    List<Integer> carriedOn = new ArrayList<>(centroids.stream().map(centroid -> -1).toList());
    for (int before = 0; before < earlier.size(); before++) {
      double nearest = limit(earlier, before);
      int chosen = -1;
      for (int after = 0; after < centroids.size(); after++) {
        double distance = distance(earlier.get(before), centroids.get(after));
        if (distance < nearest) {
          nearest = distance;
          chosen = after;
        }
      }
      if (chosen >= 0) {
        carriedOn.set(chosen, before);
      }
    }
    return carriedOn;
  }

  private static double limit(List<double[]> earlier, int of) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int other = 0; other < earlier.size(); other++) {
      if (other != of) {
        nearest = Math.min(nearest, distance(earlier.get(of), earlier.get(other)));
      }
    }
    return nearest / 2;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return Math.sqrt(sum);
  }
}
