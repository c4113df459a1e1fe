package crm.ingest.columnar;

import crm.ingest.source.Format;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A file of typed columns. It is read by its own types, so that what other files hold never
 * matters, and opened by its path as it stands: Spark's readers take a name for a pattern, skip it
 * if it begins with {@code _} or {@code .}, and give the path back in another spelling.
 */
public interface ColumnarFile extends Closeable {
  /**
   * A column.
   *
   * @param type as the format calls it
   * @param isReadable whether its values can be given as text
   */
  record Field(String name, String type, boolean isReadable) {}

  /** The columns, in the order of the values of a record. */
  List<Field> fields();

  /** The number of records in each part that can be read alone: row groups or stripes. */
  List<Long> parts();

  /**
   * The records of a part, each with a {@link ColumnValue} per field.
   *
   * @throws IOException if the part is damaged or cannot be fetched, as unchecked exceptions do
   *     while it is read
   */
  Iterator<Object[]> records(int part) throws IOException;

  /** So many records, each read when it is asked for: a stream's iterator would read ahead. */
  static Iterator<Object[]> records(long records, Supplier<Object[]> read) {
    return new Iterator<>() {
      private long left = records;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public Object[] next() {
        if (left == 0) {
          throw new NoSuchElementException();
        }
        left--;
        return read.get();
      }
    };
  }

  /** Opens a file, in any task. */
  static ColumnarFile open(Format.Type type, String path) throws IOException {
    return type == Format.Type.PARQUET
        ? new ParquetColumnarFile(new Path(path), SparkHadoopUtil.get().conf())
        : new OrcColumnarFile(new Path(path), SparkHadoopUtil.get().conf());
  }

  /**
   * Passes on what another try may fix, as of a network; other problems are the file's own: the
   * libraries tell them by runtime exceptions and by plain input-output errors.
   */
  static void throwUnlessDamage(Exception problem) {
    Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
    if (cause instanceof IOException failed
        && !(failed instanceof EOFException || failed instanceof ZipException)
        && failed.getClass() != IOException.class
        && !failed.getClass().getName().matches("org\\.apache\\.orc\\..*|.*protobuf.*")) {
      throw new UncheckedIOException(failed);
    }
  }
}
