package crm.ingest;

import crm.ingest.columnar.ColumnValue;
import crm.ingest.columnar.ColumnarFile;
import crm.ingest.text.TextRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where the fields that a mapping uses stand in a columnar file. As in a header of text, case does
 * not matter, unless names differ in nothing else.
 *
 * @param places per wanted field its place in a record, -1 where the file has none
 * @param missing wanted fields that the file lacks and may not lack
 * @param twice wanted fields that could be any of several columns
 */
record WantedColumns(
    List<String> wanted, List<Integer> places, List<String> missing, List<String> twice) {
  /** A floating-point number that may not be the one that was meant, as an id beyond 2^53. */
  static final String INEXACT_NUMBER = "inexact_number";

  static WantedColumns of(
      List<ColumnarFile.Field> fields, List<String> wanted, Set<String> optional) {
    List<String> names = fields.stream().map(ColumnarFile.Field::name).toList();
    List<String> canonical = names.stream().map(RecordParser::canonical).toList();
    List<Integer> places = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    for (String field : wanted) {
      boolean isExact = names.contains(field);
      List<String> searched = isExact ? names : canonical;
      String name = isExact ? field : RecordParser.canonical(field);
      int place = searched.indexOf(name);
      places.add(place);
      if (place < 0 && !optional.contains(field)) {
        missing.add(field);
      } else if (place != searched.lastIndexOf(name)) {
        twice.add(field);
      }
    }
    return new WantedColumns(wanted, places, missing, twice);
  }

  /** The wanted fields of a record, as text. */
  RecordParser.Parsed parse(Object[] values) {
    if (!missing.isEmpty()) {
      return RecordParser.broken(RecordParser.MISSING_COLUMN, missing.get(0));
    }
    if (!twice.isEmpty()) {
      return RecordParser.broken(RecordParser.DUPLICATE_COLUMN, twice.get(0));
    }
    String[] fields = new String[places.size()];
    for (int i = 0; i < fields.length; i++) {
      Object value = places.get(i) < 0 ? null : values[places.get(i)];
      if (value instanceof ColumnValue.Inexact) {
        return RecordParser.broken(INEXACT_NUMBER, wanted.get(i));
      }
      if (value instanceof byte[]) {
        return RecordParser.broken(TextRecords.WRONG_ENCODING, wanted.get(i));
      }
      fields[i] = value == null ? null : RecordParser.trimmed(ColumnValue.text(value));
    }
    return new RecordParser.Parsed(Arrays.asList(fields), null, null);
  }
}
