package crm.bench.generated;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/** What can be made to measure models on. */
public enum GeneratedData {
  CUSTOMERS("million customers", 1_000_000) {
    @Override
    public void make(GeneratedFiles files, long count) throws IOException {
      new GeneratedCustomers(files).customers(count);
    }
  },
  BASKETS("million baskets", 1_000_000) {
    @Override
    public void make(GeneratedFiles files, long count) throws IOException {
      new GeneratedCustomers(files).baskets(count);
    }
  },
  SERIES("series", 1) {
    @Override
    public void make(GeneratedFiles files, long count) throws IOException {
      new GeneratedSales(files).products(count);
    }
  },
  OUTCOMES("million customers", 1_000_000) {
    @Override
    public void make(GeneratedFiles files, long count) throws IOException {
      new GeneratedOutcomes(files).customers(count);
    }
  };

  private final String unit;
  private final double inUnit;

  GeneratedData(String unit, double inUnit) {
    this.unit = unit;
    this.inUnit = inUnit;
  }

  public abstract void make(GeneratedFiles files, long count) throws IOException;

  public void make(GeneratedFiles files, double size) throws IOException {
    make(files, Math.round(size * inUnit));
  }

  /** The unit of sizes. */
  public String unit() {
    return unit;
  }

  /** The folder of a size. */
  public String folder(double size) {
    return name().toLowerCase(Locale.ROOT) + "_" + label(size);
  }

  /** As in 0.1 or 1000. */
  public static String label(double size) {
    return BigDecimal.valueOf(size).stripTrailingZeros().toPlainString();
  }
}
