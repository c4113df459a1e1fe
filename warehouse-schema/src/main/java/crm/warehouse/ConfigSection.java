package crm.warehouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of a configuration file that takes note of all its problems instead of stopping at one.
 *
 * @param where what messages call it
 * @param problems those found so far
 */
public record ConfigSection(String where, Config config, List<String> problems) {

  /** Takes note of every key that means nothing here. */
  public ConfigSection onlyKeys(Collection<String> known) {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        problems.add(
            "%s has an unknown key '%s'%s; known are %s"
                .formatted(
                    where,
                    key,
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
    if (!List.of(words).contains(value)) {
      problems.add("%s = '%s': choose %s".formatted(key, value, String.join(" or ", words)));
      return words[0];
    }
    return value;
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
