package crm.engine.history;

import crm.engine.history.JobRun.DatedPart;
import crm.engine.history.JobRun.Part;
import crm.engine.history.JobRun.Status;
import crm.engine.store.ContentHash;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.tables.ops.OpsTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What ran before, and what each table holds per source and date by the records of its writers. A
 * result is stale when what it read has another content now. Jobs that run side by side share it.
 */
public final class RunHistory {
  private final Warehouse warehouse;
  private final ModelHistory models;
  private final Map<String, NavigableMap<LocalDate, JobRun>> lastRuns = new TreeMap<>();
  private final Map<String, NavigableMap<LocalDate, JobRun>> lastGoodRuns = new TreeMap<>();
  private final Map<Part, NavigableMap<LocalDate, ContentHash>> contents = new HashMap<>();
  private final List<JobRun> unsaved = new ArrayList<>();

  public RunHistory(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.models = new ModelHistory(warehouse);
    // One row per job and date: what the driver of the runs must know.
    warehouse.stored(OpsTables.JOB_RUNS).collectAsList().stream()
        .map(JobRunRow::read)
        .sorted(Comparator.comparing(JobRun::startedAt))
        .forEach(this::remember);
  }

  /** Takes note of a run; {@link #save} makes it last. */
  public synchronized void add(JobRun run) {
    remember(run);
    unsaved.add(run);
  }

  /** Returns the models the runs made. */
  public ModelHistory models() {
    return models;
  }

  public synchronized void save() {
    models.save();
    warehouse.append(OpsTables.JOB_RUNS, unsaved.stream().map(JobRunRow::of).toList());
    unsaved.clear();
  }

  private void remember(JobRun run) {
    lastRuns.computeIfAbsent(run.job(), job -> new TreeMap<>()).put(run.logicalDate(), run);
    NavigableMap<LocalDate, JobRun> good =
        lastGoodRuns.computeIfAbsent(run.job(), job -> new TreeMap<>());
    // What an earlier run of the date wrote and this one did not is gone.
    if (run.status().isGood()) {
      Optional.ofNullable(good.put(run.logicalDate(), run))
          .ifPresent(earlier -> earlier.writes().keySet().forEach(this::forget));
    }
    run.writes()
        .forEach(
            (dated, hash) ->
                contents
                    .computeIfAbsent(dated.part(), part -> new TreeMap<>())
                    .put(dated.logicalDate(), hash));
  }

  private void forget(DatedPart written) {
    contents.get(written.part()).remove(written.logicalDate());
  }

  /** Finds the newest date before {@code date} for which a job filled its own snapshot. */
  synchronized Optional<LocalDate> previousResult(Table own, LocalDate date) {
    return Optional.ofNullable(contents.get(new Part(own.qualifiedName(), "*")))
        .map(dates -> dates.lowerKey(date));
  }

  /** Finds the date of a model's newest result that a reader of {@code date} may still use. */
  Optional<LocalDate> acceptedResult(Table ofModel, LocalDate date) {
    return previousResult(ofModel, date.plusDays(1))
        .filter(accepted -> !accepted.isBefore(date.minusDays(Table.MODEL_MAX_AGE_DAYS)));
  }

  /** Returns the newest run of a job for each date. */
  public synchronized NavigableMap<LocalDate, JobRun> runs(String job) {
    return lastRuns.getOrDefault(job, new TreeMap<>());
  }

  /** Returns the newest run of each date that did its work: what the tables hold is its. */
  public synchronized NavigableMap<LocalDate, JobRun> goodRuns(String job) {
    return lastGoodRuns.getOrDefault(job, new TreeMap<>());
  }

  /** Returns the dates whose newest run of a job ended so. */
  public synchronized NavigableSet<LocalDate> dates(String job, Status status) {
    NavigableSet<LocalDate> dates = new TreeSet<>();
    runs(job)
        .forEach(
            (date, run) -> {
              if (run.status() == status) {
                dates.add(date);
              }
            });
    return dates;
  }

  /** Returns the dates of which no more is expected of a job: it did its work, or need not. */
  public synchronized NavigableSet<LocalDate> settled(String job) {
    NavigableSet<LocalDate> dates = dates(job, Status.GAP_ACCEPTED);
    dates.addAll(goodRuns(job).keySet());
    return dates;
  }

  /** Finds the newest run of a job that did its work, before a date. */
  public Optional<JobRun> lastGoodBefore(String job, LocalDate date) {
    return goodRuns(job).headMap(date, false).descendingMap().values().stream()
        .filter(run -> run.status() == Status.SUCCEEDED)
        .findFirst();
  }

  /** Returns the content that a job of a date would read now, by the records of the writers. */
  public synchronized Map<Part, ContentHash> reads(Job job, LocalDate date) {
    Map<Part, ContentHash> reads = new HashMap<>();
    for (Table table : job.reads()) {
      boolean own = job.writes().contains(table);
      for (Part part : contents.keySet()) {
        boolean concerns =
            part.table().equals(table.qualifiedName())
                && (!own
                    || !(job instanceof LoadTable load)
                    || part.source().equals(load.source()));
        if (concerns) {
          reads.put(part, content(table, part, date, own));
        }
      }
    }
    return reads;
  }

  /** Returns how many rows a job of a date would read now, by the records of the writers. */
  public long rowsRead(Job job, LocalDate date) {
    return reads(job, date).values().stream().mapToLong(ContentHash::rows).sum();
  }

  /** Returns how many rows a table holds, by the records of its writers. */
  public synchronized long rows(Table table) {
    return contents.entrySet().stream()
        .filter(part -> part.getKey().table().equals(table.qualifiedName()))
        .flatMap(part -> part.getValue().values().stream())
        .mapToLong(ContentHash::rows)
        .sum();
  }

  private ContentHash content(Table table, Part part, LocalDate date, boolean own) {
    NavigableMap<LocalDate, ContentHash> dates = contents.get(part);
    if (table.kind() != Kind.SNAPSHOT) {
      return dates.headMap(date, !own).values().stream()
          .reduce(ContentHash.EMPTY, ContentHash::plus);
    }
    if (own || table.isModelOutput()) {
      return (own ? previousResult(table, date) : acceptedResult(table, date))
          .map(dates::get)
          .orElse(ContentHash.EMPTY);
    }
    return dates.getOrDefault(date, ContentHash.EMPTY);
  }

  /** Returns the tables a run read that hold something else now; none if it is still true. */
  public List<String> staleReads(Job job, JobRun run) {
    if (run.status() != Status.SUCCEEDED) {
      return List.of();
    }
    Map<Part, ContentHash> now = reads(job, run.logicalDate());
    return now.entrySet().stream()
        .filter(
            read ->
                !read.getValue().equals(run.reads().getOrDefault(read.getKey(), ContentHash.EMPTY)))
        .map(read -> read.getKey().table())
        .distinct()
        .sorted()
        .toList();
  }
}
