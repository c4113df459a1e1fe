package crm.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk as an object store: no folder can be renamed, and a file may be created where none
 * is, when it is closed.
 */
public final class FlatStore extends RawLocalFileSystem {
  /** Paths of files that were moved, in their order. */
  public static final List<String> MOVED = new ArrayList<>();

  /** Whether the next answer to a file that was created does not arrive. */
  public static volatile boolean answerIsLost;

  /** Settings by which its addresses, {@code gs:///folder}, lead to it. */
  public static Configuration settings() {
    Configuration hadoop = new Configuration(false);
    hadoop.setClass("fs.gs.impl", FlatStore.class, FileSystem.class);
    hadoop.setBoolean("fs.gs.impl.disable.cache", true);
    return hadoop;
  }

  @Override
  public URI getUri() {
    return URI.create("gs:///");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (getFileStatus(from).isDirectory()) {
      throw new IOException(from + " is a folder");
    }
    MOVED.add(to.getName());
    return super.rename(from, to);
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)
        || super.hasPathCapability(path, capability);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Conditional(this, path);
  }

  private static final class Conditional
      extends FSDataOutputStreamBuilder<FSDataOutputStream, Conditional> {
    Conditional(FileSystem files, Path path) {
      super(files, path);
    }

    @Override
    public Conditional getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      java.nio.file.Path target = java.nio.file.Path.of(getPath().toUri().getPath());
      return new FSDataOutputStream(
          new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
              Files.write(target, toByteArray(), StandardOpenOption.CREATE_NEW);
              if (answerIsLost) {
                answerIsLost = false;
                throw new IOException("no answer");
              }
            }
          },
          null);
    }
  }
}
