package crm.ingest;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** A Parquet file; its parts are row groups. */
final class ParquetColumnarFile implements ColumnarFile {
  private final ParquetFileReader reader;

  ParquetColumnarFile(Path path, Configuration hadoop) throws IOException {
    reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop));
  }

  @Override
  public List<Field> fields() {
    return reader.getFileMetaData().getSchema().getFields().stream()
        .map(field -> new Field(field.getName(), typeName(field), isReadable(field)))
        .toList();
  }

  private static String typeName(Type field) {
    LogicalTypeAnnotation meaning = field.getLogicalTypeAnnotation();
    if (meaning != null) {
      return meaning.toString();
    }
    return field.isPrimitive()
        ? field.asPrimitiveType().getPrimitiveTypeName().name()
        : "a group of fields";
  }

  /** By name: older releases of the library have no class for the youngest of them. */
  private static boolean isReadable(Type field) {
    return !typeName(field).matches("(INTERVAL|BSON|VARIANT|GEOMETRY|GEOGRAPHY)\\b.*");
  }

  @Override
  public List<Long> parts() {
    return reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList();
  }

  @Override
  public Iterator<Object[]> records(int part) throws IOException {
    PageReadStore pages = reader.readRowGroup(part);
    FileMetaData meta = reader.getFileMetaData();
    RecordReader<Object[]> records =
        new ColumnIOFactory(meta.getCreatedBy())
            .getColumnIO(meta.getSchema())
            .getRecordReader(pages, new ParquetRecord(meta.getSchema()));
    return LongStream.range(0, pages.getRowCount()).mapToObj(i -> records.read()).iterator();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
