package crm.models.customer.lifetime;

import crm.testing.Sessions;
import crm.warehouse.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Customers as BG/NBD and Gamma-Gamma with the parameters of CDNOW describe them, who came in the
 * first 500 of 730 days, with their purchase days of those and of as many days after.
 */
final class SimulatedCompany {
  static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  static final int DAYS = 730;
  static final double R = 0.243;
  static final double ALPHA = 4.414 * 7;
  static final double A = 0.793;
  static final double B = 2.426;
  static final double P = 6;
  static final double Q = 4;
  static final double V = 15;

  private static final StructType PURCHASE_DAY =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("customer_id", DataTypes.StringType)
          .add("purchased_on", DataTypes.DateType)
          .add("orders", DataTypes.LongType)
          .add("gross_amount", Money.AMOUNT)
          .add("returned_amount", Money.AMOUNT);

  private SimulatedCompany() {}

  /** Rows of {@code core.customer_purchase_days}. */
  static Dataset<Row> purchaseDays(long customers) {
    return Sessions.small()
        .range(0, customers, 1, 8)
        .mapPartitions(
            (MapPartitionsFunction<Long, Row>) SimulatedCompany::lives, Encoders.row(PURCHASE_DAY));
  }

  private static Iterator<Row> lives(Iterator<Long> ids) {
    RandomDataGenerator random = new RandomDataGenerator(ids.hasNext() ? ids.next() : 0);
    List<Row> days = new ArrayList<>();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        if (next == days.size() && ids.hasNext()) {
          days.clear();
          next = 0;
          live(ids.next());
        }
        return next < days.size();
      }

      @Override
      public Row next() {
        return days.get(next++);
      }

      private void live(long id) {
        double rate = Math.max(random.nextGamma(R, 1 / ALPHA), 1e-300);
        double leaves = random.nextBeta(A, B);
        double scale = random.nextGamma(Q, 1 / V);
        long day = -1;
        double spend = 0;
        double time = random.nextDouble() * 500;
        for (boolean first = true; time < 2 * DAYS; first = false) {
          if ((long) time > day && day >= 0) {
            add(id, day, spend);
            spend = 0;
          }
          day = (long) time;
          spend += random.nextGamma(P, 1) / scale;
          if (!first && random.nextDouble() < leaves) {
            break;
          }
          time += random.nextExponential(1) / rate;
        }
        add(id, day, spend);
      }

      private void add(long id, long day, double spend) {
        days.add(
            RowFactory.create(
                "shop",
                "C" + id,
                Date.valueOf(FIRST.plusDays(day)),
                1L,
                BigDecimal.valueOf(Math.max(0.01, spend)).setScale(4, RoundingMode.HALF_UP),
                BigDecimal.ZERO.setScale(4)));
      }
    };
  }
}
