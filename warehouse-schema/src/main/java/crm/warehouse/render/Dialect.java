package crm.warehouse.render;

import java.util.Locale;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** How engines write what {@link Checksum} sums, each in a number too wide to overflow. */
public enum Dialect {
  /** Its sums of decimal(28,0) are decimal(38,0), and overflow is an error. */
  SPARK(
      "`%s`",
      "CAST(%s AS STRING)",
      "CAST(%s AS DECIMAL(28,0))",
      "CONV(SUBSTRING(MD5(CAST(%s AS BINARY)), 1, 8), 16, 10)",
      "UNIX_DATE(%s)",
      "UNIX_MICROS(%s)"),
  DUCKDB(
      "\"%s\"",
      "CAST(%s AS VARCHAR)",
      "CAST(%s AS HUGEINT)",
      "CAST('0x' || SUBSTR(MD5(%s), 1, 8) AS BIGINT)",
      "DATE_DIFF('day', DATE '1970-01-01', %s)",
      "EPOCH_US(%s)"),
  /** Its dates begin in 1900 and end in 2299. */
  CLICKHOUSE(
      "`%s`",
      "toString(%s)",
      "toInt256(%s)",
      "reinterpretAsUInt32(reverse(substring(MD5(%s), 1, 4)))",
      "toInt32(%s)",
      "toUnixTimestamp64Micro(%s)"),
  /** From 14 on, where seconds since 1970 are exact. */
  POSTGRESQL(
      "\"%s\"",
      "CAST(%s AS TEXT)",
      "CAST(%s AS NUMERIC(38,0))",
      "('x' || SUBSTR(MD5(CONVERT_TO(%s, 'UTF8')), 1, 8))::BIT(32)::BIGINT",
      "%s - DATE '1970-01-01'",
      "EXTRACT(EPOCH FROM %s) * 1000000");

  private final String name;
  private final String text;
  private final String wide;
  private final String startOfMd5;
  private final String days;
  private final String microseconds;

  Dialect(
      String name, String text, String wide, String startOfMd5, String days, String microseconds) {
    this.name = name;
    this.text = text;
    this.wide = wide;
    this.startOfMd5 = startOfMd5;
    this.days = days;
    this.microseconds = microseconds;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  String text(String number) {
    return text.formatted(number);
  }

  String name(String column) {
    return name.formatted(column);
  }

  /** The whole number that stands for a column's value, by its type. */
  String whole(String name, DataType type) {
    String column = name(name);
    if (type instanceof StringType) {
      return wide.formatted(startOfMd5.formatted(column));
    }
    if (type instanceof IntegerType || type instanceof LongType) {
      return wide.formatted(column);
    }
    if (type instanceof DecimalType decimal) {
      return wide.formatted(unscaled(column, decimal.scale()));
    }
    if (type instanceof BooleanType) {
      return wide.formatted("CASE WHEN " + column + " THEN 1 ELSE 0 END");
    }
    if (type instanceof DateType) {
      return wide.formatted(days.formatted(column));
    }
    if (type instanceof TimestampType) {
      return wide.formatted(microseconds.formatted(column));
    }
    if (type instanceof DoubleType) {
      // Beyond 10^9 a double's millionths are no longer exact, and infinity is no number to sum.
      return wide.formatted(
          "FLOOR(CASE WHEN ABS(%1$s) < 1e9 THEN %1$s END * 1000000)".formatted(column));
    }
    throw new IllegalArgumentException(
        "Column " + name + " is " + type.sql() + ", which not every reader has.");
  }

  private String unscaled(String column, int scale) {
    String factor = "1" + "0".repeat(scale);
    return switch (this) {
      case SPARK, POSTGRESQL -> column + " * " + factor;
      case DUCKDB -> "CAST(" + column + " AS DECIMAL(38," + scale + ")) * " + factor;
      case CLICKHOUSE -> "toDecimal256(" + column + ", " + scale + ") * " + factor;
    };
  }
}
