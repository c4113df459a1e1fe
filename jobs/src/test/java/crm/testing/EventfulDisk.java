package crm.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk, on which something happens when a file has got its first bytes. */
public final class EventfulDisk extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("eventful:///");

  private static volatile Event event;

  /** May fail as disks do. */
  public interface Event {
    void on(String fileName) throws IOException;
  }

  /** As Hadoop's other way to name a file system wants it. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
      super(uri, disk(hadoop), hadoop, "eventful", false);
    }

    private static EventfulDisk disk(Configuration hadoop) throws IOException {
      EventfulDisk disk = new EventfulDisk();
      disk.initialize(ROOT, hadoop);
      return disk;
    }
  }

  /** The address of a folder on it, where from now on this happens. */
  public static String where(java.nio.file.Path folder, Event happens) {
    Configuration hadoop = Sessions.small().sparkContext().hadoopConfiguration();
    hadoop.setClass("fs.eventful.impl", EventfulDisk.class, org.apache.hadoop.fs.FileSystem.class);
    hadoop.setClass(
        "fs.AbstractFileSystem.eventful.impl",
        Context.class,
        org.apache.hadoop.fs.AbstractFileSystem.class);
    event = happens;
    return "eventful://" + folder;
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    OutputStream out =
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(
        new FilterOutputStream(out) {
          private boolean happened;

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (!happened) {
              happened = true;
              event.on(file.getName());
            }
          }
        },
        null);
  }
}
