package crm.learning.scoring.features;

import java.io.Serializable;

/**
 * Something that may predict an outcome, and when it is known.
 *
 * @param name its column
 */
public record ScoringFeature(String name, Kind kind, Known known) implements Serializable {

  /** How its values are to be taken. */
  public enum Kind {
    /** Numbers, of which more or less means something. */
    NUMERIC,
    /** Names. */
    CATEGORICAL
  }

  /** On which side of the moment of scoring it becomes known. */
  public enum Known {
    BEFORE,
    /** As the length of a call that is to be predicted; never used. */
    AFTER
  }

  /** A number that is known when a score is made. */
  public static ScoringFeature numeric(String name) {
    return new ScoringFeature(name, Kind.NUMERIC, Known.BEFORE);
  }

  /** A name that is known when a score is made. */
  public static ScoringFeature categorical(String name) {
    return new ScoringFeature(name, Kind.CATEGORICAL, Known.BEFORE);
  }

  /** The same, known only when the outcome is. */
  public ScoringFeature knownAfterwards() {
    return new ScoringFeature(name, kind, Known.AFTER);
  }

  public boolean isNumeric() {
    return kind == Kind.NUMERIC;
  }
}
