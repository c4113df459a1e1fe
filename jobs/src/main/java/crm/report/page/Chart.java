package crm.report.page;

import java.util.List;
import java.util.Locale;

/**
 * A picture. Positions across are percentages and positions down are pixels, so that a picture is
 * as wide as its place while its letters keep their size.
 *
 * <p>Drawn here, since the report is one file without scripts, which can be mailed: libraries for
 * the web need a script, those of Java draw at a fixed size.
 */
public sealed interface Chart permits BarChart, ColumnChart, FanChart, HeatMap {
  /** In words what it shows, for those who do not see it. */
  String description();

  /** In pixels. */
  int height();

  /** Returns the meaning of its colours. */
  List<Key> keys();

  /** A share of the width, 0 to 1, as SVG wants it. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
