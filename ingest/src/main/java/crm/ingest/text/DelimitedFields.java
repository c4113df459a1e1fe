package crm.ingest.text;

import crm.ingest.source.Format;
import java.util.ArrayList;
import java.util.List;

/** Splits delimited records into fields, without the quotes around them. */
public record DelimitedFields(Format format) {

  /** Splits a record, whose quotes {@link RecordSplitter} has found closed, into its fields. */
  public List<String> split(String text) {
    List<String> values = new ArrayList<>();
    int from = 0;
    while (from >= 0) {
      String unquoted = "";
      int open = from;
      if (format.hasQuotes() && from < text.length() && text.charAt(from) == format.quote()) {
        StringBuilder value = new StringBuilder();
        open = unquote(text, from + 1, value);
        unquoted = value.toString();
      }
      int end = text.indexOf(format.delimiter(), open);
      values.add(unquoted.concat(text.substring(open, end < 0 ? text.length() : end)));
      from = end < 0 ? -1 : end + 1;
    }
    return values;
  }

  /**
   * Appends what is between quotes.
   *
   * @return the place behind the closing quote
   */
  private int unquote(String text, int from, StringBuilder unquoted) {
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
      boolean isEscaped =
          format.isEscape(c)
              ? next == format.quote() || format.isEscape(next)
              : c == format.quote() && next == format.quote();
      if (isEscaped) {
        at++;
      } else if (c == format.quote()) {
        return at + 1;
      }
      unquoted.append(text.charAt(at));
    }
    return at;
  }
}
