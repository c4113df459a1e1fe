package crm.ingest;

import crm.ingest.columnar.ColumnarFile;
import crm.ingest.source.Feed;
import crm.ingest.source.Format;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.CollectsAggregates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the ends of columnar files say of them, read in one pass: the parts to read, or why not.
 *
 * <p>In: rows of path, file, logical_date. Out: rows of {@link #SCHEMA}, one per part and one per
 * problem.
 */
@CollectsAggregates("a row per row group or stripe")
record ColumnarParts(Format.Type type, List<String> wanted, Set<String> optional)
    implements FlatMapFunction<Row, Row> {
  static final String PART = "part";

  /** The number of the part's first record in its file, from 1. */
  static final String FIRST = "first";

  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("file", DataTypes.StringType)
          .add(Table.LOGICAL_DATE, DataTypes.DateType)
          .add(PART, DataTypes.IntegerType)
          .add(FIRST, DataTypes.LongType)
          .add("records", DataTypes.LongType)
          .add("problem", DataTypes.StringType)
          .add("column", DataTypes.StringType)
          .add("found", DataTypes.StringType);

  private static final String DAMAGED = "damaged";
  private static final String UNREADABLE_TYPE = "unreadable type";
  private static final String MISSING = "missing";

  /** So many small files share a task. */
  private static final long RECORDS_PER_TASK = 200_000;

  /**
   * Splits files into parts and spreads them over tasks. A row is a part: see {@link #SCHEMA}.
   *
   * @throws UserError if a file is damaged, or a wanted column is in no file or of a type that is
   *     no text
   */
  static Dataset<Row> read(Dataset<Row> files, Feed feed, List<String> wanted) {
    // A list of files, not of customers.
    List<Row> found =
        files
            .flatMap(
                new ColumnarParts(feed.format().type(), wanted, feed.optional()),
                Encoders.row(SCHEMA))
            .collectAsList();
    refuseDamaged(found, feed);
    refuseTypes(found, feed);
    refuseMissing(found, feed);
    List<Row> parts = found.stream().filter(row -> row.getAs("problem") == null).toList();
    long records = parts.stream().mapToLong(row -> row.<Long>getAs("records")).sum();
    int atOnce = 2 * files.sparkSession().sparkContext().defaultParallelism();
    long tasks = Math.min(parts.size(), Math.max(atOnce, records / RECORDS_PER_TASK));
    return files
        .sparkSession()
        .createDataFrame(parts, SCHEMA)
        .repartition((int) Math.max(1, tasks));
  }

  @Override
  public Iterator<Row> call(Row file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ColumnarFile opened = ColumnarFile.open(type, file.getAs("path"))) {
      List<ColumnarFile.Field> fields = opened.fields();
      WantedColumns columns = WantedColumns.of(fields, wanted, optional);
      for (int place : columns.places()) {
        if (place >= 0 && !fields.get(place).isReadable()) {
          ColumnarFile.Field field = fields.get(place);
          rows.add(problem(file, UNREADABLE_TYPE, field.name(), field.type()));
        }
      }
      String names =
          fields.stream().map(ColumnarFile.Field::name).collect(Collectors.joining(", "));
      columns.missing().forEach(name -> rows.add(problem(file, MISSING, name, names)));
      long first = 1;
      for (int part = 0; part < opened.parts().size(); part++) {
        long records = opened.parts().get(part);
        if (records > 0) {
          rows.add(row(file, part, first, records, null, null, null));
        }
        first += records;
      }
    } catch (IOException | RuntimeException e) {
      ColumnarFile.throwUnlessDamage(e);
      rows.add(problem(file, DAMAGED, null, null));
    }
    return rows.iterator();
  }

  private static Row problem(Row file, String problem, String column, String found) {
    return row(file, null, null, null, problem, column, found);
  }

  private static Row row(Row file, Object... more) {
    List<Object> values = new ArrayList<>();
    for (String name : List.of("path", "file", Table.LOGICAL_DATE)) {
      values.add(file.getAs(name));
    }
    values.addAll(Arrays.asList(more));
    return RowFactory.create(values.toArray());
  }

  private static void refuseDamaged(List<Row> found, Feed feed) {
    List<Row> damaged = with(DAMAGED, found);
    if (!damaged.isEmpty()) {
      throw UserError.gate(
          "%d files of feed %s of source %s are no whole %s files, so nothing was written; the"
              + " first is %s. Ask the source for them again, then run again.",
          damaged.size(), feed.name(), feed.source(), feed.format().type(), first(damaged));
    }
  }

  private static void refuseTypes(List<Row> found, Feed feed) {
    List<Row> unreadable = with(UNREADABLE_TYPE, found);
    if (!unreadable.isEmpty()) {
      Row one = unreadable.get(0);
      throw UserError.gate(
          "Column '%s' of feed %s of source %s is of type %s, which cannot be read, in %s; nothing"
              + " was written. Ask the source to write the column as text, or leave it out of the"
              + " mapping: columns that are not mapped do not matter.",
          one.getAs("column"), feed.name(), feed.source(), one.getAs("found"), one.getAs("file"));
    }
  }

  /** Where only some files lack a column, their records are rejected, as those of text are. */
  private static void refuseMissing(List<Row> found, Feed feed) {
    long files = found.stream().map(row -> row.getAs("path")).distinct().count();
    with(MISSING, found).stream()
        .collect(Collectors.groupingBy(row -> row.<String>getAs("column")))
        .forEach(
            (column, lacking) -> {
              if (lacking.size() == files) {
                throw UserError.gate(
                    "The files of feed %s of source %s have no column '%s', which the mapping uses."
                        + " They have: %s. Correct the mapping, or list the column under optional.",
                    feed.name(), feed.source(), column, lacking.get(0).getAs("found"));
              }
            });
  }

  private static List<Row> with(String problem, List<Row> found) {
    return found.stream().filter(row -> problem.equals(row.getAs("problem"))).toList();
  }

  private static String first(List<Row> rows) {
    return rows.stream().map(row -> row.<String>getAs("file")).sorted().findFirst().orElseThrow();
  }
}
