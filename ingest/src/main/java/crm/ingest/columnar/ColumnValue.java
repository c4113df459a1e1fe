package crm.ingest.columnar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;

/**
 * What a typed column may hold, and how it is written where all fields are text: as CSV and JSON
 * lines have the same value.
 *
 * <p>A value is null, a Boolean, a Long, a BigDecimal, a String, a LocalDate, a LocalTime, a
 * LocalDateTime (of whose clock the file does not say), an Instant, a UUID, a List or Map of such,
 * bytes that are no text, or {@link Inexact}.
 */
public final class ColumnValue {
  /** Digits beyond what a plain number is written with; an exponent could ask for gigabytes. */
  private static final int MAX_DIGITS = 400;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter();
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd ").append(TIME).toFormatter();
  private static final JsonFactory JSON = new JsonFactory();

  /** A floating-point number that may not be the one that was meant, or is none. */
  public record Inexact(String digits) {}

  private ColumnValue() {}

  /**
   * A floating-point number. NaN is how numeric libraries write a missing value. A whole number
   * with more bits than fit may be its neighbour, so it can be no id and no amount.
   *
   * @param digits the shortest that tell it from its neighbours
   * @param bits of its whole numbers that are kept
   */
  static Object floating(double value, String digits, int bits) {
    if (Double.isNaN(value)) {
      return null;
    }
    return Math.abs(value) >= 1L << bits ? new Inexact(digits) : new BigDecimal(digits);
  }

  static Object floating(double value) {
    return floating(value, Double.toString(value), 53);
  }

  static Object floating(float value) {
    return floating(value, Float.toString(value), 24);
  }

  /** A number of half precision, IEEE 754 binary16. */
  static Object half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        Math.scalb(
            (double) (exponent == 0 ? fraction : fraction + 1024), Math.max(exponent, 1) - 25);
    if (exponent == 31) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      return floating(size, String.valueOf(size), 11);
    }
    BigDecimal exact = new BigDecimal(bits < 0 ? -size : size);
    BigDecimal halfStep = new BigDecimal(Math.scalb(1.0, Math.max(exponent, 1) - 26));
    BigDecimal shortest = exact;
    for (int digits = 5; digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.subtract(exact).abs().compareTo(halfStep) < 0) {
        shortest = rounded;
      }
    }
    return floating(exact.doubleValue(), shortest.toString(), 11);
  }

  /** Bytes that should be text; themselves if they are not. */
  public static Object text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 || isUtf8(bytes) ? text : bytes;
  }

  static Object moment(long second, long nano, boolean isInstant) {
    return isInstant
        ? Instant.ofEpochSecond(second, nano)
        : LocalDateTime.ofEpochSecond(second, (int) nano, ZoneOffset.UTC);
  }

  /** As text; a moment that knows its place on the time line says so. */
  public static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number(number);
    }
    if (value instanceof Inexact number) {
      return number.digits();
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof LocalDateTime moment) {
      return MOMENT.format(moment);
    }
    if (value instanceof Instant moment) {
      return MOMENT.format(moment.atOffset(ZoneOffset.UTC)) + "Z";
    }
    if (value instanceof List || value instanceof Map) {
      return json(json -> write(json, value));
    }
    return value == null ? null : value.toString();
  }

  /**
   * A whole number is written as one, whatever type it has in a file, and none with an exponent.
   */
  public static String number(BigDecimal number) {
    if (Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS) {
      return number.toString();
    }
    boolean isWhole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    return (isWhole ? number.setScale(0) : number).toPlainString();
  }

  /** A record as one JSON object. */
  public static String json(List<ColumnarFile.Field> fields, Object[] values) {
    return json(
        json -> {
          json.writeStartObject();
          for (int i = 0; i < values.length; i++) {
            json.writeFieldName(fields.get(i).name());
            write(json, values[i]);
          }
          json.writeEndObject();
        });
  }

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static String json(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Number) {
      json.writeNumber(text(value));
    } else {
      json.writeString(text(value));
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
