package crm.effects.audience;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import org.apache.spark.sql.Column;

/** How customers are reached, and what an address there looks like. */
public enum Channel {
  EMAIL {
    @Override
    Column written(Column value) {
      Column address = trim(value);
      return when(address.rlike(MAILBOX).and(length(address).leq(LONGEST_MAILBOX)), address);
    }
  },

  /** Numbers are written by E.164: a plus, the country's code, digits alone. */
  PHONE {
    @Override
    Column written(Column value) {
      Column number = regexp_replace(value, "[\\s()./\\u00a0-]", "");
      // Dialled within the country alone, so nobody knows which digit goes: +49 (0) 171 ...
      return when(not(value.contains("(0)")).and(number.rlike(E164)), number);
    }
  },

  POST {
    @Override
    Column written(Column value) {
      Column address = trim(value);
      return when(address.notEqual(""), address);
    }
  };

  /** A phone number as the standard writes it. */
  static final String E164 = "^\\+[1-9]\\d{6,14}$";

  private static final String MAILBOX =
      "^[^\\s@<>(),;:\\\\\"]+@[^\\s@<>(),;:\\\\\".]+(\\.[^\\s@<>(),;:\\\\\".]+)+$";
  private static final int LONGEST_MAILBOX = 254; // RFC 5321, 4.5.3.1.3

  /** The address as it goes out; NULL where nothing can be sent to it. */
  abstract Column written(Column value);

  /** The same for any two ways to write one address. */
  Column compared(Column written) {
    return regexp_replace(lower(written), "\\s+", " ");
  }

  /** As in {@code core.consents}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
