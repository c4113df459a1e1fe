package crm.run;

import crm.warehouse.UserError;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which paths a feed means, and the date in them: {@code shop/sales_{date}*.csv}. */
final class FilePattern {
  /** What a pattern may hold for a date. */
  private static final Map<String, String> DATES =
      Map.of("{date}", "uuuu-MM-dd", "{yyyyMMdd}", "uuuuMMdd");

  private final String text;
  private final Pattern regex;
  private final String glob;

  FilePattern(String text) {
    this.text = text;
    StringBuilder expression = new StringBuilder();
    StringBuilder wider = new StringBuilder();
    Matcher part = Pattern.compile("\\{date}|\\{yyyyMMdd}|\\*|[^{*]+|\\{").matcher(text);
    while (part.find()) {
      expression.append(
          switch (part.group()) {
            case "{date}" -> "(\\d{4}-\\d{2}-\\d{2})";
            case "{yyyyMMdd}" -> "(\\d{8})";
            case "*" -> "[^/]*";
            default -> Pattern.quote(part.group());
          });
      boolean isDate = DATES.containsKey(part.group());
      wider.append(isDate ? "*" : part.group().replaceAll("[\\[\\]{}?\\\\]", "?"));
    }
    regex = Pattern.compile(expression.toString());
    glob = wider.toString();
  }

  /** A Hadoop glob that finds at least the paths of the pattern. */
  String glob() {
    return glob;
  }

  boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  /**
   * The date in a path that matches; empty where the pattern has none.
   *
   * @throws UserError if there is something else in its place
   */
  Optional<LocalDate> date(String path) {
    Matcher matcher = regex.matcher(path);
    for (Map.Entry<String, String> date : DATES.entrySet()) {
      if (text.contains(date.getKey()) && matcher.matches()) {
        try {
          return Optional.of(
              LocalDate.parse(
                  matcher.group(1),
                  DateTimeFormatter.ofPattern(date.getValue())
                      .withResolverStyle(ResolverStyle.STRICT)));
        } catch (DateTimeParseException e) {
          throw UserError.gate(
              "The name of a landing file holds no date where %s has one: %s. Rename the file.",
              text, path);
        }
      }
    }
    return Optional.empty();
  }
}
