package crm.report.page;

/** Delivered text on its way to a reader; what is HTML in it is left to the template. */
public final class Words {
  private static final int MIN_LENGTH = 18;

  private Words() {}

  /** One line, without the characters that turn text around or cannot be seen. */
  public static String plain(String delivered) {
    return delivered.replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}]+", " ").strip();
  }

  /** As much of a text as there is room for, but not less than makes sense. */
  static String shortened(String text, int room) {
    int max = Math.max(MIN_LENGTH, room);
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max - 1)).stripTrailing() + "…";
  }
}
