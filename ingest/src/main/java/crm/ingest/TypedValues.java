package crm.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.try_to_date;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import crm.ingest.source.ValueFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Types the values of a record, in the session's time zone; NULL where a value is none of its type.
 */
final class TypedValues {
  /** Spark's cast takes less than a day as well, as a year alone. */
  private static final String DAY = "^\\s*\\d{4}-\\d{1,2}-\\d{1,2}";

  /**
   * Abbreviations that Java gives to other zones than those who write them: British summer time to
   * Bangladesh, Atlantic time to Alaska.
   */
  private static final String MISLEADING = "\\b(ACT|ART|AST|BST|ECT|NST|SST)\\s*$";

  private static final String COMMA_NUMBER =
      "^\\s*[+-]?(\\d+|\\d{1,3}(([.\u00A0\u202F ])\\d{3})(\\3\\d{3})*)(,\\d+)?\\s*$";

  private static final DataType WIDE = DataTypes.createDecimalType(38, 18);

  private TypedValues() {}

  /**
   * Types a value.
   *
   * @param given the type it has
   * @param wanted the type of its column
   */
  static Column of(Column value, DataType given, DataType wanted, ValueFormat format) {
    if (wanted instanceof NumericType) {
      Column number = isText(given) && format.decimalComma() ? withPoint(value) : value;
      // Almost every text of a whole number is nothing but digits, and needs no second look.
      return isText(given) && wanted instanceof IntegralType
          ? coalesce(number.try_cast(wanted), number(number, wanted))
          : number(number, wanted);
    }
    if (isText(given) && wanted instanceof TimestampType) {
      return moment(value, format);
    }
    if (isText(given) && wanted instanceof DateType) {
      return format.dateFormat().isEmpty()
          ? when(value.rlike(DAY), value.try_cast(wanted))
          : try_to_date(value, format.dateFormat());
    }
    return value.try_cast(wanted);
  }

  /** Makes a day of a date or a moment. */
  static Column dayOf(Column value, DataType given, ValueFormat format) {
    if (isText(given) && !format.dateFormat().isEmpty()) {
      return try_to_date(value, format.dateFormat());
    }
    return isText(given) && !format.timestampFormat().isEmpty()
        ? moment(value, format).cast("date")
        : value.try_cast("date");
  }

  /** Nothing is rounded: a number that the type cannot hold is none. */
  private static Column number(Column value, DataType type) {
    Column wide = value.try_cast(WIDE);
    Column exact = wide.try_cast(type);
    return when(exact.cast(WIDE).equalTo(wide), exact);
  }

  private static Column withPoint(Column text) {
    return when(text.rlike(COMMA_NUMBER), translate(text, ",.\u00A0\u202F ", "."));
  }

  /** Text that names its zone or offset is in that one; other text is in the session's. */
  private static Column moment(Column text, ValueFormat format) {
    return format.timestampFormat().isEmpty()
        ? when(
            text.rlike(DAY).and(not(text.rlike(MISLEADING))),
            text.try_cast(DataTypes.TimestampType))
        : try_to_timestamp(text, lit(format.timestampFormat()));
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType;
  }

  /**
   * The source's order of versions of a key: a number, or a moment.
   *
   * @param type that it has as given
   */
  record Sequence(Column given, DataType type, ValueFormat format) {
    /** A number as it is; a moment as microseconds since 1970. */
    Column value() {
      Column at = unix_micros(moment());
      return isTime() ? at : coalesce(number(), at);
    }

    /** The moment that it is; NULL where it is a number. */
    Column moment() {
      if (isTime()) {
        return given.cast("timestamp");
      }
      return isText(type)
          ? when(number().isNull(), TypedValues.moment(given, format))
          : lit(null).cast("timestamp");
    }

    private Column number() {
      return given.try_cast(DataTypes.LongType);
    }

    private boolean isTime() {
      return type instanceof TimestampType
          || type instanceof TimestampNTZType
          || type instanceof DateType;
    }
  }
}
