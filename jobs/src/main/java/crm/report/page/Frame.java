package crm.report.page;

import java.util.ArrayList;
import java.util.List;

/** The surroundings of values over time: lines at round numbers, and the names of some times. */
public record Frame(List<Line> lines, List<Label> labels) {
  static final int HEIGHT = 268;
  private static final int TOP = 18;
  private static final int BOTTOM = 236;
  private static final int LABEL_Y = 258;
  private static final int MAX_LABELS = 4;

  /** Share of the times that a name needs, so that it is not cut off at the end. */
  private static final double LABEL_SHARE = 0.23;

  /** Room on the left for the numbers of the lines. */
  private static final double GUTTER = 0.13;

  public Frame {
    lines = List.copyOf(lines);
    labels = List.copyOf(labels);
  }

  /** A line across, and the number it stands for. */
  public record Line(double y, String text, boolean zero) {}

  /** A name of a time below its place. */
  public record Label(String x, int y, String text) {}

  /** The scale on which values between two fill the frame. */
  static Scale scale(double min, double max) {
    return Scale.over(min, max, TOP, BOTTOM);
  }

  /** Around times that follow one another. */
  static Frame of(Scale scale, List<String> times, Numbers numbers) {
    List<Label> labels = new ArrayList<>();
    int every = (times.size() + MAX_LABELS - 1) / MAX_LABELS;
    for (int i = 0; i < times.size(); i += every) {
      boolean hasRoom = times.size() - i >= LABEL_SHARE * times.size();
      if (hasRoom) {
        labels.add(new Label(Chart.percent(across(i + 0.12, times.size())), LABEL_Y, times.get(i)));
      }
    }
    return new Frame(
        scale.steps().stream()
            .map(value -> new Line(scale.y(value), numbers.compact(value), value == 0))
            .toList(),
        labels);
  }

  /** Returns where a time is, as a share of the width; halves are in the middle of a time. */
  static double across(double time, int times) {
    return GUTTER + time * (1 - GUTTER) / times;
  }
}
