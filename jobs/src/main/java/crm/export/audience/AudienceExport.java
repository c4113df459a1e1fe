package crm.export.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.engine.files.AtomicFile;
import crm.engine.store.PublishedTables;
import crm.export.audience.Audience.FileFormat;
import crm.export.audience.Receipt.Status;
import crm.export.audience.UnfinishedFolder.Written;
import crm.warehouse.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Writes an audience of a date as files: whole or not at all, and of those alone who may be reached
 * at the moment they appear. A date's first folder has its name, {@code 2026-11-01}; where other
 * rows are exported of the date later, the next is {@code 2026-11-01-2}. A folder never changes.
 */
final class AudienceExport {
  /** So often it is written again because something was committed meanwhile. */
  private static final int ROUNDS = 3;

  /** So many rows are brought here at a time. */
  private static final long ROWS_AT_ONCE = 50_000;

  private static final String MANIFEST = "manifest.json";

  private final PublishedTables published;
  private final Configuration hadoop;
  private final Path root;
  private final Instant now;

  /**
   * @param root folder of all exports
   */
  AudienceExport(PublishedTables published, String root, Instant now) {
    this.published = published;
    this.hadoop = published.spark().sparkContext().hadoopConfiguration();
    this.root = new Path(root);
    this.now = now;
  }

  Receipt run(Audience audience, LocalDate date) {
    try {
      Receipt receipt = attempt(audience, date);
      for (int round = 1; round < ROUNDS && receipt.status() == Status.REFUSED; round++) {
        receipt = attempt(audience, date);
      }
      return receipt;
    } catch (IOException e) {
      throw UserError.retryable(
          "Audience %s could not be written to %s (%s); nothing of it is there. Check paths.exports"
              + " and its permissions, then: crm export %s",
          audience.name(), root, e.getClass().getSimpleName(), audience.name());
    }
  }

  /** Refused if it is no longer true of the consents when all but its name is there. */
  private Receipt attempt(Audience audience, LocalDate date) throws IOException {
    Path parent = new Path(root, audience.name());
    try (Selection selection = Selection.of(audience, published, Optional.of(date))) {
      if (selection.reachable() < audience.minimumSize()) {
        return receipt(selection, Status.TOO_SMALL, Optional.empty());
      }
      Optional<Path> last = lastOf(parent, date);
      String rowsHash = selection.rowsHash();
      if (last.isPresent() && holds(last.get(), audience, rowsHash)) {
        return receipt(selection, Status.UNCHANGED, last.map(Path::getName));
      }
      try (UnfinishedFolder folder = new UnfinishedFolder(parent, hadoop, now)) {
        List<Written> files = new ArrayList<>();
        for (FileFormat format : audience.formats()) {
          files.add(write(selection, format, folder));
        }
        JsonNode manifest = manifest(selection, rowsHash, files);
        byte[] text =
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        folder.write(MANIFEST, out -> out.write(text));
        if (!selection.reach().isStillTrue()) {
          return receipt(selection, Status.REFUSED, Optional.empty());
        }
        String name = last.map(Path::getName).map(AudienceExport::next).orElse(date.toString());
        folder.publish(name);
        return receipt(selection, Status.EXPORTED, Optional.of(name));
      }
    }
  }

  private Receipt receipt(Selection selection, Status status, Optional<String> folder) {
    return new Receipt(
        selection,
        status,
        published.runId(),
        folder.map(name -> selection.audience().name() + "/" + name),
        now);
  }

  private Written write(Selection selection, FileFormat format, UnfinishedFolder folder)
      throws IOException {
    return switch (format) {
      case CSV -> csv(selection, folder);
      case PARQUET -> parquet(selection, folder);
    };
  }

