package crm.learning.forecasting.regression;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums over the series of a level from which every regression of the plan is solved: for any of its
 * origins, horizons and penalties. Rows are counted by when their targets became known, so that
 * what an origin may use is a sum of some of the parts.
 *
 * <p>Features and targets are whole multiples of 2^-10, so that their products are whole multiples
 * of 2^-20 and are counted in whole numbers: the sums are the same, bit for bit, for any split and
 * order of the series.
 */
public final class NormalEquations implements Serializable {
  private static final long serialVersionUID = 1;

  /** Products are counted in this unit. */
  static final double UNIT = 0x1p-20;

  /**
   * Where each sum is. Of a row with features z of the origin and c of the target, the products z z
   * are shared by all horizons; z y, c z, c c, c y, y y and 1 are per horizon; and where a target
   * is missing, z z once more per horizon, to be taken from what is shared.
   *
   * @param originFeatures how many z there are
   * @param targetFeatures how many c there are
   * @param originOffsets of each origin, how many last values were not known at it; first 0
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Layout(int originFeatures, int targetFeatures, int horizon, int[] originOffsets)
      implements Serializable {
    /** Rows so old that every origin knows their targets are counted in one part. */
    int oldest() {
      return originOffsets[originOffsets.length - 1] + horizon;
    }

    public int packed() {
      return originFeatures * (originFeatures + 1) / 2;
    }

    /** Of rows whose origin is so many values before the end. */
    public int shared(int age) {
      return Math.min(age, oldest()) * packed();
    }

    public int sharedSize() {
      return (oldest() + 1) * packed();
    }

    public int perHorizon() {
      return originFeatures
          + targetFeatures * originFeatures
          + targetFeatures * (targetFeatures + 1) / 2
          + targetFeatures
          + 2;
    }

    /**
     * Returns where the sums of one horizon are, of targets that are known first to this origin.
     */
    public int part(int origin, int ahead) {
      return origin * horizon + ahead - 1;
    }

    public int parts() {
      return originOffsets.length * horizon;
    }

    /** By how many values before the end a target is, the oldest origin that knows it. */
    public int[] oldestKnowing() {
      int[] oldest = new int[originOffsets[originOffsets.length - 1] + 1];
      for (int origin = 1; origin < originOffsets.length; origin++) {
        Arrays.fill(oldest, originOffsets[origin], oldest.length, origin);
      }
      return oldest;
    }
  }

  private final Layout layout;
  private final long[][] shared;
  private final long[][] byHorizon;

  /** Empty until a target is missing. */
  private final long[][] missing;

  public NormalEquations(Layout layout, int forms) {
    this(
        layout,
        new long[forms][layout.sharedSize()],
        new long[forms][layout.parts() * layout.perHorizon()],
        new long[forms][0]);
  }

  private NormalEquations(Layout layout, long[][] shared, long[][] byHorizon, long[][] missing) {
    this.layout = layout;
    this.shared = shared;
    this.byHorizon = byHorizon;
    this.missing = missing;
  }

  /** Adds what the other has seen; in any order the sums are the same, bit for bit. */
  public NormalEquations merge(NormalEquations other) {
    return new NormalEquations(
        layout,
        sum(shared, other.shared),
        sum(byHorizon, other.byHorizon),
        sum(missing, other.missing));
  }

  private static long[][] sum(long[][] ours, long[][] theirs) {
    long[][] sums = new long[ours.length][];
    for (int form = 0; form < sums.length; form++) {
      long[] more = theirs[form];
      sums[form] = Arrays.copyOf(ours[form], Math.max(ours[form].length, more.length));
      for (int i = 0; i < more.length; i++) {
        sums[form][i] = Math.addExact(sums[form][i], more[i]);
      }
    }
    return sums;
  }

  /** Takes over whole numbers that were counted in doubles, and leaves those at 0. */
  public void drain(int form, double[] sharedSums, double[] byHorizonSums, double[] missingSums) {
    add(shared[form], sharedSums);
    add(byHorizon[form], byHorizonSums);
    if (missingSums.length > missing[form].length) {
      missing[form] = Arrays.copyOf(missing[form], missingSums.length);
    }
    add(missing[form], missingSums);
  }

  private static void add(long[] sums, double[] more) {
    for (int i = 0; i < more.length; i++) {
      sums[i] = Math.addExact(sums[i], (long) more[i]);
    }
    Arrays.fill(more, 0);
  }

  Layout layout() {
    return layout;
  }

  int forms() {
    return shared.length;
  }

  /**
   * The equations of one horizon over the rows whose targets one origin knows and another does not.
   *
   * @param knowing index of the origin that knows the targets
   * @param notKnowing index of an older one; or the number of origins, for all that is older
   */
  Equations between(int form, int ahead, int knowing, int notKnowing) {
    int p = layout.originFeatures();
    int q = layout.targetFeatures();
    long[] zz = new long[layout.packed()];
    int from = layout.originOffsets()[knowing] + ahead;
    int to =
        notKnowing < layout.originOffsets().length
            ? layout.originOffsets()[notKnowing] + ahead
            : layout.oldest() + 1;
    for (int age = from; age < to; age++) {
      accumulate(shared[form], layout.shared(age), 1, zz);
    }
    long[] rest = new long[layout.perHorizon()];
    for (int origin = knowing;
        origin < Math.min(notKnowing, layout.originOffsets().length);
        origin++) {
      int part = layout.part(origin, ahead);
      accumulate(byHorizon[form], part * rest.length, 1, rest);
      if (missing[form].length > 0) {
        accumulate(missing[form], part * zz.length, -1, zz);
      }
    }
    double[][] products = new double[p + q][p + q];
    double[] withTarget = new double[p + q];
    int at = 0;
    for (int i = 0; i < p; i++) {
      for (int j = i; j < p; j++) {
        products[i][j] = products[j][i] = zz[at++] * UNIT;
      }
    }
    at = 0;
    for (int i = 0; i < p; i++) {
      withTarget[i] = rest[at++] * UNIT;
    }
    for (int i = p; i < p + q; i++) {
      for (int j = 0; j < p; j++) {
        products[i][j] = products[j][i] = rest[at++] * UNIT;
      }
    }
    for (int i = p; i < p + q; i++) {
      for (int j = i; j < p + q; j++) {
        products[i][j] = products[j][i] = rest[at++] * UNIT;
      }
    }
    for (int i = p; i < p + q; i++) {
      withTarget[i] = rest[at++] * UNIT;
    }
    return new Equations(products, withTarget, rest[at] * UNIT, rest[at + 1]);
  }

  private static void accumulate(long[] from, int offset, int sign, long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += sign * from[offset + i];
    }
  }

  /** Rows behind all equations of the newest origin at the first horizon, for one form. */
  public long rows() {
    return between(0, 1, 0, layout.originOffsets().length).rows();
  }

  /**
   * G beta = b of one horizon.
   *
   * @param products G, of features with features
   * @param withTarget b, of features with the target
   * @param squaredTarget of the target with itself
   * @param rows how many were summed
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Equations(double[][] products, double[] withTarget, double squaredTarget, long rows) {}
}
