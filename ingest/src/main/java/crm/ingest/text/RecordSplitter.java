package crm.ingest.text;

import crm.ingest.source.Format;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Splits text into records at LF, CRLF or CR outside quotes (RFC 4180, and escaped quotes where the
 * format has them), in bounded memory.
 *
 * <p>Damage stays small: when a quote never closes, or closes in the middle of a field, only the
 * line it opened in is given as a broken record, and reading goes on with the line after it. Blank
 * lines are not records.
 *
 * <p>FastCSV, which parses the records, gives no raw text of them and does not contain damage:
 * after a quote that never closes it has no record more.
 */
public final class RecordSplitter {
  /** A quote is open at the end of the file, or a quoted field is longer than a record may be. */
  static final String UNCLOSED_QUOTE = "unclosed_quote";

  /** Text follows a closing quote. */
  static final String TEXT_AFTER_QUOTE = "text_after_quote";

  /** The record is longer than allowed; its beginning is kept. */
  static final String TOO_LONG = "record_too_long";

  private enum State {
    FIELD_START,
    IN_FIELD,
    IN_QUOTES,
    QUOTE_IN_QUOTES
  }

  private final Reader reader;
  private final char delimiter;
  private final char quote;
  private final boolean quotes;
  private final Format format;
  private final int maxLength;

  private char[] buffer = new char[1 << 16];
  private int start;
  private int end;
  private boolean atEnd;

  RecordSplitter(Reader reader, Format format, int maxLength) {
    this.reader = reader;
    this.delimiter = format.delimiter();
    this.quote = format.quote();
    this.quotes = format.hasQuotes();
    this.format = format;
    this.maxLength = maxLength;
  }

  /**
   * @return the next record, or null at the end
   */
  RawRecord next() throws IOException {
    while (true) {
      RawRecord record = nextLineOrRecord();
      if (record == null || record.problem() != null || !record.text().isBlank()) {
        return record;
      }
    }
  }

  private RawRecord nextLineOrRecord() throws IOException {
    State state = State.FIELD_START;
    int firstLineEnd = -1; // Offset from start of the first line end inside quotes.
    for (int offset = 0; ; offset++) {
      if (offset > maxLength) {
        return state == State.IN_QUOTES && firstLineEnd >= 0
            ? take(firstLineEnd, UNCLOSED_QUOTE)
            : tooLong(offset);
      }
      if (!has(offset)) {
        if (offset == 0) {
          return null;
        }
        if (state == State.IN_QUOTES) {
          return take(firstLineEnd < 0 ? offset : firstLineEnd, UNCLOSED_QUOTE);
        }
        return take(offset, null);
      }
      char c = buffer[start + offset];
      boolean lineEnd = c == '\n' || c == '\r';
      if (lineEnd && state != State.IN_QUOTES) {
        return take(offset, null);
      }
      switch (state) {
        case FIELD_START -> state = after(c, quotes && c == quote);
        case IN_FIELD -> state = after(c, false);
        case IN_QUOTES -> {
          if (format.isEscape(c) && isEscapable(offset + 1)) {
            offset++;
          } else if (c == quote) {
            state = State.QUOTE_IN_QUOTES;
          } else if (lineEnd && firstLineEnd < 0) {
            firstLineEnd = offset;
          }
        }
        case QUOTE_IN_QUOTES -> {
          if (c == quote) {
            state = State.IN_QUOTES;
          } else if (c == delimiter) {
            state = State.FIELD_START;
          } else {
            return take(firstLineEnd < 0 ? lineEndFrom(offset) : firstLineEnd, TEXT_AFTER_QUOTE);
          }
        }
      }
    }
  }

  private boolean isEscapable(int offset) throws IOException {
    return has(offset)
        && (buffer[start + offset] == quote || format.isEscape(buffer[start + offset]));
  }

  private State after(char c, boolean opensQuotes) {
    if (opensQuotes) {
      return State.IN_QUOTES;
    }
    return c == delimiter ? State.FIELD_START : State.IN_FIELD;
  }

  private int lineEndFrom(int offset) throws IOException {
    int at = offset;
    while (at <= maxLength && has(at) && buffer[start + at] != '\n' && buffer[start + at] != '\r') {
      at++;
    }
    return at;
  }

  /** Leaves out the rest of the line, whatever it holds. */
  void skipLine() throws IOException {
    while (has(0) && buffer[start] != '\n' && buffer[start] != '\r') {
      start++;
    }
    skipLineEnd();
  }

  /** Keeps the beginning of an endless record and skips the rest of its line. */
  private RawRecord tooLong(int length) throws IOException {
    RawRecord record = new RawRecord(new String(buffer, start, length), TOO_LONG);
    start += length;
    skipLine();
    return record;
  }

  private RawRecord take(int length, String problem) throws IOException {
    RawRecord record = new RawRecord(new String(buffer, start, length), problem);
    start += length;
    skipLineEnd();
    return record;
  }

  private void skipLineEnd() throws IOException {
    if (has(0) && buffer[start] == '\r') {
      start++;
      if (has(0) && buffer[start] == '\n') {
        start++;
      }
    } else if (has(0) && buffer[start] == '\n') {
      start++;
    }
  }

  /**
   * Returns whether there is a character at the offset from the record's start; reads on if need
   * be.
   */
  private boolean has(int offset) throws IOException {
    while (start + offset >= end && !atEnd) {
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
      }
      if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
      int read = reader.read(buffer, end, buffer.length - end);
      if (read < 0) {
        atEnd = true;
      } else {
        end += read;
      }
    }
    return start + offset < end;
  }
}
