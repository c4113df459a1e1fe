package crm.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways in which a record may be broken: a broken copy stands behind the good record. */
enum Corruption {
  /** Rejected for the order line; for the order a duplicate. */
  QUANTITY_IN_WORDS(SampleFile.SALES) {
    @Override
    String corrupt(String line) {
      return withField(line, ",", 6, "two");
    }
  },
  /** Rejected for the order line; for the order a duplicate. */
  FOREIGN_CURRENCY(SampleFile.SALES) {
    @Override
    String corrupt(String line) {
      return withField(line, ",", 8, "USD");
    }
  },
  /** Rejected for both. */
  NO_ORDER_ID(SampleFile.SALES) {
    @Override
    String corrupt(String line) {
      return withField(line, ",", 0, "");
    }
  },
  /** Rejected for both. */
  TOO_SHORT(SampleFile.SALES) {
    @Override
    String corrupt(String line) {
      return line.substring(0, line.lastIndexOf(','));
    }
  },
  NEGATIVE_AMOUNT(SampleFile.RETURNS) {
    @Override
    String corrupt(String line) {
      return withField(line, "\t", 5, "-1");
    }
  },
  /** Rejected for the customer, the contact point and the consent. */
  TORN_PROFILE(SampleFile.PROFILES) {
    @Override
    String corrupt(String line) {
      return line.substring(0, line.length() - 1);
    }
  },
  VAGUE_MOMENT(SampleFile.VISITS) {
    @Override
    String corrupt(String line) {
      return line.replace("\"at\":\"", "\"at\":\"about ");
    }
  },
  TORN_VISIT(SampleFile.VISITS) {
    @Override
    String corrupt(String line) {
      return line.substring(0, line.length() - 1);
    }
  };

  private final SampleFile file;

  Corruption(SampleFile file) {
    this.file = file;
  }

  /** The line, broken. */
  abstract String corrupt(String line);

  /** One of the ways in which a record of the file may be broken. */
  static Corruption any(SampleFile file, Random random) {
    List<Corruption> possible = Arrays.stream(values()).filter(dirt -> dirt.file == file).toList();
    return possible.get(random.nextInt(possible.size()));
  }

  private static String withField(String line, String delimiter, int index, String value) {
    String[] fields = line.split(delimiter, -1);
    fields[index] = value;
    return String.join(delimiter, fields);
  }
}
