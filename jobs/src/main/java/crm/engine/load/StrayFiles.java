package crm.engine.load;

import crm.ingest.source.Feed;
import crm.warehouse.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Files in landing that no feed takes: a delivery under another name, an upload that never ended.
 * Landing is listed once, whole, when somebody first asks.
 */
public final class StrayFiles {
  /** Says of a folder that it is whole. */
  private static final String MARK = "_SUCCESS";

  private final String root;
  private final Configuration hadoop;
  private final List<FilePattern> patterns;
  private SortedSet<String> strays;

  /**
   * @param feeds all there are
   */
  public StrayFiles(String root, Configuration hadoop, List<Feed> feeds) {
    this.root = root;
    this.hadoop = hadoop;
    this.patterns = feeds.stream().map(feed -> new FilePattern(feed.files())).toList();
  }

  /** Their paths below the landing folder. */
  public synchronized SortedSet<String> all() {
    if (strays == null) {
      strays = listed();
    }
    return strays;
  }

  /** Describes stray files that may belong to the feed; empty if there are none. */
  String besides(Feed feed) {
    String folder = feed.files().replaceFirst("[^/]*[{*].*$|[^/]*$", "");
    List<String> near = all().stream().filter(path -> path.startsWith(folder)).toList();
    return switch (near.size()) {
      case 0 -> "";
      case 1 -> "no feed takes " + near.get(0);
      default ->
          "no feed takes %d files, the first is %s; see: crm status"
              .formatted(near.size(), near.get(0));
    };
  }

  private SortedSet<String> listed() {
    SortedSet<String> found = new TreeSet<>();
    try {
      Path base = new Path(root);
      FileSystem fs = base.getFileSystem(hadoop);
      int prefix = fs.makeQualified(base).toUri().getPath().length() + 1;
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(base, true);
      while (files.hasNext()) {
        String path = files.next().getPath().toUri().getPath().substring(prefix);
        if (!isOurs(path) && patterns.stream().noneMatch(pattern -> pattern.matches(path))) {
          found.add(path);
        }
      }
      return found;
    } catch (FileNotFoundException e) {
      // Landing is not there yet, or a folder went while it was listed.
      return found;
    } catch (IOException e) {
      throw UserError.retryable(
          "The landing folder %s cannot be read: %s. Check paths.landing and try again.",
          root, e.getMessage());
    }
  }

  private static boolean isOurs(String path) {
    return path.startsWith(Feed.COPIES) || path.endsWith("/" + MARK) || path.equals(MARK);
  }
}
