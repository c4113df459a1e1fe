package crm.simulation.delivery;

import java.io.Serializable;
import java.util.function.UnaryOperator;

/**
 * A way in which a record may be broken: a broken copy stands behind the good record.
 *
 * @param kind as the truth counts it
 * @param column whose value is changed, named as in the file; empty if the line is, as it stands
 */
public record Corruption(String kind, String column, Change change) implements Serializable {
  /** Breaks a text. */
  public interface Change extends UnaryOperator<String>, Serializable {}

  /** Cuts the line off before the last place of a text in it. */
  public static Corruption cutAt(String kind, String last) {
    return new Corruption(kind, "", line -> line.substring(0, line.lastIndexOf(last)));
  }
}
