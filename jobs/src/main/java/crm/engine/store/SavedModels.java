package crm.engine.store;

import crm.engine.files.FileHash;
import crm.warehouse.UserError;
import crm.warehouse.job.ModelRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.ml.PipelineModel;

/**
 * The artefacts of models: a JSON file per model run below the warehouse, outside of every table.
 * Nothing in them is executed, and none is used unless its bytes are those that were recorded.
 *
 * <p>Beside them, for others to use, are MLlib's folders of the models that MLlib has: {@code
 * PipelineModel.load} reads them. They are named by the hash of the artefact, so that all runs of
 * one model share one, and no job reads them.
 */
public record SavedModels(String root, Configuration hadoop) {
  private static final Pattern DATA_FILE = Pattern.compile("([^/]+/data/.*part-\\d+)[^/]*$");

  public static SavedModels of(Warehouse warehouse) {
    return new SavedModels(
        warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
  }

  /**
   * @return the path below the warehouse
   */
  public String save(ModelRun model) {
    String path = "_models/%s/%s.json".formatted(model.model(), model.id());
    Path file = new Path(root, path);
    try {
      write(file, model.artefact());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  private void write(Path file, String text) throws IOException {
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(Path file) throws IOException {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Saves a model as MLlib's, unless an earlier run did. It is written under a name of its own, and
   * counts as saved when the file with its hash is there, which is written last.
   *
   * @return where it is, and the hash of its data, by the names of parameters
   */
  public Map<String, String> save(ModelRun model, PipelineModel pipeline) {
    String path =
        "_models/%s/%s.mllib".formatted(model.model(), model.artefactHash().substring(0, 12));
    Path folder = new Path(root, path);
    Path hash = folder.suffix(".sha256");
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      if (!files.exists(hash)) {
        Path unfinished = folder.suffix("." + UUID.randomUUID());
        pipeline.write().save(unfinished.toString());
        files.delete(folder, true);
        if (!files.rename(unfinished, folder)) {
          throw new IOException("Cannot rename " + unfinished + " to " + folder + ".");
        }
        write(hash, dataHash(folder));
      }
      return Map.of("mllib_path", path, "mllib_data_sha256", read(hash));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Computes the hash of what was learnt: of the files below {@code data} of each stage, in order,
   * a line each of folder, part and SHA-256. MLlib's metadata has a time in it.
   */
  private String dataHash(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> files = folder.getFileSystem(hadoop).listFiles(folder, true);
    while (files.hasNext()) {
      Path file = files.next().getPath();
      Matcher part = DATA_FILE.matcher(file.toString());
      if (part.find()) {
        lines.add(part.group(1) + " " + FileHash.sha256(file, hadoop));
      }
    }
    Collections.sort(lines);
    return ModelRun.hash(String.join("\n", lines));
  }

  /**
   * Reads an artefact back.
   *
   * @param sha256 what was recorded of it
   * @throws UserError if it is not there or not what was saved
   */
  public String load(String path, String sha256) {
    Path file = new Path(root, path);
    try {
      if (!file.getFileSystem(hadoop).exists(file)) {
        throw unusable(path, "is gone");
      }
      String artefact = read(file);
      if (!ModelRun.hash(artefact).equals(sha256)) {
        throw unusable(path, "was changed after it was saved");
      }
      return artefact;
    } catch (ChecksumException e) {
      throw unusable(path, "was changed after it was saved");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UserError unusable(String path, String how) {
    return UserError.usage(
        "The model %s/%s %s, so its results cannot be trusted. Put the saved file back, or"
            + " run its job for its own date, which fits the model again.",
        root, path, how);
  }
}
