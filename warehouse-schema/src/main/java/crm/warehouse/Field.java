package crm.warehouse;

import org.apache.spark.sql.types.DataType;

/**
 * A column of a table.
 *
 * @param required whether every row that is not a tombstone has a value
 * @param doc meaning and unit, in one or two sentences
 */
public record Field(String name, DataType type, boolean required, String doc, Privacy privacy) {
  public Field {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("Column name " + name + " is not lower snake case.");
    }
    if (!doc.endsWith(".")) {
      throw new IllegalArgumentException("The doc of column " + name + " is not a sentence.");
    }
  }
}
