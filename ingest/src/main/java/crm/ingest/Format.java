package crm.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * How the records of a feed's files are written.
 *
 * @param type delimited text, lines of any text, JSON lines, Parquet or ORC
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
    /**
     * Each line is one field, {@link #LINE}; for fixed width and whatever else an expression reads.
     */
    TEXT,
    JSON,
    PARQUET,
    ORC
  }

  /** Parquet files. */
  static final Format PARQUET = new Format(Type.PARQUET, ',', '"', "UTF-8", List.of());

  /** The one field of a line of text. */
  static final String LINE = "line";

  public Format {
    header = List.copyOf(header);
  }

  /** Whether Spark reads the files, and not we. */
  boolean isColumnar() {
    return type == Type.PARQUET || type == Type.ORC;
  }

  /** Whether quotes may hide a record's end. */
  boolean hasQuotes() {
    return type == Type.DELIMITED && quote != '\0';
  }
}
