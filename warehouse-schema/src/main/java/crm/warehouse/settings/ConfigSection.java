package crm.warehouse.settings;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import crm.warehouse.UserError;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A part of a configuration file that takes note of all its problems instead of stopping at one.
 * What is read with a problem is not to be used: whoever reads looks at the problems at the end.
 *
 * @param where what messages call it
 * @param path what messages put before its keys, as in {@code churn.}
 * @param problems those found so far
 */
public record ConfigSection(String where, String path, Config config, List<String> problems) {
  public ConfigSection(String where, Config config, List<String> problems) {
    this(where, "", config, problems);
  }

  /** The part below a key. */
  public ConfigSection section(String key) {
    return new ConfigSection(where, path + key + ".", config.getConfig(key), problems);
  }

  /** Takes note of every key that means nothing here. */
  public ConfigSection onlyKeys(Collection<String> known) {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        problems.add(
            "%s has an unknown key '%s'%s; known are %s"
                .formatted(
                    where,
                    path + key,
                    UserError.suggestion(key, known),
                    String.join(", ", known.stream().sorted().toList())));
      }
    }
    return this;
  }

  public Optional<String> text(String key) {
    return config.hasPath(key) ? Optional.of(config.getString(key)) : Optional.empty();
  }

  /** The value of a key that is one of a few words; the first is the default. */
  public String choice(String key, String... words) {
    String value = text(key).orElse(words[0]);
    return check(key, List.of(words).contains(value), String.join(" or ", words))
        ? value
        : words[0];
  }

  /** The constant that the value names, as {@code bg-nbd} names {@code BG_NBD}. */
  public <E extends Enum<E>> E oneOf(String key, List<E> constants) {
    String value = choice(key, constants.stream().map(ConfigSection::word).toArray(String[]::new));
    return named(value, constants).orElseThrow();
  }

  /** The constants that a list names, at least one and each once. */
  public <E extends Enum<E>> List<E> someOf(String key, List<E> constants) {
    return list(key, "at least one, each once", 1, constants);
  }

  /** The constants that a list names, each once, if it names any. */
  public <E extends Enum<E>> List<E> anyOf(String key, List<E> constants) {
    return list(key, "any, each once", 0, constants);
  }

  private <E extends Enum<E>> List<E> list(String key, String how, int min, List<E> constants) {
    List<String> words = read(key, config::getStringList, List.of("?"));
    List<E> values = words.stream().flatMap(word -> named(word, constants).stream()).toList();
    check(
        key,
        values.size() >= min && values.stream().distinct().count() == words.size(),
        how + ": " + constants.stream().map(ConfigSection::word).collect(joining(", ")));
    return values;
  }

  private static <E extends Enum<E>> Optional<E> named(String word, List<E> constants) {
    return constants.stream().filter(constant -> word(constant).equals(word)).findFirst();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A whole number within bounds, which are included. */
  public int whole(String key, int min, int max) {
    double value = read(key, config::getDouble, Double.NaN);
    boolean isGood = value >= min && value <= max && value == Math.rint(value);
    return check(key, isGood, min + " to " + max) ? (int) value : min;
  }

  /** Any whole number that random numbers may start from. */
  public long seed(String key) {
    Optional<Long> value = read(key, of -> Optional.of(config.getLong(of)), Optional.empty());
    check(key, value.isPresent(), "a whole number");
    return value.orElse(0L);
  }

  /**
   * A number as it was written.
   *
   * @param limits it keeps to, as in {@code above(0), atMost(1)}
   */
  public BigDecimal number(String key, Limit... limits) {
    Optional<BigDecimal> value =
        read(key, of -> Optional.of(new BigDecimal(config.getString(of))), Optional.empty());
    check(
        key,
        value.filter(number -> Stream.of(limits).allMatch(l -> l.keeps.test(number))).isPresent(),
        Stream.of(limits).map(Limit::words).collect(joining(" and ")));
    return value.orElse(BigDecimal.ZERO);
  }

  public boolean flag(String key) {
    return choice(key, "false", "true").equals("true");
  }

  /**
   * Takes note of a value that is not as it has to be.
   *
   * @param isGood whether it is
   * @param choices what to choose instead
   * @return whether it is good
   */
  public boolean check(String key, boolean isGood, String choices) {
    if (!isGood) {
      Object value = config.hasPath(key) ? config.getAnyRef(key) : null;
      problems.add(
          "%s = %s: choose %s"
              .formatted(path + key, value instanceof String ? "'" + value + "'" : value, choices));
    }
    return isGood;
  }

  /** A limit that a number keeps to. */
  public record Limit(String words, Predicate<BigDecimal> keeps) {
    public static Limit atLeast(double min) {
      return new Limit("at least " + text(min), value -> value.doubleValue() >= min);
    }

    public static Limit above(double bound) {
      return new Limit("above " + text(bound), value -> value.doubleValue() > bound);
    }

    public static Limit atMost(double max) {
      return new Limit("at most " + text(max), value -> value.doubleValue() <= max);
    }

    public static Limit below(double bound) {
      return new Limit("below " + text(bound), value -> value.doubleValue() < bound);
    }

    private static String text(double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
  }

  /** The value, or another where it is of another kind. */
  private static <T> T read(String key, Function<String, T> value, T otherwise) {
    try {
      return value.apply(key);
    } catch (ConfigException | NumberFormatException e) {
      return otherwise;
    }
  }

  /** The value, or null with its problem noted. */
  public <T> T tried(Supplier<T> value) {
    try {
      return value.get();
    } catch (UserError | ConfigException | NumberFormatException e) {
      problems.add(e.getMessage());
      return null;
    }
  }
}
