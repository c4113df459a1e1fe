package crm.report.figures;

import java.lang.reflect.RecordComponent;
import java.sql.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as records whose components are the columns, in their order. */
final class Records {
  private Records() {}

  /**
   * Reads few rows. A DATE becomes a {@code LocalDate}, a STRUCT a record, an ARRAY a list; only of
   * an {@code Optional} the column may be NULL.
   */
  static <R extends Record> List<R> read(Class<R> type, Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> record(type, row)).toList();
  }

  private static <R> R record(Class<R> type, Row row) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = new Object[types.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(types[i], row.get(i));
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException(type + " is not made of the columns " + row.schema(), e);
    }
  }

  private static Object value(Class<?> type, Object cell) {
    Object value =
        cell instanceof Date date
            ? date.toLocalDate()
            : cell instanceof Seq<?> seq ? CollectionConverters.asJava(seq) : cell;
    return type == Optional.class
        ? Optional.ofNullable(value)
        : value instanceof Row row ? record(type, row) : value;
  }
}
