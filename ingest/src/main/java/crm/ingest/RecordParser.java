package crm.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import crm.ingest.columnar.ColumnValue;
import crm.ingest.source.Format;
import crm.ingest.text.DelimitedFields;
import crm.ingest.text.RawRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the raw records of one file into the fields that are wanted of them, by name and never by
 * position. Blank fields are null, others are trimmed.
 */
final class RecordParser {
  /** A field that is used is not in the file's header. */
  static final String MISSING_COLUMN = "missing_column";

  /** A field that is used stands in the header or record twice. */
  static final String DUPLICATE_COLUMN = "duplicate_column";

  static final String TOO_FEW_FIELDS = "too_few_fields";
  static final String TOO_MANY_FIELDS = "too_many_fields";

  /** The header stands in the middle of the file, as when files were put together. */
  static final String REPEATED_HEADER = "repeated_header";

  /** What stands after the table, as totals, by the format's pattern. */
  static final String FOOTER = "footer";

  static final String MALFORMED_JSON = "malformed_json";

  /**
   * A parsed record.
   *
   * @param fields in the order of the wanted names; null if there is a problem, but for a record
   *     with another number of fields than names are set: of that the first field is known
   * @param problem a code, or null
   * @param column the field at fault, or null
   */
  record Parsed(List<String> fields, String problem, String column) {}

  /** What is behind the place where a file is damaged. */
  static final Parsed UNREADABLE = broken(Records.UNREADABLE_FILE, null);

  private static final JsonFactory JSON =
      new ObjectMapper().getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Format format;
  private final List<String> wanted;
  private final Set<String> optional;
  private final Optional<Pattern> footer;
  private final DelimitedFields delimited;
  private final Map<String, Integer> places = new HashMap<>();
  private List<String> header;
  private int[] positions;
  private Parsed brokenHeader;

  /**
   * @param wanted names of the fields to give, in this order
   * @param optional those a file may lack
   */
  RecordParser(Format format, List<String> wanted, Set<String> optional) {
    this.format = format;
    this.wanted = wanted;
    this.optional = optional;
    for (int i = 0; i < wanted.size(); i++) {
      places.put(wanted.get(i), i);
    }
    delimited = new DelimitedFields(format);
    footer =
        format.footer().isEmpty()
            ? Optional.empty()
            : Optional.of(Pattern.compile(format.footer()));
    if (format.type() == Format.Type.DELIMITED && !format.header().isEmpty()) {
      readHeader(format.header());
    }
  }

  /**
   * @return the fields of the record, or null if the record was the header
   */
  Parsed parse(RawRecord record) {
    if (format.type() == Format.Type.DELIMITED && header == null) {
      readHeader(record.problem() == null ? delimited.split(record.text()) : List.of());
      return null;
    }
    if (footer.isPresent() && footer.get().matcher(record.text()).matches()) {
      return broken(FOOTER, null);
    }
    if (record.problem() != null) {
      return broken(record.problem(), null);
    }
    return switch (format.type()) {
      case JSON -> json(record.text());
      case TEXT -> line(record.text());
      default -> brokenHeader != null ? brokenHeader : delimited(record.text());
    };
  }

  private void readHeader(List<String> names) {
    header = names.stream().map(RecordParser::canonical).toList();
    Map<String, Integer> found = new HashMap<>();
    List<String> duplicated = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (found.put(header.get(i), i) != null) {
        duplicated.add(header.get(i));
      }
    }
    positions = new int[wanted.size()];
    for (int i = 0; i < positions.length; i++) {
      String name = canonical(wanted.get(i));
      positions[i] = found.getOrDefault(name, -1);
      if (duplicated.contains(name)) {
        brokenHeader = broken(DUPLICATE_COLUMN, wanted.get(i));
      } else if (positions[i] < 0 && !optional.contains(wanted.get(i)) && brokenHeader == null) {
        brokenHeader = broken(MISSING_COLUMN, wanted.get(i));
      }
    }
  }

  /** A line keeps its blanks: positions count. */
  private Parsed line(String text) {
    return new Parsed(Collections.nCopies(wanted.size(), text), null, null);
  }

  private Parsed delimited(String text) {
    List<String> values = delimited.split(text);
    if (values.size() != header.size()) {
      return new Parsed(
          format.header().isEmpty() ? null : onlyTheFirst(values),
          values.size() < header.size() ? TOO_FEW_FIELDS : TOO_MANY_FIELDS,
          null);
    }
    if (isHeader(values)) {
      return broken(REPEATED_HEADER, null);
    }
    String[] fields = new String[positions.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = positions[i] < 0 ? null : trimmed(values.get(positions[i]));
    }
    return new Parsed(Arrays.asList(fields), null, null);
  }

  /** Almost always the first field says no: this is asked of every record. */
  private boolean isHeader(List<String> values) {
    for (int i = 0; i < header.size(); i++) {
      if (!canonical(values.get(i)).equals(header.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whatever is missing or too much, the first field is in its place. */
  private List<String> onlyTheFirst(List<String> values) {
    String[] fields = new String[positions.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = positions[i] == 0 ? trimmed(values.get(0)) : null;
    }
    return Arrays.asList(fields);
  }

  private Parsed json(String text) {
    String[] fields = new String[wanted.size()];
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return broken(MALFORMED_JSON, null);
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Integer place = places.get(parser.currentName());
        JsonToken value = parser.nextToken();
        if (value.isStructStart()) {
          String nested = parser.readValueAsTree().toString();
          set(fields, place, nested);
        } else if (value == JsonToken.VALUE_NUMBER_FLOAT) {
          set(fields, place, number(parser.getText()));
        } else if (value != JsonToken.VALUE_NULL) {
          set(fields, place, parser.getText());
        }
      }
      return parser.nextToken() == null
          ? new Parsed(Arrays.asList(fields), null, null)
          : broken(MALFORMED_JSON, null);
    } catch (JsonProcessingException e) {
      return broken(
          e.getMessage().startsWith("Duplicate field") ? DUPLICATE_COLUMN : MALFORMED_JSON, null);
    } catch (IOException e) {
      return broken(MALFORMED_JSON, null);
    }
  }

  /** A writer that keeps whole numbers as floating-point ones writes 3.0. */
  private static String number(String digits) {
    return ColumnValue.number(new BigDecimal(digits));
  }

  private static void set(String[] fields, Integer place, String value) {
    if (place != null) {
      fields[place] = trimmed(value);
    }
  }

  static Parsed broken(String problem, String column) {
    return new Parsed(null, problem, column);
  }

  static String trimmed(String value) {
    String trimmed = value.strip();
    return trimmed.isEmpty() ? null : trimmed;
  }

  static String canonical(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
