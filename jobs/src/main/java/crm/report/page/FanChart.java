package crm.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A line of actual values, and after it one of expected values, between bounds that open like a
 * fan.
 *
 * @param areas between the bounds, the wider first
 * @param lines through the points, that of the actual values first
 * @param points one per time
 */
public record FanChart(
    String description,
    List<Key> keys,
    Frame frame,
    List<Outline> areas,
    List<Outline> lines,
    List<Point> points)
    implements Chart {
  private static final int MAX_LARGE_POINTS = 45;

  public FanChart {
    keys = List.copyOf(keys);
    areas = List.copyOf(areas);
    lines = List.copyOf(lines);
    points = List.copyOf(points);
  }

  /** Corners of an area or a line as SVG wants them: thousandths of the width, pixels down. */
  public record Outline(String corners, Tone tone) {}

  /** A dot at a time. */
  public record Point(String x, double y, double radius, Tone tone) {}

  /** The actual value of a time that is over. */
  public record Actual(String name, double value) {}

  /**
   * The expected value of a time to come.
   *
   * @param bounds empty where nothing is known of how far off the value may be
   */
  public record Expected(String name, double value, Optional<Bounds> bounds) {}

  /** The 80 % and the 95 % prediction interval of a value. */
  public record Bounds(double lo95, double lo80, double hi80, double hi95) {}

  /**
   * Draws a fan that opens at the last time that is over.
   *
   * @param actual at least one
   * @param expected the times that follow; those with bounds come first
   */
  public static FanChart of(
      String description, List<Actual> actual, List<Expected> expected, Numbers numbers) {
    List<Bounds> bounds = expected.stream().flatMap(time -> time.bounds().stream()).toList();
    double[] values =
        Stream.concat(actual.stream().map(Actual::value), expected.stream().map(Expected::value))
            .mapToDouble(Double::doubleValue)
            .toArray();
    Course course = Course.over(values, bounds);
    int now = actual.size() - 1;
    List<Key> keys =
        new ArrayList<>(List.of(new Key(Tone.MAIN, "actual"), new Key(Tone.FORECAST, "forecast")));
    List<Outline> areas = new ArrayList<>();
    if (!bounds.isEmpty()) {
      keys.add(new Key(Tone.INTERVAL_80, "80 % prediction interval"));
      keys.add(new Key(Tone.INTERVAL_95, "95 % prediction interval"));
      areas.add(
          course.area(now, values[now], bounds, Bounds::lo95, Bounds::hi95, Tone.INTERVAL_95));
      areas.add(
          course.area(now, values[now], bounds, Bounds::lo80, Bounds::hi80, Tone.INTERVAL_80));
    }
    double radius = values.length > MAX_LARGE_POINTS ? 1.5 : 3;
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Tone tone = i <= now ? Tone.MAIN : Tone.FORECAST;
      points.add(
          new Point(Chart.percent(course.across(i)), course.scale().y(values[i]), radius, tone));
    }
    return new FanChart(
        description,
        keys,
        Frame.of(
            course.scale(),
            Stream.concat(actual.stream().map(Actual::name), expected.stream().map(Expected::name))
                .toList(),
            numbers),
        areas,
        List.of(
            course.line(0, now, values, Tone.MAIN),
            course.line(now, values.length - 1, values, Tone.FORECAST)),
        points);
  }

  /** Where values of times are. */
  private record Course(Scale scale, int times) {
    static Course over(double[] values, List<Bounds> bounds) {
      double[] all =
          DoubleStream.concat(
                  DoubleStream.of(values),
                  bounds.stream().flatMapToDouble(of -> DoubleStream.of(of.lo95(), of.hi95())))
              .toArray();
      return new Course(
          Frame.scale(
              DoubleStream.of(all).min().getAsDouble(), DoubleStream.of(all).max().getAsDouble()),
          values.length);
    }

    double across(int time) {
      return Frame.across(time + 0.5, times);
    }

    Outline line(int first, int last, double[] values, Tone tone) {
      List<String> corners = new ArrayList<>();
      for (int i = first; i <= last; i++) {
        corners.add(corner(i, values[i]));
      }
      return new Outline(String.join(" ", corners), tone);
    }

    /** From the value of now along the one bound, and back along the other. */
    Outline area(
        int now,
        double value,
        List<Bounds> bounds,
        ToDoubleFunction<Bounds> low,
        ToDoubleFunction<Bounds> high,
        Tone tone) {
      List<String> corners = new ArrayList<>();
      corners.add(corner(now, value));
      for (int i = 0; i < bounds.size(); i++) {
        corners.add(corner(now + 1 + i, high.applyAsDouble(bounds.get(i))));
      }
      for (int i = bounds.size() - 1; i >= 0; i--) {
        corners.add(corner(now + 1 + i, low.applyAsDouble(bounds.get(i))));
      }
      return new Outline(String.join(" ", corners), tone);
    }

    private String corner(int time, double value) {
      return String.format(Locale.ROOT, "%.1f,%.1f", 1000 * across(time), scale.y(value));
    }
  }

  @Override
  public int height() {
    return Frame.HEIGHT;
  }
}
