package crm.engine.files;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Commits to Delta tables on S3 by a write that S3 itself refuses where the commit is there already
 * ({@code If-None-Match}), so that of two programs one wins. Delta's own store knows only of
 * writers in its own process, and two processes overwrite each other's commits.
 *
 * <p>Where {@code fs.s3a.create.conditional.enabled} is off, for a store that knows no such writes,
 * it is Delta's own: one program at a time.
 */
public final class S3ConditionalLogStore extends S3SingleDriverLogStore {
  private static final String CONDITIONAL =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  public S3ConditionalLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> lines, Boolean overwrite, Configuration hadoop)
      throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (overwrite || !files.hasPathCapability(path, CONDITIONAL)) {
      super.write(path, lines, overwrite, hadoop);
      return;
    }
    byte[] commit = bytes(lines);
    try {
      create(files, path, commit);
    } catch (IOException e) {
      // The answer to a write that arrived may be lost, and its repetition is then refused.
      if (!files.exists(path)) {
        throw e;
      }
      if (!holds(files, path, commit)) {
        throw new FileAlreadyExistsException(path.toString());
      }
    }
  }

  private static byte[] bytes(Iterator<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEachRemaining(
        line -> bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return bytes.toByteArray();
  }

  private static void create(FileSystem files, Path path, byte[] commit) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(false);
    FSDataOutputStream out = builder.must(CONDITIONAL, true).build();
    try {
      out.write(commit);
    } catch (IOException e) {
      // Closing would make what there is of it a commit.
      out.abort();
      throw e;
    }
    out.close();
  }

  /** A commit names its transaction, so no other program's has the same bytes. */
  private static boolean holds(FileSystem files, Path path, byte[] commit) throws IOException {
    try (InputStream in = files.open(path)) {
      return Arrays.equals(in.readAllBytes(), commit);
    }
  }
}
