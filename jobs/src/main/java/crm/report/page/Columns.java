package crm.report.page;

import java.util.ArrayList;
import java.util.List;

/** Columns over time: what came in stands above the zero line, what went out hangs below it. */
public record Columns(
    String description, List<Key> keys, List<Column> columns, List<Line> lines, List<Label> labels)
    implements Chart {
  private static final int HEIGHT = 268;
  private static final int TOP = 18;
  private static final int BOTTOM = 236;
  private static final int LABEL_Y = 258;
  private static final int MOST_LABELS = 4;

  /** Room on the left for the numbers of the lines. */
  private static final double GUTTER = 0.13;

  public Columns {
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
    labels = List.copyOf(labels);
  }

  /** A coloured rectangle. */
  public record Column(String x, double y, String width, double height, Tone tone) {}

  /** A line across, and the number it stands for. */
  public record Line(double y, String text, boolean zero) {}

  /** A name of a time below its column. */
  public record Label(String x, int y, String text) {}

  /**
   * What is to be drawn of a time.
   *
   * @param in at least 0
   * @param out at least 0
   */
  public record Time(String name, double in, double out) {}

  /** Columns of times that follow one another. */
  public static Columns of(String description, List<Key> keys, List<Time> times, Numbers numbers) {
    double most = times.stream().mapToDouble(Time::in).max().orElse(0);
    double least = -times.stream().mapToDouble(Time::out).max().orElse(0);
    Scale scale = Scale.over(least, most, TOP, BOTTOM);
    double slot = (1 - GUTTER) / times.size();
    List<Column> columns = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    int every = (times.size() + MOST_LABELS - 1) / MOST_LABELS;
    for (int i = 0; i < times.size(); i++) {
      Time time = times.get(i);
      String left = Chart.percent(GUTTER + (i + 0.12) * slot);
      String width = Chart.percent(0.76 * slot);
      double zero = scale.y(0);
      columns.add(new Column(left, scale.y(time.in()), width, scale.height(time.in()), Tone.MAIN));
      if (time.out() > 0) {
        columns.add(new Column(left, zero, width, scale.height(time.out()), Tone.BAD));
      }
      boolean hasRoom = (times.size() - i) * (MOST_LABELS + 1) >= times.size();
      if (i % every == 0 && hasRoom) {
        labels.add(new Label(left, LABEL_Y, time.name()));
      }
    }
    List<Line> lines =
        scale.steps().stream()
            .map(value -> new Line(scale.y(value), numbers.compact(value), value == 0))
            .toList();
    return new Columns(description, keys, columns, lines, labels);
  }

  @Override
  public int height() {
    return HEIGHT;
  }
}
