package crm.ingest.source;

import com.typesafe.config.Config;
import crm.warehouse.settings.ConfigSection;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The part of a source's configuration that says how something is written.
 *
 * @param where what messages call it
 * @param problems those found so far
 */
record FormatSection(String where, Config config, List<String> problems) {
  private static final Set<String> VALUE_KEYS =
      Set.of("nulls", "timestamp-format", "date-format", "decimal-comma");
  private static final Set<String> FILE_KEYS =
      Set.of("type", "delimiter", "quote", "escape", "encoding", "header", "skip-lines", "footer");

  /** Of files that others put into landing. */
  Format ofFiles() {
    Set<String> known = new TreeSet<>(FILE_KEYS);
    known.addAll(VALUE_KEYS);
    section().onlyKeys(known);
    String type = section().choice("type", "delimited", "text", "json", "parquet", "orc");
    return format(Format.Type.valueOf(type.toUpperCase(Locale.ROOT)));
  }

  /** Of a copy, which is Parquet, and whose texts may be written in any way. */
  Format ofCopy() {
    section().onlyKeys(VALUE_KEYS);
    return format(Format.Type.PARQUET);
  }

  /**
   * Of one column of a table.
   *
   * @param type only the key that is for it has a meaning
   * @param feed how values of the feed are written otherwise
   */
  ValueFormat ofColumn(DataType type, ValueFormat feed) {
    Set<String> known = new TreeSet<>(Set.of("value"));
    key(type).ifPresent(known::add);
    section().onlyKeys(known);
    return values(feed);
  }

  private static Optional<String> key(DataType type) {
    if (type instanceof TimestampType) {
      return Optional.of("timestamp-format");
    }
    if (type instanceof DateType) {
      return Optional.of("date-format");
    }
    return type instanceof NumericType ? Optional.of("decimal-comma") : Optional.empty();
  }

  private Format format(Format.Type type) {
    return new Format(
        type,
        character("delimiter", ","),
        character("quote", "\""),
        character("escape", ""),
        encoding(),
        texts("header"),
        skippedLines(),
        footer(),
        texts("nulls"),
        values(ValueFormat.ISO));
  }

  private ValueFormat values(ValueFormat otherwise) {
    checkPattern("timestamp-format", "dd.MM.yyyy HH:mm", ValueFormat::timestampProblem);
    checkPattern("date-format", "dd.MM.yyyy", ValueFormat::dateProblem);
    return new ValueFormat(
        section().text("timestamp-format").orElse(otherwise.timestampFormat()),
        section().text("date-format").orElse(otherwise.dateFormat()),
        config.hasPath("decimal-comma")
            ? config.getBoolean("decimal-comma")
            : otherwise.decimalComma());
  }

  private void checkPattern(
      String key, String example, Function<String, Optional<String>> problem) {
    String pattern = section().text(key).orElse("");
    if (!pattern.isEmpty()) {
      problem
          .apply(pattern)
          .ifPresent(
              why ->
                  problems.add(
                      "%s = '%s': %s; write as in %s".formatted(key, pattern, why, example)));
    }
  }

  private String encoding() {
    String encoding = section().text("encoding").orElse("UTF-8");
    if (!isCharset(encoding)) {
      problems.add("encoding = '" + encoding + "' is not a charset; try UTF-8 or windows-1252");
    }
    return encoding;
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private int skippedLines() {
    int lines = config.hasPath("skip-lines") ? config.getInt("skip-lines") : 0;
    if (lines < 0 || lines > 1000) {
      problems.add("skip-lines = %d: choose 0 to 1000".formatted(lines));
    }
    return lines;
  }

  private String footer() {
    String footer = section().text("footer").orElse("");
    try {
      Pattern.compile(footer);
    } catch (PatternSyntaxException e) {
      problems.add("footer = '%s' is no regular expression; write as in Total.*".formatted(footer));
    }
    return footer;
  }

  private List<String> texts(String key) {
    return config.hasPath(key) ? config.getStringList(key) : List.of();
  }

  private char character(String key, String otherwise) {
    String value = section().text(key).orElse(otherwise);
    if (value.length() > 1) {
      problems.add("%s = '%s': choose one character".formatted(key, value));
    }
    return value.isEmpty() ? '\0' : value.charAt(0);
  }

  private ConfigSection section() {
    return new ConfigSection(where, config, problems);
  }
}
