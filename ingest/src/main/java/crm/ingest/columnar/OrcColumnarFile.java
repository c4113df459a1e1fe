package crm.ingest.columnar;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;

/** An ORC file; its parts are stripes. */
final class OrcColumnarFile implements ColumnarFile {
  private final Reader reader;
  private final TypeDescription schema;

  OrcColumnarFile(Path path, Configuration hadoop) throws IOException {
    reader =
        OrcFile.createReader(
            path,
            OrcFile.readerOptions(hadoop).useUTCTimestamp(true).convertToProlepticGregorian(true));
    schema = reader.getSchema();
    if (schema.getCategory() != TypeDescription.Category.STRUCT) {
      throw new IOException("its rows are of type " + schema + " and have no columns");
    }
  }

  @Override
  public List<Field> fields() {
    return IntStream.range(0, schema.getChildren().size())
        .mapToObj(i -> field(schema.getFieldNames().get(i), schema.getChildren().get(i)))
        .toList();
  }

  private static Field field(String name, TypeDescription type) {
    return new Field(name, type.toString(), OrcValue.isReadable(type));
  }

  @Override
  public List<Long> parts() {
    return reader.getStripes().stream().map(StripeInformation::getNumberOfRows).toList();
  }

  @Override
  public Iterator<Object[]> records(int part) throws IOException {
    StripeInformation stripe = reader.getStripes().get(part);
    RecordReader rows = reader.rows(reader.options().range(stripe.getOffset(), stripe.getLength()));
    return ColumnarFile.records(stripe.getNumberOfRows(), new Rows(rows, schema));
  }

  /** The rows of a stripe, one by one. */
  private static final class Rows implements Supplier<Object[]> {
    private final RecordReader rows;
    private final TypeDescription schema;
    private final VectorizedRowBatch batch;
    private int row;

    Rows(RecordReader rows, TypeDescription schema) {
      this.rows = rows;
      this.schema = schema;
      batch = schema.createRowBatch();
    }

    @Override
    public Object[] get() {
      try {
        if (row == batch.size) {
          row = 0;
          if (!rows.nextBatch(batch)) {
            throw new EOFException("a stripe has fewer rows than its file says");
          }
        }
        return OrcValue.record(schema, batch, row++);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
