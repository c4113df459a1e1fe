package crm.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A square grid of scores from 1 up: the stronger the colour, the more is there.
 *
 * @param up what the scores from bottom to top are
 * @param across what the scores from left to right are
 */
public record HeatMap(
    String description, String up, String across, List<Cell> cells, List<Label> labels)
    implements Chart {
  private static final int TOP = 22;
  private static final int CELL_HEIGHT = 54;
  private static final int GAP = 3;
  private static final double GUTTER = 0.06;
  private static final int LEVELS = 5;

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
      String small) {}

  /** A score beside its row or below its column. */
  public record Label(String x, int y, String text) {}

  /**
   * What is to be drawn at a place.
   *
   * @param across score from left to right
   * @param up score from bottom to top
   */
  public record Place(int across, int up, long amount, String big, String small) {}

  /** A grid of every pair of scores from 1 to {@code greatest}; what is not given is empty. */
  public static HeatMap of(
      String description, String upName, String acrossName, int greatest, List<Place> places) {
    long most = places.stream().mapToLong(Place::amount).max().orElse(0);
    double width = (1 - GUTTER) / greatest;
    List<Cell> cells = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    for (int up = greatest; up >= 1; up--) {
      int top = TOP + (greatest - up) * CELL_HEIGHT;
      labels.add(new Label(Chart.percent(GUTTER / 3), top + CELL_HEIGHT / 2 + 4, "" + up));
      for (int across = 1; across <= greatest; across++) {
        Place place = at(places, across, up);
        double left = GUTTER + (across - 1) * width;
        cells.add(
            new Cell(
                Chart.percent(left),
                top,
                Chart.percent(width - 0.006),
                CELL_HEIGHT - GAP,
                Chart.percent(left + width / 2 - 0.003),
                place.amount() == 0 ? 0 : (int) (1 + (LEVELS - 1) * place.amount() / most),
                place.big(),
                place.small()));
      }
    }
    for (int across = 1; across <= greatest; across++) {
      double middle = GUTTER + (across - 0.5) * width;
      labels.add(new Label(Chart.percent(middle), TOP + greatest * CELL_HEIGHT + 14, "" + across));
    }
    return new HeatMap(description, upName, acrossName, cells, labels);
  }

  private static Place at(List<Place> places, int across, int up) {
    return places.stream()
        .filter(place -> place.across() == across && place.up() == up)
        .findFirst()
        .orElse(new Place(across, up, 0, "", ""));
  }

  @Override
  public int height() {
    int rows = (int) Math.round(Math.sqrt(cells.size()));
    return TOP + rows * CELL_HEIGHT + 40;
  }

  @Override
  public List<Key> keys() {
    return List.of();
  }
}
