package crm.export.audience;

import crm.engine.files.ObjectStore;
import crm.warehouse.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A folder whose files are written aside, for the owner's eyes alone, and which appears under its
 * name when all of them are on the disk; otherwise nothing of it stays. In an object store they
 * appear one after the other, as they were written.
 */
final class UnfinishedFolder implements Closeable {
  private static final FsPermission OWNER_ONLY = new FsPermission((short) 0600);
  private static final FsPermission OWNER_FOLDER = new FsPermission((short) 0700);
  private static final String ASIDE = ".unfinished-";

  /** What a crash left behind holds addresses; nobody is at work on it for so long. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final FileSystem files;
  private final Path aside;
  private final List<String> written = new ArrayList<>();

  /**
   * A file as it was written.
   *
   * @param sha256 of the bytes, hex
   */
  record Written(String name, long sizeBytes, String sha256) {}

  /** What is in a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param parent of the folder that is to appear; made if it is not there
   */
  UnfinishedFolder(Path parent, Configuration hadoop, Instant now) throws IOException {
    files = plain(parent.getFileSystem(hadoop));
    files.mkdirs(parent, OWNER_FOLDER);
    for (FileStatus left : files.listStatus(parent, path -> path.getName().startsWith(ASIDE))) {
      if (lastWritten(left) < now.minus(ABANDONED).toEpochMilli()) {
        files.delete(left.getPath(), true);
      }
    }
    aside = new Path(parent, ASIDE + UUID.randomUUID());
    files.mkdirs(aside, OWNER_FOLDER);
  }

  /** By what is in it: of a folder itself an object store tells the present moment. */
  private long lastWritten(FileStatus folder) throws IOException {
    RemoteIterator<LocatedFileStatus> inside = files.listFiles(folder.getPath(), true);
    if (!inside.hasNext()) {
      return folder.getModificationTime();
    }
    long last = 0;
    while (inside.hasNext()) {
      last = Math.max(last, inside.next().getModificationTime());
    }
    return last;
  }

  /** Without the file of checksums that Hadoop puts beside each file of a local disk. */
  private static FileSystem plain(FileSystem files) {
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  /** A folder for what is not to appear. */
  Path scratch() {
    return new Path(aside, ".scratch");
  }

  Written write(String name, Content content) throws IOException {
    Path path = new Path(aside, name);
    MessageDigest digest = DigestUtils.getSha256Digest();
    try (FSDataOutputStream out =
        files.create(
            path,
            OWNER_ONLY,
            false,
            files.getConf().getInt("io.file.buffer.size", 4096),
            files.getDefaultReplication(path),
            files.getDefaultBlockSize(path),
            null)) {
      DigestOutputStream digested = new DigestOutputStream(out, digest);
      content.writeTo(digested);
      digested.flush();
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
      written.add(name);
      return new Written(name, out.getPos(), HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Gives the folder its name, which is not taken. */
  void publish(String name) throws IOException {
    files.delete(scratch(), true);
    Path target = files.makeQualified(new Path(aside.getParent(), name));
    try {
      if (ObjectStore.holds(target)) {
        moveOneByOne(target);
      } else {
        FileContext.getFileContext(target.toUri(), files.getConf()).rename(aside, target);
      }
    } catch (FileAlreadyExistsException e) {
      throw UserError.retryable(
          "%s was written by another export at the same time. Export again if it is not yours.",
          target);
    }
  }

  private void moveOneByOne(Path target) throws IOException {
    if (files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    files.mkdirs(target, OWNER_FOLDER);
    try {
      for (String name : written) {
        if (!files.rename(new Path(aside, name), new Path(target, name))) {
          throw new IOException(name + " cannot be moved to " + target);
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw e; // It is another's.
    } catch (IOException e) {
      files.delete(target, true);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    files.delete(aside, true);
  }
}
