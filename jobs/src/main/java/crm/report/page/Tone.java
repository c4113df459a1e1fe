package crm.report.page;

import java.util.Locale;

/** The meaning of a colour; the style sheet knows how it looks in the light and in the dark. */
public enum Tone {
  /** What the picture is about. */
  MAIN,
  /** What it is compared with. */
  SECOND,
  /** What was lost: returned, rejected, failed. */
  BAD,
  /** A forecast. */
  FORECAST,
  /** The 80 % prediction interval of a forecast. */
  INTERVAL_80,
  /** The 95 % prediction interval of a forecast. */
  INTERVAL_95;

  /** The class in the style sheet, as in {@code interval-80}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
