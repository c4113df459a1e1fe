package crm.ingest.columnar;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.UnionColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.TypeDescription;

/** Makes a {@link ColumnValue} of what an ORC file holds. */
final class OrcValue {
  /** Spark writes a TIMESTAMP_NTZ as a bigint of microseconds, and its own type beside it. */
  private static final String SPARK_TYPE = "spark.sql.catalyst.type";

  private OrcValue() {}

  /** By name: older releases of the library do not know the youngest types. */
  static boolean isReadable(TypeDescription type) {
    return !type.getCategory().name().startsWith("Geo");
  }

  static Object[] record(TypeDescription schema, VectorizedRowBatch batch, int row) {
    Object[] values = new Object[batch.cols.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(schema.getChildren().get(i), batch.cols[i], row);
    }
    return values;
  }

  private static Object value(TypeDescription type, ColumnVector vector, int row) {
    int at = vector.isRepeating ? 0 : row;
    if (!vector.noNulls && vector.isNull[at]) {
      return null;
    }
    if (vector instanceof LongColumnVector numbers) {
      if ("timestamp_ntz".equals(type.getAttributeValue(SPARK_TYPE))) {
        long micros = numbers.vector[at];
        return ColumnValue.moment(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000, false);
      }
      return switch (type.getCategory()) {
        case BOOLEAN -> numbers.vector[at] != 0;
        case DATE -> LocalDate.ofEpochDay(numbers.vector[at]);
        default -> numbers.vector[at];
      };
    }
    if (vector instanceof DoubleColumnVector numbers) {
      double number = numbers.vector[at];
      return type.getCategory() == TypeDescription.Category.FLOAT
          ? ColumnValue.floating((float) number)
          : ColumnValue.floating(number);
    }
    if (vector instanceof DecimalColumnVector numbers) {
      return new BigDecimal(numbers.vector[at].toFormatString(type.getScale()));
    }
    if (vector instanceof TimestampColumnVector moments) {
      // The clock that the writer saw, unless the type says that it is a point in time.
      return ColumnValue.moment(
          Math.floorDiv(moments.time[at], 1000L),
          moments.nanos[at],
          type.getCategory() == TypeDescription.Category.TIMESTAMP_INSTANT);
    }
    if (vector instanceof BytesColumnVector texts) {
      int from = texts.start[at];
      return ColumnValue.text(Arrays.copyOfRange(texts.vector[at], from, from + texts.length[at]));
    }
    return nested(type.getChildren(), type, vector, at);
  }

  private static Object nested(
      List<TypeDescription> types, TypeDescription type, ColumnVector vector, int at) {
    if (vector instanceof ListColumnVector lists) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < lists.lengths[at]; i++) {
        list.add(value(types.get(0), lists.child, (int) lists.offsets[at] + i));
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    if (vector instanceof MapColumnVector maps) {
      for (int i = 0; i < maps.lengths[at]; i++) {
        int entry = (int) maps.offsets[at] + i;
        map.put(
            String.valueOf(ColumnValue.text(value(types.get(0), maps.keys, entry))),
            value(types.get(1), maps.values, entry));
      }
      return map;
    }
    if (vector instanceof StructColumnVector structs) {
      for (int i = 0; i < structs.fields.length; i++) {
        map.put(type.getFieldNames().get(i), value(types.get(i), structs.fields[i], at));
      }
      return map;
    }
    int tag = ((UnionColumnVector) vector).tags[at];
    return value(types.get(tag), ((UnionColumnVector) vector).fields[tag], at);
  }
}
