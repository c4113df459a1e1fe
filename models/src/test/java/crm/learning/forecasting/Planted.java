package crm.learning.forecasting;

import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Series of daily sales made by a rule: more on Saturdays, more in summer, half on holidays. */
public final class Planted {
  /** The first of each month is a holiday. */
  public static final Calendar HOLIDAYS =
      new Calendar() {
        private static final long serialVersionUID = 1;

        @Override
        public int size() {
          return 1;
        }

        @Override
        public double[] features(LocalDate period) {
          return new double[] {period.getDayOfMonth() == 1 ? 1 : 0};
        }
      };

  private Planted() {}

  public static List<Series> daily(int count, LocalDate first, int days, double noise, long seed) {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(seed + i);
      double level = 20 * Math.pow(50, random.nextDouble());
      double[] values = new double[days];
      for (int t = 0; t < days; t++) {
        double luck = Math.max(0, 1 + noise * (random.nextDouble() * 2 - 1));
        values[t] = level * expected(first.plusDays(t)) * luck;
      }
      all.add(new Series("series " + i, Frequency.DAILY, first, values));
    }
    return all;
  }

  static double expected(LocalDate day) {
    return (day.getDayOfWeek() == DayOfWeek.SATURDAY ? 2 : 1)
        * (1 - 0.3 * Math.cos(2 * Math.PI * day.getDayOfYear() / 365.25))
        * (HOLIDAYS.features(day)[0] > 0 ? 0.5 : 1);
  }
}
