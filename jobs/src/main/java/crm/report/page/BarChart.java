package crm.report.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Draws bars that lie, one below the other: what it is on the left, how much on the right. */
public record BarChart(String description, List<Key> keys, List<Bar> bars) implements Chart {
  private static final int ROW_HEIGHT = 44;
  private static final int TEXT_HEIGHT = 20;
  private static final int STRIP_HEIGHT = 13;

  /** Letters of label and value together that a phone has room for. */
  private static final int TEXT = 40;

  /** So that what is rare is still seen. */
  private static final double MIN_WIDTH = 0.004;

  public BarChart {
    keys = List.copyOf(keys);
    bars = List.copyOf(bars);
  }

  /** A line of text with strips below it. */
  public record Bar(String label, String value, int textY, List<Strip> strips) {}

  /** A coloured piece of a bar. */
  public record Strip(String x, int y, String width, int height, Tone tone) {}

  /**
   * A row that is to be drawn.
   *
   * @param amounts per tone, beside or below one another; none below zero is drawn
   */
  public record Row(String label, String value, List<Amount> amounts) {
    public Row(String label, String value, double amount) {
      this(label, value, List.of(new Amount(amount, Tone.MAIN)));
    }
  }

  /** A length, in the unit of its chart. */
  public record Amount(double size, Tone tone) {}

  /**
   * Draws bars that compare: the longest takes the whole width, several of a row lie below each
   * other.
   */
  public static BarChart compared(String description, List<Key> keys, List<Row> rows) {
    double max =
        rows.stream()
            .flatMap(row -> row.amounts().stream())
            .mapToDouble(Amount::size)
            .max()
            .orElse(0);
    List<Bar> bars = new ArrayList<>();
    for (Row row : rows) {
      int top = bars.size() * ROW_HEIGHT + TEXT_HEIGHT;
      int height = STRIP_HEIGHT / row.amounts().size();
      List<Strip> strips = new ArrayList<>();
      for (Amount amount : row.amounts()) {
        double width = max > 0 ? Math.max(0, amount.size()) / max : 0;
        strips.add(strip(0, top + strips.size() * (height + 1), width, height, amount.tone()));
      }
      bars.add(bar(row, bars.size(), strips));
    }
    return new BarChart(description, keys, bars);
  }

  /** Draws bars that compare, a row of each item. */
  public static <T> BarChart compared(
      String description, List<Key> keys, Collection<T> items, Function<T, Row> row) {
    return compared(description, keys, items.stream().map(row).toList());
  }

  /** Draws bars that divide, a row of each item. */
  public static <T> BarChart divided(
      String description, List<Key> keys, Collection<T> items, Function<T, Row> row) {
    return divided(description, keys, items.stream().map(row).toList());
  }

  /** Draws bars that divide: each takes the whole width, its amounts lie side by side. */
  static BarChart divided(String description, List<Key> keys, List<Row> rows) {
    List<Bar> bars = new ArrayList<>();
    for (Row row : rows) {
      double whole = row.amounts().stream().mapToDouble(Amount::size).sum();
      int top = bars.size() * ROW_HEIGHT + TEXT_HEIGHT;
      List<Strip> strips = new ArrayList<>();
      double left = 0;
      for (Amount amount : row.amounts()) {
        if (amount.size() > 0) {
          double share = amount.size() / whole;
          double drawn = Math.max(share, MIN_WIDTH);
          // What is widened grows to the left, so that it stays within the picture.
          strips.add(strip(Math.min(left, 1 - drawn), top, drawn, STRIP_HEIGHT, amount.tone()));
          left += share;
        }
      }
      bars.add(bar(row, bars.size(), strips));
    }
    return new BarChart(description, keys, bars);
  }

  private static Bar bar(Row row, int index, List<Strip> strips) {
    return new Bar(
        Words.shortened(row.label(), TEXT - row.value().length()),
        row.value(),
        index * ROW_HEIGHT + 14,
        List.copyOf(strips));
  }

  private static Strip strip(double left, int top, double width, int height, Tone tone) {
    return new Strip(Chart.percent(left), top, Chart.percent(width), height, tone);
  }

  @Override
  public int height() {
    return bars.size() * ROW_HEIGHT;
  }
}
