package crm.ingest.columnar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** Puts the columns of a Parquet file together to records of a {@link ColumnValue} per field. */
final class ParquetRecord extends RecordMaterializer<Object[]> {
  private final Group root;
  private Object[] record;

  ParquetRecord(GroupType schema) {
    root = new Group(schema, values -> record = values);
  }

  @Override
  public Object[] getCurrentRecord() {
    return record;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /** A field that comes any number of times is a list of its values. */
  private static final class Group extends GroupConverter {
    private final Converter[] fields;
    private final boolean[] isRepeated;
    private final Consumer<Object[]> sink;
    private Object[] values;

    Group(GroupType type, Consumer<Object[]> sink) {
      this.sink = sink;
      fields = new Converter[type.getFieldCount()];
      isRepeated = new boolean[fields.length];
      for (int i = 0; i < fields.length; i++) {
        int place = i;
        isRepeated[i] = type.getType(i).isRepetition(Type.Repetition.REPEATED);
        fields[i] =
            converter(
                type.getType(i),
                isRepeated[i]
                    ? value -> ParquetRecord.<Object>list(values[place]).add(value)
                    : value -> values[place] = value);
      }
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      values = new Object[fields.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = isRepeated[i] ? new ArrayList<>() : null;
      }
    }

    @Override
    public void end() {
      sink.accept(values);
    }
  }

  private static Converter converter(Type type, Consumer<Object> sink) {
    return type.isPrimitive()
        ? new ParquetScalar(type.asPrimitiveType(), sink)
        : group(type.asGroupType(), sink);
  }

  private static Group group(GroupType type, Consumer<Object> sink) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    boolean holdsOne =
        type.getFieldCount() == 1 && type.getType(0).isRepetition(Type.Repetition.REPEATED);
    if (holdsOne && meaning instanceof ListLogicalTypeAnnotation) {
      boolean isWrapped = isWrapped(type, type.getType(0));
      return new Group(type, values -> sink.accept(isWrapped ? unwrapped(values[0]) : values[0]));
    }
    if (holdsOne
        && (meaning instanceof MapLogicalTypeAnnotation
            || meaning instanceof MapKeyValueTypeAnnotation)) {
      return new Group(type, values -> sink.accept(map(values[0])));
    }
    return new Group(type, values -> sink.accept(struct(type, values)));
  }

  /**
   * Returns whether the elements of a list are one level further down; old writers left that level
   * out.
   */
  private static boolean isWrapped(GroupType list, Type repeated) {
    return !repeated.isPrimitive()
        && repeated.asGroupType().getFieldCount() == 1
        && !repeated.getName().equals("array")
        && !repeated.getName().equals(list.getName() + "_tuple");
  }

  private static List<Object> unwrapped(Object elements) {
    List<Object> unwrapped = new ArrayList<>();
    for (Map<String, Object> element : ParquetRecord.<Map<String, Object>>list(elements)) {
      unwrapped.addAll(element.values());
    }
    return unwrapped;
  }

  private static Map<String, Object> map(Object entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map<String, Object> entry : ParquetRecord.<Map<String, Object>>list(entries)) {
      Object[] keyAndValue = entry.values().toArray();
      map.put(ColumnValue.text(keyAndValue[0]), keyAndValue.length < 2 ? null : keyAndValue[1]);
    }
    return map;
  }

  private static Map<String, Object> struct(GroupType type, Object[] values) {
    Map<String, Object> struct = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      struct.put(type.getFieldName(i), values[i]);
    }
    return struct;
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> list(Object value) {
    return (List<T>) value;
  }
}
