package crm.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import crm.warehouse.BulkJob;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The records of a feed's files, as rows of text fields. */
final class Records {
  static final String FILE = BulkJob.FILE;
  static final String NUMBER = BulkJob.RECORD;
  static final String RAW = BulkJob.RAW;
  static final String PROBLEM = BulkJob.REASON;
  static final String PROBLEM_COLUMN = BulkJob.REASON_COLUMN;

  /** The file ends too early or is not what it seems; its records cannot be trusted. */
  static final String UNREADABLE_FILE = "unreadable_file";

  /** In front of the wanted fields. */
  static final StructType SCHEMA =
      new StructType()
          .add(FILE, StringType)
          .add(Table.LOGICAL_DATE, DateType)
          .add(NUMBER, LongType)
          .add(RAW, StringType)
          .add(PROBLEM, StringType)
          .add(PROBLEM_COLUMN, StringType);

  private Records() {}

  /**
   * Reads files.
   *
   * @param files rows of path, file, logical_date
   * @param wanted the fields to give, in this order, as text
   * @return one row per record: {@link #SCHEMA} and the wanted fields
   */
  static Dataset<Row> of(Dataset<Row> files, Feed feed, List<String> wanted) {
    StructType schema = SCHEMA;
    for (String field : wanted) {
      schema = schema.add(field, StringType);
    }
    Dataset<Row> records =
        feed.format().isColumnar()
            ? columnar(files, feed, wanted)
            : files
                .repartition(col("path"))
                .flatMap(
                    new ReadTextFiles(feed.format(), wanted, feed.optional()),
                    Encoders.row(schema));
    return withoutMarkers(records, feed.format().nulls(), wanted);
  }

  /** Words that stand for no value become none, whatever the files' format. */
  private static Dataset<Row> withoutMarkers(
      Dataset<Row> records, List<String> markers, List<String> wanted) {
    if (markers.isEmpty()) {
      return records;
    }
    Map<String, Column> fields = new LinkedHashMap<>();
    for (String field : wanted) {
      fields.put(
          field,
          functions.when(functions.not(quoted(field).isInCollection(markers)), quoted(field)));
    }
    return records.withColumns(fields);
  }

  private static Dataset<Row> columnar(Dataset<Row> files, Feed feed, List<String> wanted) {
    Dataset<Row> rows = read(files, feed);
    // As in a header of text, case does not matter.
    Map<String, String> present = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : rows.columns()) {
      present.put(column, column);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(col("file").as(FILE));
    columns.add(col(Table.LOGICAL_DATE));
    columns.add(col(NUMBER));
    columns.add(col(RAW));
    columns.add(lit(null).cast(StringType).as(PROBLEM));
    columns.add(lit(null).cast(StringType).as(PROBLEM_COLUMN));
    for (String field : wanted) {
      if (!present.containsKey(field) && !feed.optional().contains(field)) {
        throw UserError.gate(
            "The files of feed %s of source %s have no column '%s', which the mapping uses. They"
                + " have: %s. Correct the mapping, or list the column under optional.",
            feed.name(), feed.source(), field, String.join(", ", rows.columns()));
      }
      columns.add(
          present.containsKey(field)
              ? functions.nullif(trim(text(rows, present.get(field))), lit("")).as(field)
              : lit(null).cast(StringType).as(field));
    }
    return rows.withColumn(RAW, to_json(struct(quoted(rows.columns()))))
        .withColumn("_path", col("_metadata.file_path"))
        .withColumn(NUMBER, number(feed.format().type()))
        .join(functions.broadcast(files.withColumnRenamed("path", "_path")), "_path")
        .select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> read(Dataset<Row> files, Feed feed) {
    // A list of files, not of customers.
    List<String> paths =
        files.select("path").collectAsList().stream().map(row -> row.getString(0)).toList();
    DataFrameReader reader =
        files
            .sparkSession()
            .read()
            .format(feed.format().type().name().toLowerCase(Locale.ROOT))
            .option("mergeSchema", true);
    if (schema(reader, paths).isPresent()) {
      return reader.load(paths.toArray(String[]::new));
    }
    List<String> damaged = new ArrayList<>();
    Map<String, Set<String>> types = new TreeMap<>();
    for (String path : paths) {
      Optional<StructType> alone = schema(reader, List.of(path));
      if (alone.isEmpty()) {
        damaged.add(path);
      }
      for (StructField field : alone.map(StructType::fields).orElse(new StructField[0])) {
        types.computeIfAbsent(field.name(), n -> new TreeSet<>()).add(field.dataType().sql());
      }
    }
    if (damaged.isEmpty()) {
      types.values().removeIf(found -> found.size() == 1);
      throw UserError.gate(
          "The files of feed %s of source %s differ in the types of columns, so nothing was"
              + " written: %s. Ask the source for files of one type.",
          feed.name(), feed.source(), types);
    }
    throw UserError.gate(
        "%d files of feed %s of source %s are no whole %s files, so nothing was written; the first"
            + " is %s. Ask the source for them again, then run again.",
        damaged.size(), feed.name(), feed.source(), feed.format().type(), damaged.get(0));
  }

  /** What the files hold together, if Spark can read them so. */
  private static Optional<StructType> schema(DataFrameReader reader, List<String> paths) {
    try {
      return Optional.of(reader.load(paths.toArray(String[]::new)).schema());
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      return Optional.empty();
    }
  }

  /** The place of a record in its file; ORC does not tell it, but tells where its block begins. */
  private static Column number(Format.Type type) {
    return type == Format.Type.PARQUET
        ? col("_metadata.row_index").plus(1)
        : functions
            .row_number()
            .over(
                Window.partitionBy(col("_metadata.file_path"))
                    .orderBy(
                        col("_metadata.file_block_start"), functions.monotonically_increasing_id()))
            .cast(LongType);
  }

  /** As text; a moment that knows its place on the time line says so. */
  private static Column text(Dataset<Row> rows, String field) {
    Column value = quoted(field);
    return rows.schema().apply(field).dataType().equals(TimestampType)
        ? functions.concat(value.cast(StringType), lit("Z"))
        : value.cast(StringType);
  }

  static Column quoted(String field) {
    return col("`" + field.replace("`", "``") + "`");
  }

  private static Column[] quoted(String[] fields) {
    return Arrays.stream(fields).map(Records::quoted).toArray(Column[]::new);
  }
}
