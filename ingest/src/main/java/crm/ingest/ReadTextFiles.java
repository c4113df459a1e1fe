package crm.ingest;

import com.github.luben.zstd.ZstdIOException;
import crm.ingest.source.Format;
import crm.ingest.text.RawRecord;
import crm.ingest.text.TextRecords;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;

/**
 * Reads text files in tasks, one file at a time and never whole.
 *
 * <p>In: rows of path, file, logical_date. Out: rows of {@link Records#SCHEMA} and the wanted
 * fields.
 */
record ReadTextFiles(Format format, List<String> wanted, Set<String> optional)
    implements FlatMapFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Row file) throws IOException {
    Path path = new Path(file.<String>getAs("path"));
    TextRecords records =
        new TextRecords(path.getFileSystem(SparkHadoopUtil.get().conf()).open(path), format);
    return new Rows(records, file);
  }

  private final class Rows implements Iterator<Row> {
    private final TextRecords records;
    private final RecordParser parser = new RecordParser(format, wanted, optional);
    private final Row file;
    private long number;
    private Row next;
    private boolean atEnd;

    Rows(TextRecords records, Row file) throws IOException {
      this.records = records;
      this.file = file;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Row row = next;
      try {
        advance();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return row;
    }

    private void advance() throws IOException {
      next = null;
      if (atEnd) {
        return;
      }
      try {
        RawRecord record = records.next();
        RecordParser.Parsed parsed = record == null ? null : parser.parse(record);
        if (record != null && parsed == null) { // That was the header.
          record = records.next();
          parsed = record == null ? null : parser.parse(record);
        }
        if (record != null) {
          next = row(record.text(), parsed);
        } else {
          close();
        }
      } catch (EOFException | ZipException | ZstdIOException e) {
        close();
        next = row("", RecordParser.UNREADABLE);
      }
    }

    private void close() throws IOException {
      atEnd = true;
      records.close();
    }

    private Row row(String raw, RecordParser.Parsed parsed) {
      return Records.row(file, ++number, raw, parsed, wanted.size());
    }
  }
}
