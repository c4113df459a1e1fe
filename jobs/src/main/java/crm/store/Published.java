package crm.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.warehouse.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * The published run: a version of every table, in one small file that is replaced whole. Readers of
 * several tables see the tables of one finished run, or of the one before.
 */
public record Published(String runId, Map<String, Long> versions) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Published {
    versions = new TreeMap<>(versions);
  }

  public Optional<Long> version(Table table) {
    return Optional.ofNullable(versions.get(table.qualifiedName()));
  }

  private static Path pointer(String root) {
    return new Path(root, "_published/current.json");
  }

  /** Replaces the pointer. */
  public void write(String root, Configuration hadoop) {
    ObjectNode json = JSON.createObjectNode().put("run_id", runId);
    ObjectNode tables = json.putObject("tables");
    versions.forEach(tables::put);
    try {
      Path target = pointer(root);
      Path aside = new Path(target.getParent(), "." + runId + ".json");
      try (OutputStream out = aside.getFileSystem(hadoop).create(aside, true)) {
        JSON.writerWithDefaultPrettyPrinter().writeValue(out, json);
      }
      FileContext files = FileContext.getFileContext(target.toUri(), hadoop);
      files.rename(aside, target, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @return the published run, if any finished
   */
  public static Optional<Published> read(String root, Configuration hadoop) {
    Path pointer = pointer(root);
    try {
      if (!pointer.getFileSystem(hadoop).exists(pointer)) {
        return Optional.empty();
      }
      try (InputStream in = pointer.getFileSystem(hadoop).open(pointer)) {
        JsonNode json = JSON.readTree(in);
        Map<String, Long> versions = new TreeMap<>();
        json.get("tables")
            .properties()
            .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asLong()));
        return Optional.of(new Published(json.get("run_id").asText(), versions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