  private static Written csv(Selection selection, UnfinishedFolder folder) throws IOException {
    Audience audience = selection.audience();
    Dataset<Row> rows = selection.rows(Math.toIntExact(1 + selection.reachable() / ROWS_AT_ONCE));
    return folder.write(
        audience.name() + ".csv",
        out -> {
          long written =
              CsvFile.write(rows.toLocalIterator(), rows.schema(), audience.layout().headed(), out);
          if (written != selection.reachable()) {
            throw new IllegalStateException(
                "Audience %s: %d customers were written and %d may be reached."
                    .formatted(audience.name(), written, selection.reachable()));
          }
        });
  }

  /** One sorted file, since where Spark cuts many is chance. */
  private Written parquet(Selection selection, UnfinishedFolder folder) throws IOException {
    Path scratch = folder.scratch();
    selection.rows(1).write().parquet(scratch.toString());
    FileSystem files = scratch.getFileSystem(hadoop);
    FileStatus[] parts = files.listStatus(scratch, path -> path.getName().endsWith(".parquet"));
    if (parts.length != 1) {
      throw new IllegalStateException("Spark wrote %d files for one.".formatted(parts.length));
    }
    return folder.write(
        selection.audience().name() + ".parquet",
        out -> {
          try (InputStream in = files.open(parts[0].getPath())) {
            in.transferTo(out);
          }
        });
  }

  private JsonNode manifest(Selection selection, String rowsHash, List<Written> files) {
    Audience audience = selection.audience();
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("export_id", Receipt.exportId(audience, now))
            .put("audience", audience.name())
            .put("description", audience.description())
            .put("definition_sha256", audience.sha256())
            .put("destination", audience.layout().name())
            .put("purpose", audience.purpose())
            .put("channel", audience.channel().toString())
            .put("logical_date", selection.date().toString())
            .put("run_id", published.runId())
            .put("created_at", now.toString())
            .put("rows", selection.reachable())
            .put("rows_hash", rowsHash)
            .put("matched", selection.matched());
    ObjectNode leftOut = manifest.putObject("left_out");
    Receipt.leftOut()
        .forEach(outcome -> leftOut.put(outcome.toString(), selection.counts().get(outcome)));
    ObjectNode versions = manifest.putObject("versions");
    selection
        .reach()
        .versions()
        .forEach((table, version) -> versions.put(table.toString(), version.orElse(null)));
    ArrayNode schema = manifest.putArray("schema");
    for (StructField field : selection.rows(1).schema().fields()) {
      schema.addObject().put("name", field.name()).put("type", field.dataType().sql());
    }
    ArrayNode list = manifest.putArray("files");
    for (Written file : files) {
      list.addObject()
          .put("path", file.name())
          .put("size_bytes", file.sizeBytes())
          .put("sha256", file.sha256());
    }
    return manifest;
  }

  /** The newest folder of a date, if there is any. */
  private Optional<Path> lastOf(Path parent, LocalDate date) throws IOException {
    FileSystem files = parent.getFileSystem(hadoop);
    Optional<Path> last = Optional.empty();
    Path next = new Path(parent, date.toString());
    while (files.exists(next)) {
      last = Optional.of(next);
      next = new Path(parent, next(next.getName()));
    }
    return last;
  }

  /** As 2026-11-01 is followed by 2026-11-01-2, and that by 2026-11-01-3. */
  private static String next(String folder) {
    String date = folder.substring(0, "yyyy-MM-dd".length());
    return folder.equals(date)
        ? date + "-2"
        : date + "-" + (Integer.parseInt(folder.substring(date.length() + 1)) + 1);
  }

  /** By its rows, since Parquet files of the same rows differ in their bytes. */
  private boolean holds(Path folder, Audience audience, String rowsHash) {
    return new AtomicFile(new Path(folder, MANIFEST), hadoop)
        .read()
        .filter(manifest -> manifest.path("rows_hash").asText().equals(rowsHash))
        .filter(manifest -> manifest.path("definition_sha256").asText().equals(audience.sha256()))
        .isPresent();
  }
}
