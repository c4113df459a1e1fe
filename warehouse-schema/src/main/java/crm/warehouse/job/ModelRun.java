package crm.warehouse.job;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a job records of the model behind its rows: a row of {@code ops.model_runs}.
 *
 * @param model name of the model, which is that of its job
 * @param logicalDate the date the job ran for
 * @param algorithm as the field calls it, as in "k-means"
 * @param fittedOn the logical date whose data the model was fitted to; before {@code logicalDate}
 *     where an older model was used again
 * @param seed what the random numbers started from, where there were any
 * @param parameters what was set and what was fitted, by name
 * @param metrics how good it is, each beside the naive answer where there is one
 * @param drift how far the data it was applied to are from those it was fitted to
 * @param grade A (far better than naive), B, C (hardly better), D (no better)
 * @param refusal why the fitted model is not used; empty if it is
 * @param artefact the model that the rows were made with, as JSON: what a later run needs to use it
 *     again
 */
public record ModelRun(
    String model,
    LocalDate logicalDate,
    String algorithm,
    LocalDate fittedOn,
    OptionalLong seed,
    Map<String, String> parameters,
    List<Metric> metrics,
    List<Drift> drift,
    Grade grade,
    Optional<String> refusal,
    String artefact) {

  /** How much better than a naive answer. */
  public enum Grade {
    A,
    B,
    C,
    D
  }

  /** Which values of a metric are good. */
  public enum Direction {
    MAXIMIZE("higher"),
    MINIMIZE("lower"),
    /** The closer to its baseline the better. */
    TARGET("closer"),
    INFORMATIONAL("neither");

    private final String label;

    Direction(String label) {
      this.label = label;
    }

    /** Returns its name in {@code ops.model_runs}, which answers "which values are better?". */
    public String label() {
      return label;
    }

    /** Finds a direction by its {@link #label}. */
    public static Direction ofLabel(String label) {
      return Arrays.stream(values())
          .filter(direction -> direction.label.equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No direction is called " + label));
    }
  }

  /**
   * A measure of how good a model is.
   *
   * @param baseline the same number of the naive answer
   */
  public record Metric(String name, double value, Direction direction, OptionalDouble baseline) {
    public static Metric of(String name, double value, Direction direction) {
      return new Metric(name, value, direction, OptionalDouble.empty());
    }

    public static Metric of(String name, double value, Direction direction, double baseline) {
      return new Metric(name, value, direction, OptionalDouble.of(baseline));
    }
  }

  /**
   * How far the distribution of a feature moved.
   *
   * @param psi population stability index; above 0.1 worth a look, above 0.25 another population
   */
  public record Drift(String feature, double psi) {}

  public ModelRun {
    parameters = new TreeMap<>(parameters);
    metrics = List.copyOf(metrics);
    drift = List.copyOf(drift);
  }

  /** Names the model that the rows were made with: the same model of the same date, the same id. */
  public String id() {
    return "%s-%s-%s".formatted(model, logicalDate, artefactHash().substring(0, 12));
  }

  /** SHA-256 of the artefact, hex. */
  public String artefactHash() {
    return hash(artefact);
  }

  /** SHA-256 of an artefact, hex. */
  public static String hash(String artefact) {
    return DigestUtils.sha256Hex(artefact);
  }
}
