package crm.export.audience;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * How customers are reached, and what an address there looks like. No address is told from another
 * by spaces or by what cannot be seen, and none goes out with a space but the plain one or with
 * anything invisible.
 */
public enum Channel {
  EMAIL {
    /** Spaces around the at sign mean nothing (RFC 5322, 3.4.1); others part two words. */
    @Override
    Column written(Column value) {
      Column address = regexp_replace(visible(value), " ?@ ?", "@");
      return when(address.rlike(MAILBOX).and(length(address).leq(MAX_MAILBOX_LENGTH)), address);
    }
  },

  /** Numbers are written by E.164: a plus, the country's code, digits alone. */
  PHONE {
    @Override
    Column written(Column value) {
      Column number = regexp_replace(unspaced(value), PHONE_PUNCTUATION, "");
      // Dialled within the country alone, so nobody knows which digit goes: +49 (0) 171 ...
      return when(not(unspaced(value).contains("(0)")).and(number.rlike(E164)), number);
    }

    @Override
    Column compared(Column value) {
      return regexp_replace(unspaced(value), "\\(0\\)|" + PHONE_PUNCTUATION, "");
    }
  },

  POST {
    @Override
    Column written(Column value) {
      Column address = visible(value);
      return when(address.notEqual(""), address);
    }
  };

  /** A phone number as the standard writes it. */
  static final String E164 = "^\\+[1-9]\\d{6,14}$";

  private static final String PHONE_PUNCTUATION = "[()./\\p{Pd}]";
  private static final String MAILBOX =
      "^[^\\s@<>(),;:\\\\\"]+@[^\\s@<>(),;:\\\\\".]+(\\.[^\\s@<>(),;:\\\\\".]+)+$";
  private static final int MAX_MAILBOX_LENGTH = 254; // RFC 5321, 4.5.3.1.3

  /** Within a class of characters: separators, and the controls that part words or lines. */
  private static final String SPACE = "\\p{Z}\\t-\\r\\x1c-\\x1f\\x85";

  /**
   * Within a class of characters: controls, formats, and what else Unicode's
   * DerivedCoreProperties.txt calls Default_Ignorable_Code_Point, which Java has no name for.
   */
  private static final String INVISIBLE =
      "\\p{Cc}\\p{Cf}\\x{34f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{2065}"
          + "\\x{3164}\\x{fe00}-\\x{fe0f}\\x{ffa0}\\x{fff0}-\\x{fff8}\\x{e0000}-\\x{e0fff}";

  /** The address as it goes out; NULL where nothing can be sent to it. */
  abstract Column written(Column value);

  /** The same for any two ways to write one address, be it one that something can be sent to. */
  Column compared(Column value) {
    return lower(unspaced(value));
  }

  /** Words with one plain space between them, and nothing that cannot be seen. */
  private static Column visible(Column value) {
    Column spaced = regexp_replace(value, "[" + SPACE + "]+", " ");
    Column seen = regexp_replace(spaced, "[" + INVISIBLE + "]", "");
    return trim(regexp_replace(seen, " +", " "));
  }

  private static Column unspaced(Column value) {
    return regexp_replace(value, "[" + SPACE + INVISIBLE + "]", "");
  }

  /** As in {@code core.consents}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
