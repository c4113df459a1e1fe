package crm.effects.audience;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import crm.warehouse.UserError;
import java.io.File;
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
public record ExportSettings(String path, File own, File shipped, List<String> names) {
  private static final String ENDING = ".conf";

  public ExportSettings {
    names = List.copyOf(names);
  }

  /** Every audience there is. */
  public Collection<String> available() {
    TreeSet<String> available = new TreeSet<>();
    for (File folder : List.of(own, shipped)) {
      String[] files = folder.list();
      for (String file : files == null ? new String[0] : files) {
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
    File file = new File(own, name + ENDING);
    if (!file.exists()) {
      file = new File(shipped, name + ENDING);
    }
    if (!name.matches("[a-z][a-z0-9_-]*") || !file.exists()) {
      throw UserError.usage(
          "There is no audience '%s'%s. There are: %s. Describe one in %s",
          name,
          UserError.suggestion(name, available()),
          available().isEmpty() ? "none" : String.join(", ", available()),
          new File(own, (name.matches("[a-z][a-z0-9_-]*") ? name : "name") + ENDING));
    }
    try {
      return Audience.of(name, ConfigFactory.parseFile(file).resolve(), file.getPath());
    } catch (ConfigException e) {
      throw UserError.usage("%s cannot be read: %s", file, e.getMessage());
    }
  }
}
