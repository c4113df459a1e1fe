package crm.export.audience;

import com.typesafe.config.ConfigException;
import crm.engine.files.StoragePath;
import crm.warehouse.UserError;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where audiences are described, and where their files go.
 *
 * @param path folder of the files; any Hadoop file system
 * @param own the workspace's folder of audiences
 * @param shipped those that come with the program, used where the workspace has none of that name
 * @param names the audiences that follow a run
 */
public record ExportSettings(
    String path, StoragePath own, StoragePath shipped, List<String> names) {
  private static final String ENDING = ".conf";

  public ExportSettings {
    names = List.copyOf(names);
  }

  /** Every audience there is. */
  public Collection<String> available() {
    TreeSet<String> available = new TreeSet<>();
    for (StoragePath folder : List.of(own, shipped)) {
      for (String file : folder.list()) {
        if (file.endsWith(ENDING)) {
          available.add(file.substring(0, file.length() - ENDING.length()));
        }
      }
    }
    return available;
  }

  /** The audiences that follow a run. */
  public List<Audience> audiences() {
    return names.stream().map(this::audience).toList();
  }

  /**
   * @throws UserError if there is none of that name, or its file is wrong
   */
  public Audience audience(String name) {
    boolean isName = name.matches("[a-z][a-z0-9_-]*");
    StoragePath file = own.resolve(name + ENDING);
    if (!isName || !file.exists()) {
      file = shipped.resolve(name + ENDING);
    }
    if (!isName || !file.exists()) {
      throw UserError.usage(
          "There is no audience '%s'%s. There are: %s. Describe one in %s",
          name,
          UserError.suggestion(name, available()),
          available().isEmpty() ? "none" : String.join(", ", available()),
          own.resolve((isName ? name : "name") + ENDING));
    }
    try {
      return Audience.of(name, file.config().resolve(), file.name());
    } catch (ConfigException e) {
      throw UserError.usage("%s cannot be read: %s", file, e.getMessage());
    }
  }
}
