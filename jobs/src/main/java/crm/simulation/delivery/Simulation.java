package crm.simulation.delivery;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.hipparchus.random.JDKRandomGenerator;
import org.hipparchus.random.RandomDataGenerator;

/**
 * The time and the chance of a simulated company.
 *
 * @param seed the same seed gives the same company, on however many cores
 * @param start the first day
 * @param days how many days
 * @param dirtyRate broken records per good one
 */
public record Simulation(long seed, LocalDate start, int days, double dirtyRate)
    implements Serializable {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The last day. */
  public LocalDate end() {
    return start.plusDays(days - 1L);
  }

  /** The chance of one actor in one matter, unlike that of others. */
  public Random chance(long number, String matter) {
    return new Random(
        new SplittableRandom(seed * 31 + matter.hashCode() + (number << 32)).nextLong());
  }

  /**
   * The chance of the thing of that number among things of which nothing else is drawn. Its seed is
   * mixed: the first draws of neighbouring seeds of Java's generator are neighbours, too.
   */
  public static RandomDataGenerator draws(long seed, long number) {
    return RandomDataGenerator.of(
        new JDKRandomGenerator(new SplittableRandom(seed * 1_000_003 + number).nextLong()));
  }

  /** Draws a time of a day between 7 and 21 o'clock. */
  public static LocalDateTime moment(LocalDate day, Random random) {
    return day.atTime(LocalTime.of(7 + random.nextInt(14), random.nextInt(60), random.nextInt(60)));
  }

  /** A moment as systems write it. */
  public static String text(LocalDateTime moment) {
    return moment.format(MOMENT);
  }
}
