package crm.models.customer.segments;

import java.util.List;

/**
 * One segment of a model.
 *
 * @param id stays with the segment over refits and is never given again
 * @param name empty until it is named
 * @param proposedName what the profile said last
 * @param centre the logarithm of each feature at the centroid, in the order of the model's scales
 */
record Segment(int id, String name, String proposedName, List<Double> centre) {
  /** The id of the one segment of a company too small to be cut. */
  static final int ALL = 0;

  boolean isNamed() {
    return !name.isEmpty();
  }

  Segment named(String newName, String proposed) {
    return new Segment(id, newName, proposed, centre);
  }
}
