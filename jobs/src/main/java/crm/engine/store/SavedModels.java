package crm.engine.store;

import crm.warehouse.UserError;
import crm.warehouse.job.ModelRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;

/**
 * The artefacts of models: a JSON file per model run below the warehouse, outside of every table.
 * Nothing in them is executed, and none is used unless its bytes are those that were recorded.
 */
public record SavedModels(String root, Configuration hadoop) {

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
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(model.artefact().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
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
      try (InputStream in = file.getFileSystem(hadoop).open(file)) {
        String artefact = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (!ModelRun.hash(artefact).equals(sha256)) {
          throw unusable(path, "was changed after it was saved");
        }
        return artefact;
      }
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
