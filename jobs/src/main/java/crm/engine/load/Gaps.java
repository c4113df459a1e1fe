package crm.engine.load;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import crm.engine.history.DateRange;
import crm.engine.history.JobRun;
import crm.engine.history.JobRun.Status;
import crm.engine.history.RunHistory;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.warehouse.tables.ops.OpsTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Days that tables lack although something should be there: those whose load failed, and those that
 * a file holds and no run has loaded. A later load of the day ends a gap, and so does a person who
 * accepts it. Days that nobody asked to load, and no file is known to hold, are none: every history
 * begins somewhere.
 */
public final class Gaps {
  private final Warehouse warehouse;
  private final RunHistory history;

  /** Days of one file or several, and what loads them. */
  private record Held(String files, long days, DateRange range) {}

  public Gaps(Warehouse warehouse, RunHistory history) {
    this.warehouse = warehouse;
    this.history = history;
  }

  /** The days before a date whose last load failed, with what to do; empty if there are none. */
  public List<String> failedBefore(LoadTable load, LocalDate date) {
    return messages(load, failed(load).headSet(date, false));
  }

  /** As {@link #failedBefore}, of all dates. */
  public List<String> failed(List<LoadTable> loads) {
    return loads.stream().flatMap(load -> messages(load, failed(load)).stream()).toList();
  }

  private NavigableSet<LocalDate> failed(LoadTable load) {
    return history.dates(load.name(), Status.FAILED);
  }

  private static List<String> messages(LoadTable load, NavigableSet<LocalDate> failed) {
    return DateRange.split(failed, date -> true).stream()
        .map(
            days ->
                "%s failed for %s. Load it: crm run %s %s; or go on without it: crm run %s --accept-gap %s"
                    .formatted(
                        load.name(), days.words(), load.name(), days.options(), load.name(), days))
        .toList();
  }

  /** The days of a load that were accepted as missing, in these ranges. */
  public Optional<String> accepted(LoadTable load, List<DateRange> ranges) {
    NavigableSet<LocalDate> accepted = history.dates(load.name(), Status.GAP_ACCEPTED);
    accepted.removeIf(date -> !isIn(ranges, date));
    return accepted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            load.name()
                + " "
                + DateRange.split(accepted, date -> true).stream()
                    .map(DateRange::words)
                    .collect(joining(", ")));
  }

  private static boolean isIn(List<DateRange> ranges, LocalDate date) {
    return ranges.stream().anyMatch(range -> range.contains(date));
  }

  /** The days that files hold and no run has loaded, with what to do. */
  public List<String> held(List<LoadTable> loads) {
    Map<Held, List<String>> jobs = new LinkedHashMap<>();
    heldBy(loads)
        .forEach(
            (job, days) ->
                DateRange.split(new TreeSet<>(days.keySet()), history.settled(job)::contains)
                    .forEach(
                        range ->
                            jobs.computeIfAbsent(held(range, days), held -> new ArrayList<>())
                                .add(job)));
    List<String> messages = new ArrayList<>();
    jobs.forEach(
        (held, names) ->
            messages.add(
                "Days held by %s that no run has loaded: %d, %s. Load them: crm run %s %s; or leave them out: crm run %s --accept-gap %s"
                    .formatted(
                        held.files(),
                        held.days(),
                        held.range().words(),
                        String.join(" ", names),
                        held.range().options(),
                        String.join(" ", names),
                        held.range())));
    return messages;
  }

  private static Held held(DateRange range, Map<LocalDate, NavigableSet<String>> days) {
    NavigableSet<String> files = new TreeSet<>();
    long count = 0;
    for (Map.Entry<LocalDate, NavigableSet<String>> day : days.entrySet()) {
      if (range.contains(day.getKey())) {
        files.addAll(day.getValue());
        count++;
      }
    }
    String named =
        files.size() == 1
            ? files.first()
            : "%s and %d more files".formatted(files.first(), files.size() - 1);
    return new Held(named, count, range);
  }

  /** The days of a load that a person may accept as missing, in these ranges. */
  public NavigableSet<LocalDate> open(LoadTable load, List<DateRange> ranges) {
    NavigableSet<LocalDate> open = failed(load);
    open.addAll(heldBy(List.of(load)).getOrDefault(load.name(), Map.of()).keySet());
    open.removeIf(date -> !isIn(ranges, date));
    return open;
  }

  /**
   * By job and day, the files that hold records of the day which the day's last load did not read.
   */
  private Map<String, Map<LocalDate, NavigableSet<String>>> heldBy(List<LoadTable> loads) {
    Object[] names =
        loads.stream()
            .filter(load -> load.feed().logicalDate().isPresent())
            .map(LoadTable::name)
            .toArray();
    Map<String, Map<LocalDate, NavigableSet<String>>> held = new TreeMap<>();
    if (names.length == 0) {
      return held;
    }
    for (Row row :
        passedOver(warehouse.stored(OpsTables.FILE_LOADS).where(col("job").isin(names)))) {
      String job = row.getAs("job");
      LocalDate day = row.<java.sql.Date>getAs("logical_date").toLocalDate();
      JobRun loaded = history.goodRuns(job).get(day);
      boolean isIn =
          loaded != null && row.getList(row.fieldIndex("loaded_in")).contains(loaded.runId());
      JobRun last = history.runs(job).get(day);
      boolean isAccepted = last != null && last.status() == Status.GAP_ACCEPTED;
      if (!isIn && !isAccepted) {
        held.computeIfAbsent(job, key -> new TreeMap<>())
            .computeIfAbsent(day, key -> new TreeSet<>())
            .add(row.getAs("file"));
      }
    }
    return held;
  }

  /**
   * The days of each file that the last run which read it passed over, and the runs that did not.
   */
  private static List<Row> passedOver(Dataset<Row> fileLoads) {
    Column passed = coalesce(col("other_day"), lit(0L)).gt(0);
    return fileLoads
        .groupBy("job", "file", "logical_date")
        .agg(
            max(when(passed, col("run_id"))).as("run_id"),
            collect_set(when(passed, lit(null)).otherwise(col("run_id"))).as("loaded_in"))
        .join(
            fileLoads.groupBy("job", "file").agg(max("run_id").as("run_id")),
            new String[] {"job", "file", "run_id"},
            "left_semi")
        .collectAsList();
  }
}
