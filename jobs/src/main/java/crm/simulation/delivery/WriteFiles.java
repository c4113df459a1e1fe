package crm.simulation.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Writes lines into files, one file open at a time.
 *
 * <p>In: rows of {@link Deliveries#SCHEMA}, those of a file together and in their order. Out: how
 * many lines of each file and kind were written, as file, kind, count.
 */
record WriteFiles(Company company, String home) implements MapPartitionsFunction<Row, Row> {
  private static final int BUFFER = 1 << 16;
  private static final long BLOCK = 128L << 20;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    Map<List<String>, Long> counts = new HashMap<>();
    String path = "";
    Writer out = Writer.nullWriter();
    while (rows.hasNext()) {
      Row row = rows.next();
      DeliveredFile file = company.file(row.getString(0));
      LocalDate day = row.getDate(1).toLocalDate();
      if (!path.equals(file.path(day))) {
        out.close();
        path = file.path(day);
        out = open(file, day);
        if (!file.header().isEmpty()) {
          out.append(file.header()).append('\n');
        }
      }
      if (!row.getString(5).equals(Deliveries.NONE)) {
        out.append(row.getString(6)).append('\n');
        counts.merge(List.of(file.name(), row.getString(5)), 1L, Long::sum);
      }
    }
    out.close();
    List<Row> counted = new ArrayList<>();
    counts.forEach((key, count) -> counted.add(RowFactory.create(key.get(0), key.get(1), count)));
    return counted.iterator();
  }

  private Writer open(DeliveredFile file, LocalDate day) {
    try {
      Path path = new Path(home, file.path(day));
      FileSystem files = path.getFileSystem(SparkHadoopUtil.get().conf());
      // On a local disk without the files of checksums that Hadoop keeps beside.
      FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
      // Without a mode: Hadoop would start a program for each local file to set it.
      OutputStream out = plain.create(path, true, BUFFER, (short) 3, BLOCK, null);
      return new OutputStreamWriter(
          file.isPacked() ? new GZIPOutputStream(out, BUFFER) : out, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
