package crm.models.sales.series;

import crm.learning.forecasting.series.Frequency;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** The series that compete, are chosen for and are judged together. */
public record LevelKey(String source, Measure measure, Frequency frequency, Level level)
    implements Comparable<LevelKey>, Serializable {
  private static final Comparator<LevelKey> ORDER =
      Comparator.comparing(LevelKey::source)
          .thenComparing(LevelKey::measure)
          .thenComparing(LevelKey::frequency)
          .thenComparing(LevelKey::level);

  /** Of a row with columns {@code source, measure, frequency, level}. */
  public static LevelKey of(Row row) {
    return new LevelKey(
        row.getAs("source"),
        Measure.valueOf(row.<String>getAs("measure").toUpperCase(Locale.ROOT)),
        Frequency.valueOf(row.<String>getAs("frequency").toUpperCase(Locale.ROOT)),
        Level.labelled(row.getAs("level")));
  }

  /** As tables write it. */
  public static String label(Frequency frequency) {
    return frequency.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The levels that have to add up, by the name of their total, as in {@code shop_pieces_daily}.
   */
  public String forest() {
    return "%s_%s_%s".formatted(source, measure.label(), label(frequency));
  }

  @Override
  public int compareTo(LevelKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return forest() + "_" + level.label();
  }
}
