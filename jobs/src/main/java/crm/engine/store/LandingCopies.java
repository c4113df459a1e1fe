package crm.engine.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import crm.ingest.source.Feed;
import crm.ingest.source.Origin;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Copies the tables of other systems into landing: one immutable folder of Parquet files a day. A
 * copy that was taken is never taken again, so that a day can be run again with the same result.
 */
public final class LandingCopies {
  /** What Spark writes last; a folder without it is what a failure left of a copy. */
  private static final String WHOLE = "_SUCCESS";

  /** Not the copies of a feed whose name only begins like this one's. */
  private static final String ANY_DATE = "\\d{4}-\\d{2}-\\d{2}";

  private final SparkSession spark;
  private final String landing;

  public LandingCopies(SparkSession spark, String landing) {
    this.spark = spark;
    this.landing = landing;
  }

  /**
   * Returns whether {@link #take} would copy now. A day before the newest copy is past: what was so
   * then is no longer told.
   */
  public boolean isDue(Feed feed, LocalDate date) {
    return feed.origin().isPresent()
        && taken(feed).stream().allMatch(copy -> copy.compareTo(path(feed, date.toString())) < 0);
  }

  /** Takes the copy of the date, where it is due. */
  public void take(Feed feed, LocalDate date) {
    if (feed.origin().isEmpty()) {
      return;
    }
    Origin origin = feed.origin().get();
    try {
      removeUnfinished(feed);
      if (isDue(feed, date)) {
        since(watermark(feed, origin), origin, read(origin))
            .write()
            .mode(SaveMode.ErrorIfExists)
            .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "true")
            .parquet(path(feed, date.toString()).toString());
      }
    } catch (UserError e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      throw unreadable(origin, e);
    }
  }

  private Dataset<Row> read(Origin origin) {
    if (origin instanceof Origin.DatabaseTable table) {
      return spark
          .read()
          // A moment without an offset stays one: the mapping knows whose clock it is.
          .option("preferTimestampNTZ", true)
          .option("driver", table.database().driver())
          .jdbc(table.database().url(), table.table(), table.database().properties());
    }
    String path = ((Origin.DeltaFolder) origin).path();
    if (StoredTable.version(spark, path).isEmpty()) {
      throw UserError.usage(
          "%s is not there. Correct copy.delta in conf/sources/.", origin.description());
    }
    return spark.read().format("delta").load(path);
  }

  /** At or above, for rows that share the greatest value may have come since. */
  private static Dataset<Row> since(Optional<Object> watermark, Origin origin, Dataset<Row> rows) {
    Optional<String> column = origin.incremental();
    if (column.isPresent()
        && Arrays.stream(rows.columns()).noneMatch(column.get()::equalsIgnoreCase)) {
      throw UserError.usage(
          "%s has no column '%s', by which it is to be copied. It has: %s. Correct copy.incremental"
              + " in conf/sources/.",
          origin.description(), column.get(), String.join(", ", rows.columns()));
    }
    return watermark.map(value -> rows.where(col(column.get()).geq(lit(value)))).orElse(rows);
  }

  private Optional<Object> watermark(Feed feed, Origin origin) {
    String[] copies = taken(feed).stream().map(LandingCopies::literal).toArray(String[]::new);
    return copies.length == 0
        ? Optional.empty()
        : origin
            .incremental()
            .map(column -> spark.read().parquet(copies).agg(max(col(column))).first().get(0));
  }

  /** Spark takes a path for a pattern. */
  private static String literal(Path path) {
    return path.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
  }

  private List<Path> taken(Feed feed) {
    try {
      List<Path> taken = new ArrayList<>();
      for (Path copy : copies(feed)) {
        if (fileSystem().exists(new Path(copy, WHOLE))) {
          taken.add(copy);
        }
      }
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever reads landing would take it for a copy, also of a day that is past. */
  private void removeUnfinished(Feed feed) throws IOException {
    for (Path copy : copies(feed)) {
      if (!fileSystem().exists(new Path(copy, WHOLE))) {
        fileSystem().delete(copy, true);
      }
    }
  }

  private List<Path> copies(Feed feed) throws IOException {
    Path like = path(feed, ANY_DATE);
    try {
      return Arrays.stream(fileSystem().listStatus(like.getParent()))
          .map(FileStatus::getPath)
          .filter(copy -> copy.getName().matches(like.getName()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private Path path(Feed feed, String date) {
    Path path = new Path(landing, Feed.copyFolder(feed.source(), feed.name(), date));
    return fileSystem().makeQualified(path);
  }

  private FileSystem fileSystem() {
    try {
      return new Path(landing).getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserError unreadable(Origin origin, Exception problem) {
    Optional<UserError> known =
        origin instanceof Origin.DatabaseTable table
            ? table.database().problemBelow(problem)
            : Optional.empty();
    return known.orElseGet(
        () ->
            new UserError(
                UserError.isOfSetting(problem) ? ExitCode.USAGE : ExitCode.RETRYABLE,
                "%s cannot be copied to landing: %s. Check that it can be read, then run again."
                    .formatted(origin.description(), UserError.condition(problem))));
  }
}
