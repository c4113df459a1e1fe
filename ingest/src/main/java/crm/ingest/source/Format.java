package crm.ingest.source;

import java.io.Serializable;
import java.util.List;

/**
 * How the records of a feed's files are written.
 *
 * @param type delimited text, lines of any text, JSON lines, Parquet or ORC
 * @param delimiter between fields of delimited text
 * @param quote around fields of delimited text; NUL for none
 * @param escape makes a quote within quotes, or itself, a part of the text; NUL for none, where a
 *     quote is written twice
 * @param encoding a charset name, for text
 * @param header the names of the fields where files have no header line; empty where they have one
 * @param skipLines lines of text before the header or the first record
 * @param footer a regular expression; records of text that match it whole are no rows of the table
 *     and count as filtered. Empty for none
 * @param nulls words that stand for no value in any field
 * @param values how moments, days and numbers are written in text
 */
public record Format(
    Type type,
    char delimiter,
    char quote,
    char escape,
    String encoding,
    List<String> header,
    int skipLines,
    String footer,
    List<String> nulls,
    ValueFormat values)
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

  /** The one field of a line of text. */
  public static final String LINE = "line";

  public Format {
    header = List.copyOf(header);
    nulls = List.copyOf(nulls);
  }

  /** A format without anything around the table, and values as ISO writes them. */
  public Format(Type type, char delimiter, char quote, String encoding, List<String> header) {
    this(type, delimiter, quote, '\0', encoding, header, 0, "", List.of(), ValueFormat.ISO);
  }

  /** Returns whether Spark reads the files, and not we. */
  public boolean isColumnar() {
    return type == Type.PARQUET || type == Type.ORC;
  }

  /** Returns whether quotes may hide a record's end. */
  public boolean hasQuotes() {
    return type == Type.DELIMITED && quote != '\0';
  }

  /** Returns whether the character makes a quote behind it a part of the text. */
  public boolean isEscape(char c) {
    return escape != '\0' && c == escape;
  }
}
