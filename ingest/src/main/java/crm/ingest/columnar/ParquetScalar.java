package crm.ingest.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Makes a {@link ColumnValue} of what a Parquet file stores of a column, and of what it means. */
final class ParquetScalar extends PrimitiveConverter {
  private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long NANOS = 1_000_000_000;

  private final PrimitiveTypeName storedAs;
  private final LogicalTypeAnnotation meaning;
  private final Consumer<Object> sink;

  ParquetScalar(PrimitiveType type, Consumer<Object> sink) {
    this.storedAs = type.getPrimitiveTypeName();
    this.meaning = type.getLogicalTypeAnnotation();
    this.sink = sink;
  }

  @Override
  public void addBoolean(boolean value) {
    sink.accept(value);
  }

  @Override
  public void addInt(int value) {
    boolean isUnsigned = meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned();
    addLong(isUnsigned ? Integer.toUnsignedLong(value) : value);
  }

  @Override
  public void addLong(long value) {
    sink.accept(whole(value));
  }

  @Override
  public void addFloat(float value) {
    sink.accept(ColumnValue.floating(value));
  }

  @Override
  public void addDouble(double value) {
    sink.accept(ColumnValue.floating(value));
  }

  @Override
  public void addBinary(Binary value) {
    sink.accept(ofBytes(value));
  }

  private Object whole(long value) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return BigDecimal.valueOf(value, decimal.getScale());
    }
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value);
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation moment) {
      long perSecond = perSecond(moment.getUnit());
      return ColumnValue.moment(
          Math.floorDiv(value, perSecond),
          Math.floorMod(value, perSecond) * (NANOS / perSecond),
          moment.isAdjustedToUTC());
    }
    if (meaning instanceof TimeLogicalTypeAnnotation time) {
      long perSecond = perSecond(time.getUnit());
      return value >= 0 && value < SECONDS_PER_DAY * perSecond
          ? LocalTime.ofNanoOfDay(value * (NANOS / perSecond))
          : String.valueOf(value);
    }
    boolean isUnsigned = meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned();
    return isUnsigned && value < 0 ? new BigDecimal(Long.toUnsignedString(value)) : (Object) value;
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS;
    };
  }

  private Object ofBytes(Binary value) {
    if (storedAs == PrimitiveTypeName.INT96) { // As Impala, Hive and Spark wrote moments.
      NanoTime time = NanoTime.fromBinary(value);
      long nanos = time.getTimeOfDayNanos();
      return ColumnValue.moment(
          (time.getJulianDay() - JULIAN_DAY_OF_EPOCH) * SECONDS_PER_DAY
              + Math.floorDiv(nanos, NANOS),
          Math.floorMod(nanos, NANOS),
          true);
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(new BigInteger(value.getBytesUnsafe()), decimal.getScale());
    }
    if (meaning instanceof UUIDLogicalTypeAnnotation) {
      var bits = value.toByteBuffer().order(ByteOrder.BIG_ENDIAN);
      return new UUID(bits.getLong(), bits.getLong());
    }
    if (meaning != null && meaning.toString().equals("FLOAT16")) {
      return ColumnValue.half(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort());
    }
    return ColumnValue.text(value.getBytes());
  }
}
