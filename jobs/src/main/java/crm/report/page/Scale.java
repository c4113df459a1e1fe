package crm.report.page;

import java.util.List;
import java.util.stream.LongStream;

/**
 * From values to pixels, with round numbers to draw lines at.
 *
 * @param step 1, 2, 2.5 or 5 times a power of ten
 */
record Scale(double min, double max, double step, int top, int bottom) {
  private static final int LINES = 4;

  /** A scale on which the values fill the space, and zero is one of them. */
  static Scale over(double min, double max, int top, int bottom) {
    double low = Math.min(0, min);
    double high = Math.max(max, low < 0 ? 0 : 1);
    double step = round((high - low) / LINES);
    return new Scale(low, Math.ceil(high / step) * step, step, top, bottom);
  }

  private static double round(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
  }

  /** Returns where a value is, to a tenth of a pixel. */
  double y(double value) {
    double share = (value - min) / (max - min);
    return tenths(bottom - share * (bottom - top));
  }

  /** Returns how far a value is from zero, in pixels. */
  double height(double size) {
    return tenths(Math.abs(size) / (max - min) * (bottom - top));
  }

  private static double tenths(double pixels) {
    return Math.round(10 * pixels) / 10.0;
  }

  /** The round numbers, ascending. */
  List<Double> steps() {
    return LongStream.rangeClosed((long) Math.ceil(min / step), Math.round(max / step))
        .mapToObj(times -> times * step)
        .toList();
  }
}
