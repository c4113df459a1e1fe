package crm.engine.load;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import crm.engine.files.FileHash;
import crm.engine.store.LandingFile;
import crm.engine.store.Warehouse;
import crm.ingest.source.Feed;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The files of feeds, and which day each belongs to. A file's day is decided when it is first seen,
 * and recorded in {@code ops.files}; re-runs follow that record.
 */
public final class Landing {
  static final String ACCEPTED = "accepted";
  static final String DUPLICATE = "duplicate";

  private final Warehouse warehouse;
  private final String root;
  private final String runId;
  private final boolean acceptChanged;
  private final Map<String, Known> known = new HashMap<>();
  private final List<Row> unsaved = new ArrayList<>();

  /** What was recorded of a file when it was last looked at. */
  private record Known(
      String source, String feed, String sha256, LocalDate logicalDate, String state) {}

  /** A file of a feed's pattern, and the date in its name. */
  private record Found(String path, FileStatus status, Optional<LocalDate> named) {}

  public Landing(Warehouse warehouse, String root, String runId, boolean acceptChanged) {
    this.warehouse = warehouse;
    this.root = root;
    this.runId = runId;
    this.acceptChanged = acceptChanged;
    // One row per file ever delivered: what the driver of any file-based ingestion must know.
    warehouse
        .stored(OpsTables.FILES)
        .groupBy("path")
        .agg(
            max_by(
                    struct(
                        col("source"),
                        col("feed"),
                        col("sha256"),
                        col("logical_date"),
                        col("state")),
                    col("seen_at"))
                .as("newest"))
        .select(col("path"), col("newest.*"))
        .collectAsList()
        .forEach(
            row ->
                known.put(
                    row.getString(0),
                    new Known(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.isNullAt(4) ? null : row.getDate(4).toLocalDate(),
                        row.getString(5))));
  }

  /** The landing folder. */
  String root() {
    return root;
  }

  /**
   * The files of the feed that belong to the dates, new ones recorded until {@link #save}.
   *
   * @param ran the dates this job was run for before; a new file of such a day is late and belongs
   *     to the first date of this run
   * @param loaded the dates that any job has loaded from the feed
   * @throws UserError if a file changed or vanished since it was loaded
   */
  public List<LandingFile> files(
      Feed feed, LocalDate from, LocalDate to, Set<LocalDate> ran, Set<LocalDate> loaded) {
    Map<String, Found> present = present(feed);
    refuseVanished(feed, present.keySet(), from, to);
    List<LandingFile> files = new ArrayList<>();
    Map<String, String> pathByContent = new HashMap<>();
    known.forEach(
        (path, file) -> {
          if (isOf(feed, file) && file.state().equals(ACCEPTED)) {
            pathByContent.put(file.sha256(), path);
          }
        });
    for (Found found : present.values()) {
      Known before = known.get(found.path());
      Optional<LocalDate> date = date(feed, found, before, from, to, ran);
      if (date.isEmpty()) {
        continue;
      }
      String sha256 = sha256(found.status().getPath());
      boolean changed = before != null && !before.sha256().equals(sha256);
      if (changed && !acceptChanged && wasRead(feed, before, loaded)) {
        throw UserError.gate(
            "%s changed after it was loaded for %s; it was not read and nothing was written. If the"
                + " new content is right, run again with --accept-changed.",
            found.path(), before.logicalDate());
      }
      String first = pathByContent.putIfAbsent(sha256, found.path());
      boolean duplicate = first != null && !first.equals(found.path());
      if (before == null || changed) {
        Known now =
            new Known(
                feed.source(), feed.name(), sha256, date.get(), duplicate ? DUPLICATE : ACCEPTED);
        known.put(found.path(), now);
        unsaved.add(record(found, now));
      }
      files.add(
          new LandingFile(
              found.path(),
              found.status().getPath().toString(),
              found.status().getLen(),
              sha256,
              date.get(),
              duplicate));
    }
    return files;
  }

  /** A file of which no load succeeded may be repaired without asking. */
  private static boolean wasRead(Feed feed, Known file, Set<LocalDate> loaded) {
    return feed.logicalDate().isPresent() ? !loaded.isEmpty() : loaded.contains(file.logicalDate());
  }

  /** Makes what was recorded last. */
  void save() {
    warehouse.append(OpsTables.FILES, unsaved);
    unsaved.clear();
  }

  /** The paths {@link #files} would give; nothing is recorded. */
  List<String> planned(Feed feed, LocalDate from, LocalDate to, Set<LocalDate> ran) {
    return present(feed).values().stream()
        .filter(found -> date(feed, found, known.get(found.path()), from, to, ran).isPresent())
        .map(Found::path)
        .toList();
  }

