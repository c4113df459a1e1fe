package crm.engine.files;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import crm.warehouse.UserError;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A folder or a small file: on this machine, or by a URI on any Hadoop file system, where the
 * driver finds it whichever machine it runs on.
 *
 * @param name as it was given
 */
public record StoragePath(String name) {

  public boolean isLocal() {
    return !name.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  }

  public StoragePath resolve(String path) {
    return new StoragePath(name + "/" + path);
  }

  /** That of this machine. */
  public File file() {
    return new File(name);
  }

  /** Its name for Spark, to which a path alone may mean another file system than this machine's. */
  public String forSpark() {
    if (!isLocal()) {
      return name;
    }
    String path = file().getAbsolutePath();
    return FileSystem.getDefaultUri(hadoop()).getScheme().equals("file") ? path : "file:" + path;
  }

  public boolean exists() {
    try {
      return isLocal() ? file().exists() : files().exists(path());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Lists the names in a folder, in order; none where it is not there. */
  public List<String> list() {
    try {
      Stream<String> names =
          !exists()
              ? Stream.of()
              : isLocal()
                  ? Arrays.stream(file().list())
                  : Arrays.stream(files().listStatus(path()))
                      .map(FileStatus::getPath)
                      .map(Path::getName);
      return names.sorted().toList();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Reads a file of settings; empty where there is none. */
  public Config config() {
    if (isLocal()) {
      return ConfigFactory.parseFile(file());
    }
    if (!exists()) {
      return ConfigFactory.empty();
    }
    try (Reader text = new InputStreamReader(files().open(path()), StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(
          text, ConfigParseOptions.defaults().setOriginDescription(name));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Replaces a file whole, so that nobody reads half of it. */
  public void write(String text) throws IOException {
    new AtomicFile(path(), hadoop()).replace(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path path() {
    return isLocal() ? new Path(file().getAbsoluteFile().toURI()) : new Path(name);
  }

  private FileSystem files() throws IOException {
    return path().getFileSystem(hadoop());
  }

  private static Configuration hadoop() {
    return SparkHadoopUtil.get().conf();
  }

  private UserError unreachable(IOException problem) {
    return problem instanceof UnsupportedFileSystemException
        ? UserError.usage(
            "%s is of a file system that Spark does not know. Correct its scheme, or add the file"
                + " system's jars: CRM_JARS=/path/to.jar crm ...",
            name)
        : UserError.retryable(
            "%s cannot be read (%s). Check the address and what you may read, then try again.",
            name, problem.getClass().getSimpleName());
  }

  @Override
  public String toString() {
    return name;
  }
}
