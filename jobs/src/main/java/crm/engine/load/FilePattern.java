package crm.engine.load;

import crm.warehouse.UserError;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
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

  FilePattern(String text) {
    this.text = text;
    regex = regex(text);
  }

  private static Pattern regex(String text) {
    StringBuilder expression = new StringBuilder();
    Matcher part = Pattern.compile("\\{date}|\\{yyyyMMdd}|\\*|[^{*]+|\\{").matcher(text);
    while (part.find()) {
      expression.append(
          switch (part.group()) {
            case "{date}" -> "(\\d{4}-\\d{2}-\\d{2})";
            case "{yyyyMMdd}" -> "(\\d{8})";
            case "*" -> "[^/]*";
            default -> Pattern.quote(part.group());
          });
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  /**
   * A name on the way to a file of this pattern.
   *
   * @param isFixed whether only this one name is meant
   */
  record Name(String text, Pattern regex, boolean isFixed) {}

  /** The names on the way to a file: folders, then the file. */
  List<Name> names() {
    return Arrays.stream(text.split("/"))
        .map(name -> new Name(name, regex(name), !name.contains("*") && !hasDate(name)))
        .toList();
  }

  private static boolean hasDate(String text) {
    return DATES.keySet().stream().anyMatch(text::contains);
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
