package crm.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.engine.files.AtomicFile;
import crm.engine.files.FileHash;
import crm.engine.run.Effect;
import crm.engine.store.PublishedTables;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.render.Checksum;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Parquet files of the published run, for readers that know no Delta: a folder per run that never
 * changes once {@code current.json} names it. A folder's {@code manifest.json} is written last,
 * after the files were read back; a folder without one is what a failure left behind.
 */
public final class PublishParquet implements Effect {
  /** So many runs stay, for readers that are still at an older one. */
  static final int KEPT = 3;

  private static final String MANIFEST = "manifest.json";
  private static final String FOLDER = "folder";

  private final PublishSettings settings;

  public PublishParquet(PublishSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "publish-parquet";
  }

  @Override
  public PublishedCopy run(PublishedTables published, Instant now) {
    Configuration hadoop = published.spark().sparkContext().hadoopConfiguration();
    Path root = new Path(settings.parquetPath());
    Map<String, Outgoing> outgoing = outgoing(published);
    try {
      FileSystem files = root.getFileSystem(hadoop);
      Path folder = folder(files, root, published.runId(), outgoing);
      if (!files.exists(new Path(folder, MANIFEST))) {
        files.delete(folder, true);
        write(published, now, outgoing, folder);
      }
      new AtomicFile(new Path(root, "current.json"), hadoop)
          .replace(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("run_id", published.runId())
                  .put(FOLDER, folder.getName()));
      prune(files, root, folder);
      return PublishedCopy.of(
          settings.tables().stream().map(table -> outgoing.get(table.name())).toList(),
          folder.getName());
    } catch (IOException e) {
      throw UserError.retryable(
          "%s could not be written (%s); its current copy is as it was. Check publish.parquet.path"
              + " and its permissions, then: crm publish parquet",
          root, e.getClass().getSimpleName());
    }
  }

  /**
   * By name: the tables, and the views of their newest dates. Where only newest dates go out, view
   * and table are one, and nothing is written twice.
   */
  private Map<String, Outgoing> outgoing(PublishedTables published) {
    Map<String, Outgoing> outgoing = new LinkedHashMap<>();
    for (Table table : settings.tables()) {
      Outgoing rows = Outgoing.of(published, table, settings.newestOnly());
      outgoing.put(table.name(), rows);
      table
          .latestName()
          .ifPresent(
              view ->
                  outgoing.put(
                      view,
                      settings.newestOnly() ? rows : Outgoing.of(table, published.latest(table))));
    }
    return outgoing;
  }

  /**
   * The run's folder: one that holds exactly these rows, or else a new one, since a folder never
   * changes and settings may between two copies of a run.
   */
  private static Path folder(
      FileSystem files, Path root, String runId, Map<String, Outgoing> outgoing)
      throws IOException {
    for (int copy = 1; ; copy++) {
      Path folder = new Path(root, copy == 1 ? runId : runId + "-" + copy);
      AtomicFile manifest = new AtomicFile(new Path(folder, MANIFEST), files.getConf());
      if (manifest.read().map(json -> holds(json, outgoing)).orElse(true)) {
        return folder;
      }
    }
  }

  private static boolean holds(JsonNode manifest, Map<String, Outgoing> outgoing) {
    JsonNode tables = manifest.get("tables");
    return tables.size() == outgoing.size()
        && outgoing.entrySet().stream()
            .allMatch(
                table ->
                    tables
                        .path(table.getKey())
                        .path("checksum")
                        .asText()
                        .equals(table.getValue().checksum().text()));
  }

  private static void write(
      PublishedTables published, Instant now, Map<String, Outgoing> outgoing, Path folder)
      throws IOException {
    SparkSession spark = published.spark();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("run_id", published.runId())
            .put("published_at", now.toString());
    ObjectNode tables = manifest.putObject("tables");
    Map<Outgoing, ObjectNode> written = new HashMap<>();
    for (Map.Entry<String, Outgoing> named : outgoing.entrySet()) {
      Outgoing table = named.getValue();
      if (!written.containsKey(table)) {
        Path target = new Path(folder, named.getKey());
        table
            .rows()
            .write()
            .mode(SaveMode.ErrorIfExists)
            .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
            .parquet(target.toString());
        verify(spark, table, target);
        ObjectNode entry =
            JsonNodeFactory.instance
                .objectNode()
                .put("rows", table.checksum().rows())
                .put("checksum", table.checksum().text());
        describe(target.getFileSystem(hadoop), target, entry);
        written.put(table, entry);
      }
      tables.set(named.getKey(), written.get(table));
    }
    new AtomicFile(new Path(folder, MANIFEST), hadoop).replace(manifest);
  }

  private static void verify(SparkSession spark, Outgoing wanted, Path written) {
    Table table = wanted.table();
    Dataset<Row> rows = spark.read().schema(table.layout().schema()).parquet(written.toString());
    Checksum found = Outgoing.checksum(table, rows);
    found
        .difference(wanted.checksum())
        .ifPresent(
            where -> {
              throw UserError.retryable(
                  "%s was read back with other %s than were written, so %s stays unused. Check the"
                      + " storage, then: crm publish parquet",
                  table, where, written.getParent());
            });
  }

  private static void describe(FileSystem files, Path folder, ObjectNode table) throws IOException {
    var list = table.putArray("files");
    FileStatus[] written = files.listStatus(folder, path -> path.getName().endsWith(".parquet"));
    Arrays.sort(written);
    for (FileStatus file : written) {
      list.addObject()
          .put("path", folder.getName() + "/" + file.getPath().getName())
          .put("size_bytes", file.getLen())
          .put("sha256", FileHash.sha256(file.getPath(), files.getConf()));
    }
  }

  /** Removes all folders but the newest, by their runs' names, which begin with the time. */
  private static void prune(FileSystem files, Path root, Path current) throws IOException {
    List<Path> old =
        Stream.of(files.listStatus(root))
            .filter(FileStatus::isDirectory)
            .map(FileStatus::getPath)
            .sorted(Comparator.comparing(Path::getName).reversed())
            .filter(folder -> folder.getName().startsWith("run-"))
            .filter(folder -> !folder.getName().equals(current.getName()))
            .skip(KEPT - 1)
            .toList();
    for (Path folder : old) {
      files.delete(folder, true);
    }
  }
}
