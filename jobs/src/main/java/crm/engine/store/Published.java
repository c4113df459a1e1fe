package crm.engine.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.engine.files.AtomicFile;
import crm.warehouse.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The published run: the version that every table had when it ended well, in one small file that is
 * replaced whole. Readers of several tables see them as one run left them, or as the one before
 * did.
 */
public record Published(String runId, Map<String, Long> versions) {
  public Published {
    versions = new TreeMap<>(versions);
  }

  public Optional<Long> version(Table table) {
    return Optional.ofNullable(versions.get(table.qualifiedName()));
  }

  private static AtomicFile pointer(String root, Configuration hadoop) {
    return new AtomicFile(new Path(root, "_published/current.json"), hadoop);
  }

  /** Replaces the pointer. */
  public void write(String root, Configuration hadoop) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("run_id", runId);
    ObjectNode tables = json.putObject("tables");
    versions.forEach(tables::put);
    pointer(root, hadoop).replace(json);
  }

  /**
   * @return the published run, if any finished
   */
  public static Optional<Published> read(String root, Configuration hadoop) {
    return pointer(root, hadoop).read().map(Published::of);
  }

  private static Published of(JsonNode json) {
    Map<String, Long> versions = new TreeMap<>();
    json.get("tables")
        .properties()
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asLong()));
    return new Published(json.get("run_id").asText(), versions);
  }
}
