package crm.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A grid: the stronger the colour of a cell, the more is there. A place that is not given stays
 * blank, as of it nothing is known.
 *
 * @param down what the rows are
 * @param across what the columns are
 * @param isDense whether the columns have room for small letters only
 */
public record HeatMap(
    String description,
    String down,
    String across,
    int height,
    boolean isDense,
    List<Cell> cells,
    List<Label> labels)
    implements Chart {
  private static final int TOP = 22;
  private static final int BOTTOM = 40;
  private static final int GAP = 3;
  private static final int LEVELS = 5;
  private static final int MAX_LARGE_COLUMNS = 5;

  /** Of rows whose cells hold one line, and two. */
  private static final int LOW_ROW = 29;

  private static final int HIGH_ROW = 54;

  /** Room for a name above its row, where it is too long for beside it. */
  private static final int NAME_HEIGHT = 20;

  private static final int SHORT_NAME = 2;
  private static final int LONG_NAME = 7;
  private static final double SHORT_GUTTER = 0.06;
  private static final double LONG_GUTTER = 0.18;

  public HeatMap {
    cells = List.copyOf(cells);
    labels = List.copyOf(labels);
  }

  /**
   * A cell of the grid.
   *
   * @param level 0 for nothing, then 1 to 5
   */
  public record Cell(
      String x,
      int y,
      String width,
      int height,
      String middle,
      int level,
      String big,
      String small) {
    public int bigY() {
      return small.isEmpty() ? y + height / 2 + 5 : y + 24;
    }

    public int smallY() {
      return y + 41;
    }
  }

  /** A name of a row or a column. */
  public record Label(String x, int y, String text, boolean ofRow) {}

  /**
   * A place that is to be drawn.
   *
   * @param row from the top, counted from 0
   * @param column from the left, counted from 0
   * @param big the number in the cell
   * @param small another one below it; may be empty
   */
  public record Place(int row, int column, double amount, String big, String small) {}

  /** A grid of rows from the top and columns from the left. */
  public static HeatMap of(
      String description,
      String down,
      String across,
      List<String> rows,
      List<String> columns,
      List<Place> places) {
    int longest = rows.stream().mapToInt(String::length).max().orElse(0);
    double gutter = longest <= SHORT_NAME ? SHORT_GUTTER : longest <= LONG_NAME ? LONG_GUTTER : 0;
    int above = longest <= LONG_NAME ? 0 : NAME_HEIGHT;
    int cellHeight =
        places.stream().allMatch(place -> place.small().isEmpty()) ? LOW_ROW : HIGH_ROW;
    double width = (1 - gutter) / columns.size();
    int bottom = TOP + rows.size() * (above + cellHeight);
    double max = places.stream().mapToDouble(Place::amount).max().orElse(0);
    List<Label> labels = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      int top = TOP + row * (above + cellHeight);
      int y = above > 0 ? top + NAME_HEIGHT - 5 : top + cellHeight / 2 + 3;
      labels.add(new Label(Chart.percent(0), y, rows.get(row), true));
    }
    for (int column = 0; column < columns.size(); column++) {
      String middle = Chart.percent(gutter + (column + 0.5) * width);
      labels.add(new Label(middle, bottom + 14, columns.get(column), false));
    }
    List<Cell> cells = new ArrayList<>();
    for (Place place : places) {
      double left = gutter + place.column() * width;
      cells.add(
          new Cell(
              Chart.percent(left),
              TOP + place.row() * (above + cellHeight) + above,
              Chart.percent(width - 0.006),
              cellHeight - GAP,
              Chart.percent(left + width / 2 - 0.003),
              place.amount() > 0 ? (int) (1 + (LEVELS - 1) * place.amount() / max) : 0,
              place.big(),
              place.small()));
    }
    return new HeatMap(
        description,
        down,
        across,
        bottom + BOTTOM,
        columns.size() > MAX_LARGE_COLUMNS,
        cells,
        labels);
  }

  @Override
  public List<Key> keys() {
    return List.of();
  }
}
