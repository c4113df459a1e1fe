package crm.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A small JSON file that is replaced whole: readers find the old one or the new one. */
public record AtomicFile(Path path, Configuration hadoop) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public void replace(JsonNode content) {
    try {
      if (ObjectStore.holds(path.getFileSystem(hadoop).makeQualified(path))) {
        // A rename would copy, after the old one was deleted.
        write(path, content);
        return;
      }
      // Of its own name, so that two writers at once do not take each other's away.
      Path aside = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
      write(aside, content);
      FileContext.getFileContext(path.toUri(), hadoop)
          .rename(aside, path, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file, JsonNode content) throws IOException {
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(text);
    }
  }

  public Optional<JsonNode> read() {
    try {
      if (!path.getFileSystem(hadoop).exists(path)) {
        return Optional.empty();
      }
      try (InputStream in = path.getFileSystem(hadoop).open(path)) {
        return Optional.of(JSON.readTree(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
