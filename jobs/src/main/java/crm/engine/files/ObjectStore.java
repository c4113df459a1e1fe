package crm.engine.files;

import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Stores that keep objects and have no folders, of which two things follow: a file appears whole
 * when it is closed, and what a file system renames at once they copy, object by object.
 */
public final class ObjectStore {
  private static final Set<String> SCHEMES = Set.of("s3", "s3a", "gs");

  private ObjectStore() {}

  /**
   * @param path with its scheme, as a file system qualified it
   */
  public static boolean holds(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme != null && SCHEMES.contains(scheme);
  }
}