  /** The paths of the feed's files that no run has loaded, by the date in their name. */
  public Map<String, Optional<LocalDate>> unseen(Feed feed) {
    Map<String, Optional<LocalDate>> unseen = new TreeMap<>();
    present(feed)
        .forEach(
            (path, found) -> {
              if (!known.containsKey(path)) {
                unseen.put(path, found.named());
              }
            });
    return unseen;
  }

  /** The paths of the feed's loaded files whose bytes are no longer those that were loaded. */
  public List<String> changed(Feed feed) {
    return present(feed).values().stream()
        .filter(found -> known.containsKey(found.path()))
        .filter(found -> !known.get(found.path()).sha256().equals(sha256(found.status().getPath())))
        .map(Found::path)
        .toList();
  }

  private Optional<LocalDate> date(
      Feed feed, Found found, Known before, LocalDate from, LocalDate to, Set<LocalDate> ran) {
    if (before != null) {
      // Where records tell their own day, any date may have records in any file.
      return Optional.of(before.logicalDate())
          .filter(date -> feed.logicalDate().isPresent() || isBetween(date, from, to));
    }
    if (found.named().isEmpty()) {
      return Optional.of(from);
    }
    LocalDate named = found.named().get();
    if (isBetween(named, from, to)) {
      return Optional.of(named);
    }
    return named.isBefore(from) && ran.contains(named) ? Optional.of(from) : Optional.empty();
  }

  private void refuseVanished(Feed feed, Set<String> present, LocalDate from, LocalDate to) {
    List<String> vanished =
        known.entrySet().stream()
            .filter(entry -> isOf(feed, entry.getValue()))
            .filter(entry -> entry.getValue().state().equals(ACCEPTED))
            .filter(entry -> isBetween(entry.getValue().logicalDate(), from, to))
            .map(Map.Entry::getKey)
            .filter(path -> !present.contains(path))
            .sorted()
            .toList();
    if (!vanished.isEmpty()) {
      throw UserError.gate(
          "%d files that were loaded are no longer in landing, the first is %s; running their dates"
              + " again would lose their rows, so nothing was written. Put them back, or leave"
              + " those dates alone.",
          vanished.size(), vanished.get(0));
    }
  }

  private static boolean isOf(Feed feed, Known file) {
    return file.source().equals(feed.source()) && file.feed().equals(feed.name());
  }

  private static boolean isBetween(LocalDate date, LocalDate from, LocalDate to) {
    return !date.isBefore(from) && !date.isAfter(to);
  }

  private Map<String, Found> present(Feed feed) {
    FilePattern pattern = new FilePattern(feed.files());
    try {
      Map<String, Found> present = new TreeMap<>();
      LandingFolder.of(root, hadoop())
          .files(pattern)
          .forEach(
              (path, status) -> present.put(path, new Found(path, status, pattern.date(path))));
      return present;
    } catch (IOException e) {
      throw UserError.retryable(
          "The landing folder %s cannot be read: %s. Check paths.landing and try again.",
          root, e.getMessage());
    }
  }

  /**
   * @throws UserError if the file is listed, but does not open by its name
   */
  private String sha256(Path path) {
    try {
      return FileHash.sha256(path, hadoop());
    } catch (UncheckedIOException e) {
      boolean isThisFile =
          e.getCause() instanceof FileNotFoundException
              || e.getCause() instanceof AccessControlException;
      throw isThisFile
          ? doesNotOpen(path, e.getCause())
          : UserError.retryable(
              "The landing file %s cannot be read: %s. Try again.",
              path, UserError.firstLine(e.getCause()));
    } catch (IllegalArgumentException e) { // Hadoop takes what is before a colon for a scheme.
      throw doesNotOpen(path, e);
    }
  }

  private static UserError doesNotOpen(Path path, Exception problem) {
    return UserError.gate(
        "The landing file %s cannot be opened by its name: %s. Nothing was written. Rename it, or"
            + " let this user read it, or take it out of landing.",
        path, UserError.firstLine(problem));
  }

  private Configuration hadoop() {
    return warehouse.spark().sparkContext().hadoopConfiguration();
  }

  private Row record(Found found, Known now) {
    return RowFactory.create(
        runId,
        now.source(),
        now.feed(),
        found.path(),
        found.status().getLen(),
        now.sha256(),
        java.sql.Date.valueOf(now.logicalDate()),
        now.state(),
        Timestamp.from(Instant.now()));
  }
}
