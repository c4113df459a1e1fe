package crm.ingest;

import crm.ingest.columnar.ColumnValue;
import crm.ingest.columnar.ColumnarFile;
import crm.ingest.source.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Reads columnar files in tasks, one part at a time.
 *
 * <p>In: rows of {@link ColumnarParts#SCHEMA}. Out: rows of {@link Records#SCHEMA} and the wanted
 * fields.
 */
record ReadColumnarFiles(Format.Type type, List<String> wanted, Set<String> optional)
    implements FlatMapFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Row part) throws IOException {
    return new Rows(ColumnarFile.open(type, part.getAs("path")), part);
  }

  /** One row per record, and one for what is behind if the part is damaged. */
  private final class Rows implements Iterator<Row> {
    private final ColumnarFile file;
    private final Row part;
    private final List<ColumnarFile.Field> fields;
    private final WantedColumns columns;
    private Iterator<Object[]> records = Collections.emptyIterator();
    private boolean isDamaged;
    private long number;

    Rows(ColumnarFile file, Row part) throws IOException {
      this.file = file;
      this.part = part;
      fields = file.fields();
      columns = WantedColumns.of(fields, wanted, optional);
      number = part.getAs(ColumnarParts.FIRST);
      try {
        records = file.records(part.getAs(ColumnarParts.PART));
      } catch (IOException | RuntimeException e) {
        ColumnarFile.throwUnlessDamage(e);
        isDamaged = true;
      }
    }

    @Override
    public boolean hasNext() {
      return isDamaged || records.hasNext();
    }

    @Override
    public Row next() {
      Row row = isDamaged ? damage() : record();
      number++;
      if (!hasNext()) {
        close();
      }
      return row;
    }

    private Row record() {
      Object[] values;
      try {
        values = records.next();
      } catch (RuntimeException e) {
        ColumnarFile.throwUnlessDamage(e);
        return damage();
      }
      String raw = ColumnValue.json(fields, values);
      return Records.row(part, number, raw, columns.parse(values), wanted.size());
    }

    private Row damage() {
      isDamaged = false;
      records = Collections.emptyIterator();
      return Records.row(part, number, "", RecordParser.UNREADABLE, wanted.size());
    }

    private void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
