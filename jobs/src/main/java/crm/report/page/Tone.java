package crm.report.page;

import java.util.Locale;

/** What a colour means; the style sheet knows how it looks in the light and in the dark. */
public enum Tone {
  /** What the picture is about. */
  MAIN,
  /** What it is compared with. */
  SECOND,
  /** What was lost: returned, rejected, failed. */
  BAD,
  /** What is expected. */
  FORESEEN,
  /** Where what is expected will probably be. */
  LIKELY,
  /** Where it will hardly not be. */
  POSSIBLE;

  /** The class in the style sheet. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
