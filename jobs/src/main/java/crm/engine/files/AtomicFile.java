package crm.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A small file that is replaced whole: readers find the old one or the new one. */
public record AtomicFile(Path path, Configuration hadoop) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public void replace(JsonNode content) {
    try {
      replace(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void replace(byte[] content) throws IOException {
    if (ObjectStore.holds(files().makeQualified(path))) {
      // A rename would copy, after the old one was deleted.
      write(path, content);
      return;
    }
    // Of its own name, so that two writers at once do not take each other's away.
    Path aside = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    write(aside, content);
    rename(aside);
  }

  private void write(Path file, byte[] content) throws IOException {
    try (OutputStream out = files().create(file, true)) {
      out.write(content);
    }
  }

  /** Renames in one step. (Hadoop would delete a local file first, and then rename.) */
  private void rename(Path aside) throws IOException {
    if (path.getFileSystem(hadoop) instanceof LocalFileSystem local) {
      Files.move(
          local.pathToFile(aside).toPath(),
          local.pathToFile(path).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
    } else {
      FileContext.getFileContext(path.toUri(), hadoop)
          .rename(aside, path, Options.Rename.OVERWRITE);
    }
  }

  /** Reads the file, if it is there. */
  public Optional<JsonNode> read() {
    try (InputStream in = files().open(path)) {
      return Optional.of(JSON.readTree(in));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens files without the checksums beside local ones, which take a second step to replace. */
  private FileSystem files() throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }
}
