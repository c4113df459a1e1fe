package crm.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A line of what came, and behind its end one of what is expected, between bounds that open like a
 * fan.
 *
 * @param areas between the bounds, the wider first
 * @param lines through the points, what came first
 * @param points one per time
 */
public record Fan(
    String description,
    List<Key> keys,
    Frame frame,
    List<Outline> areas,
    List<Outline> lines,
    List<Point> points)
    implements Chart {
  private static final int MOST_LARGE_POINTS = 45;

  public Fan {
    keys = List.copyOf(keys);
    areas = List.copyOf(areas);
    lines = List.copyOf(lines);
    points = List.copyOf(points);
  }

  /** Corners of an area or a line as SVG wants them: thousandths of the width, pixels down. */
  public record Outline(String corners, Tone tone) {}

  /** A dot at a time. */
  public record Point(String x, double y, double radius, Tone tone) {}

  /** What is to be drawn of a time that is over. */
  public record Came(String name, double value) {}

  /**
   * What is to be drawn of a time to come.
   *
   * @param bounds empty where nothing is known of how far off the value may be
   */
  public record Expected(String name, double value, Optional<Bounds> bounds) {}

  /** Between which a value will be, in 80 and in 95 of 100 cases. */
  public record Bounds(double lo95, double lo80, double hi80, double hi95) {}

  /**
   * A fan that opens at the last time that is over.
   *
   * @param came at least one
   * @param expected the times that follow; those with bounds come first
   */
  public static Fan of(
      String description, List<Came> came, List<Expected> expected, Numbers numbers) {
    List<Bounds> bounds = expected.stream().flatMap(time -> time.bounds().stream()).toList();
    double[] values =
        Stream.concat(came.stream().map(Came::value), expected.stream().map(Expected::value))
            .mapToDouble(Double::doubleValue)
            .toArray();
    Course course = Course.over(values, bounds);
    int now = came.size() - 1;
    List<Key> keys =
        new ArrayList<>(List.of(new Key(Tone.MAIN, "came"), new Key(Tone.FORESEEN, "foretold")));
    List<Outline> areas = new ArrayList<>();
    if (!bounds.isEmpty()) {
      keys.add(new Key(Tone.LIKELY, "80 of 100 cases"));
      keys.add(new Key(Tone.POSSIBLE, "95 of 100"));
      areas.add(course.area(now, values[now], bounds, Bounds::lo95, Bounds::hi95, Tone.POSSIBLE));
      areas.add(course.area(now, values[now], bounds, Bounds::lo80, Bounds::hi80, Tone.LIKELY));
    }
    double radius = values.length > MOST_LARGE_POINTS ? 1.5 : 3;
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Tone tone = i <= now ? Tone.MAIN : Tone.FORESEEN;
      points.add(
          new Point(Chart.percent(course.across(i)), course.scale().y(values[i]), radius, tone));
    }
    return new Fan(
        description,
        keys,
        Frame.of(
            course.scale(),
            Stream.concat(came.stream().map(Came::name), expected.stream().map(Expected::name))
                .toList(),
            numbers),
        areas,
        List.of(
            course.line(0, now, values, Tone.MAIN),
            course.line(now, values.length - 1, values, Tone.FORESEEN)),
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
