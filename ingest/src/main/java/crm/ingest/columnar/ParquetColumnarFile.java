package crm.ingest.columnar;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
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
import org.apache.parquet.schema.MessageType;
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
    FileMetaData meta = reader.getFileMetaData();
    List<Integer> places = placesOfUniqueNames(meta.getSchema());
    MessageType read =
        new MessageType(
            meta.getSchema().getName(), places.stream().map(meta.getSchema()::getType).toList());
    reader.setRequestedSchema(read);
    PageReadStore pages = reader.readRowGroup(part);
    RecordReader<Object[]> records =
        new ColumnIOFactory(meta.getCreatedBy())
            .getColumnIO(read)
            .getRecordReader(pages, new ParquetRecord(read));
    int fields = meta.getSchema().getFieldCount();
    return ColumnarFile.records(pages.getRowCount(), () -> spread(records.read(), places, fields));
  }

  /** The library tells columns apart by their names; those of one name cannot be read. */
  private static List<Integer> placesOfUniqueNames(MessageType schema) {
    List<String> names = schema.getFields().stream().map(Type::getName).toList();
    return IntStream.range(0, names.size())
        .filter(i -> names.indexOf(names.get(i)) == names.lastIndexOf(names.get(i)))
        .boxed()
        .toList();
  }

  private static Object[] spread(Object[] values, List<Integer> places, int fields) {
    if (values.length == fields) {
      return values;
    }
    Object[] spread = new Object[fields];
    for (int i = 0; i < values.length; i++) {
      spread[places.get(i)] = values[i];
    }
    return spread;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
