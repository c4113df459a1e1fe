package crm.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * How the records of a feed's files are written.
 *
 * @param type delimited text, JSON lines or Parquet
 * @param delimiter between fields of delimited text
 * @param quote around fields of delimited text; NUL for none
 * @param encoding a charset name, for text
 * @param header the names of the fields where files have no header line; empty where they have one
 */
public record Format(Type type, char delimiter, char quote, String encoding, List<String> header)
    implements Serializable {

  /** The families of formats. */
  public enum Type {
    DELIMITED,
    JSON,
    PARQUET
  }

  public Format {
    header = List.copyOf(header);
  }

  /** Whether quotes may hide a record's end. */
  boolean hasQuotes() {
    return type == Type.DELIMITED && quote != '\0';
  }
}
