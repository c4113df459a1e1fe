package crm.report.page;

import java.util.ArrayList;
import java.util.List;

/** Columns over time: what came in stands above the zero line, what went out hangs below it. */
public record ColumnChart(String description, List<Key> keys, List<Column> columns, Frame frame)
    implements Chart {
  public ColumnChart {
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
  }

  /** A coloured rectangle. */
  public record Column(String x, double y, String width, double height, Tone tone) {}

  /**
   * A time that is to be drawn.
   *
   * @param in at least 0
   * @param out at least 0
   */
  public record Time(String name, double in, double out) {}

  /** Draws columns of times that follow one another. */
  public static ColumnChart of(
      String description, List<Key> keys, List<Time> times, Numbers numbers) {
    double max = times.stream().mapToDouble(Time::in).max().orElse(0);
    double min = -times.stream().mapToDouble(Time::out).max().orElse(0);
    Scale scale = Frame.scale(min, max);
    double zero = scale.y(0);
    String width = Chart.percent(Frame.across(0.76, times.size()) - Frame.across(0, times.size()));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      Time time = times.get(i);
      String left = Chart.percent(Frame.across(i + 0.12, times.size()));
      columns.add(new Column(left, scale.y(time.in()), width, scale.height(time.in()), Tone.MAIN));
      if (time.out() > 0) {
        columns.add(new Column(left, zero, width, scale.height(time.out()), Tone.BAD));
      }
    }
    return new ColumnChart(
        description,
        keys,
        columns,
        Frame.of(scale, times.stream().map(Time::name).toList(), numbers));
  }

  @Override
  public int height() {
    return Frame.HEIGHT;
  }
}
