package crm.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import crm.ingest.source.Feed;
import crm.ingest.source.Format;
import crm.warehouse.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The records of a feed's files, as rows of text fields; and the columns that go with a record. */
public final class Records {
  /** What became of a record, or {@code tombstone} for a row that no record carries. */
  public static final String OUTCOME = "_outcome";

  /** The outcomes that become rows. */
  public static final List<String> STORED_OUTCOMES = List.of("accepted", "tombstone");

  /** The file of a record, as a path below the landing folder. */
  public static final String FILE = "_file";

  /** The position of a record in its file, from 1. */
  public static final String RECORD = "_record";

  /** The record as delivered. */
  public static final String RAW = "_raw";

  /** Why a record was rejected, as a code. */
  public static final String REASON = "_problem";

  /** The column at fault. */
  public static final String REASON_COLUMN = "_problem_column";

  /** The file ends too early or is not what it seems; its records cannot be trusted. */
  static final String UNREADABLE_FILE = "unreadable_file";

  /**
   * In front of the wanted fields. Expressions may use the file and the number; the others have
   * names that no field has, for a field may be called {@code logical_date}.
   */
  static final StructType SCHEMA =
      new StructType()
          .add(FILE, StringType)
          .add(RECORD, LongType)
          .add(ofRecord(Table.LOGICAL_DATE), DateType)
          .add(ofRecord(RAW), StringType)
          .add(ofRecord(REASON), StringType)
          .add(ofRecord(REASON_COLUMN), StringType);

  private Records() {}

  /** The name of one of our columns while it stands beside the fields of records. */
  static String ofRecord(String column) {
    return "record/" + column;
  }

  /** Our columns under their own names, for when the fields are left behind. */
  static List<Column> withoutFields() {
    return Arrays.stream(SCHEMA.fieldNames())
        .map(name -> col(name).as(name.replace(ofRecord(""), "")))
        .toList();
  }

  /**
   * Reads files as records of text.
   *
   * @param files rows of path, file, logical_date
   * @param wanted the fields to give, in this order, as text
   * @return one row per record: {@link #SCHEMA} and the wanted fields
   */
  static Dataset<Row> read(Dataset<Row> files, Feed feed, List<String> wanted) {
    StructType schema = SCHEMA;
    for (String field : wanted) {
      schema = schema.add(field, StringType);
    }
    Format format = feed.format();
    Dataset<Row> records =
        format.isColumnar()
            ? ColumnarParts.read(files, feed, wanted)
                .flatMap(
                    new ReadColumnarFiles(format.type(), wanted, feed.optional()),
                    Encoders.row(schema))
            : files.flatMap(
                new ReadTextFiles(format, wanted, feed.optional()), Encoders.row(schema));
    return withoutMarkers(records, format.nulls(), wanted);
  }

  /** Words that stand for no value become none, whatever the files' format. */
  private static Dataset<Row> withoutMarkers(
      Dataset<Row> records, List<String> markers, List<String> wanted) {
    if (markers.isEmpty()) {
      return records;
    }
    Map<String, Column> fields = new LinkedHashMap<>();
    for (String field : wanted) {
      Column value = col("`" + field.replace("`", "``") + "`");
      fields.put(field, when(not(value.isInCollection(markers)), value));
    }
    return records.withColumns(fields);
  }

  /**
   * A row of {@link #SCHEMA} and the wanted fields.
   *
   * @param file has the columns file and logical_date
   */
  static Row row(Row file, long number, String raw, RecordParser.Parsed parsed, int wanted) {
    Object[] values = new Object[SCHEMA.size() + wanted];
    values[0] = file.getAs("file");
    values[1] = number;
    values[2] = file.getAs(Table.LOGICAL_DATE);
    values[3] = raw;
    values[4] = parsed.problem();
    values[5] = parsed.column();
    for (int i = 0; parsed.fields() != null && i < wanted; i++) {
      values[SCHEMA.size() + i] = parsed.fields().get(i);
    }
    return RowFactory.create(values);
  }
}
