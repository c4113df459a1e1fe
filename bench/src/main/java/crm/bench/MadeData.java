package crm.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/** What can be made to measure models on. */
enum MadeData {
  CUSTOMERS("million customers", 1_000_000) {
    @Override
    void make(MadeFiles files, long count) throws IOException {
      new MadeCompany(files).customers(count);
    }
  },
  BASKETS("million baskets", 1_000_000) {
    @Override
    void make(MadeFiles files, long count) throws IOException {
      new MadeCompany(files).baskets(count);
    }
  },
  SERIES("series", 1) {
    @Override
    void make(MadeFiles files, long count) throws IOException {
      new MadeSales(files).products(count);
    }
  },
  OUTCOMES("million customers", 1_000_000) {
    @Override
    void make(MadeFiles files, long count) throws IOException {
      new MadeOutcomes(files).customers(count);
    }
  };

  private final String unit;
  private final double inUnit;

  MadeData(String unit, double inUnit) {
    this.unit = unit;
    this.inUnit = inUnit;
  }

  abstract void make(MadeFiles files, long count) throws IOException;

  void make(MadeFiles files, double size) throws IOException {
    make(files, Math.round(size * inUnit));
  }

  /** The unit of sizes. */
  String unit() {
    return unit;
  }

  /** The folder of a size. */
  String folder(double size) {
    return name().toLowerCase(Locale.ROOT) + "_" + label(size);
  }

  /** As in 0.1 or 1000. */
  static String label(double size) {
    return BigDecimal.valueOf(size).stripTrailingZeros().toPlainString();
  }
}
