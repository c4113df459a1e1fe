package crm.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import crm.warehouse.BulkJob;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
    return feed.format().type() == Format.Type.PARQUET
        ? parquet(files, feed, wanted)
        : files
            .repartition(col("path"))
            .flatMap(
                new ReadTextFiles(feed.format(), wanted, feed.optional()), Encoders.row(schema));
  }

  private static Dataset<Row> parquet(Dataset<Row> files, Feed feed, List<String> wanted) {
    SparkSession spark = files.sparkSession();
    // A list of files, not of customers.
    String[] paths =
        files.select("path").collectAsList().stream()
            .map(row -> row.getString(0))
            .toArray(String[]::new);
    Dataset<Row> rows = spark.read().option("mergeSchema", true).parquet(paths);
    List<String> present = Arrays.asList(rows.columns());
    List<Column> columns = new ArrayList<>();
    columns.add(col("file").as(FILE));
    columns.add(col(Table.LOGICAL_DATE));
    columns.add(col("_row").plus(1).as(NUMBER));
    columns.add(col(RAW));
    columns.add(lit(null).cast(StringType).as(PROBLEM));
    columns.add(lit(null).cast(StringType).as(PROBLEM_COLUMN));
    for (String field : wanted) {
      if (!present.contains(field) && !feed.optional().contains(field)) {
        throw UserError.gate(
            "The files of feed %s of source %s have no column '%s', which the mapping uses. They"
                + " have: %s. Correct the mapping, or list the column under optional.",
            feed.name(), feed.source(), field, String.join(", ", present));
      }
      columns.add(
          present.contains(field)
              ? functions.nullif(trim(quoted(field).cast(StringType)), lit("")).as(field)
              : lit(null).cast(StringType).as(field));
    }
    return rows.withColumn(RAW, to_json(struct(quoted(present))))
        .withColumn("_path", col("_metadata.file_path"))
        .withColumn("_row", col("_metadata.row_index"))
        .join(functions.broadcast(files.withColumnRenamed("path", "_path")), "_path")
        .select(columns.toArray(Column[]::new));
  }

  static Column quoted(String field) {
    return col("`" + field.replace("`", "``") + "`");
  }

  private static Column[] quoted(List<String> fields) {
    return fields.stream().map(Records::quoted).toArray(Column[]::new);
  }
}
