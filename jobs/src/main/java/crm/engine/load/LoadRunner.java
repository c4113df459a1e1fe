package crm.engine.load;

import crm.engine.history.Attempt;
import crm.engine.history.JobInputs;
import crm.engine.history.JobRun.DatedPart;
import crm.engine.history.JobRun.Part;
import crm.engine.history.RunHistory;
import crm.engine.store.ContentHash;
import crm.engine.store.LandingCopies;
import crm.engine.store.LandingFile;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.ingest.source.Feed;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Row;

/** Runs ingestions for ranges of dates: which files, which days are missing, what was loaded. */
public final class LoadRunner {
  private final List<LoadTable> loads;
  private final Warehouse warehouse;
  private final Landing landing;
  private final StrayFiles strays;
  private final LandingCopies copies;
  private final RunHistory history;
  private final String runId;
  private final Queue<Row> fileLoads = new ConcurrentLinkedQueue<>();

  /**
   * @param loads every load there is
   */
  public LoadRunner(
      List<LoadTable> loads,
      Warehouse warehouse,
      Landing landing,
      StrayFiles strays,
      RunHistory history,
      String runId) {
    this.loads = loads;
    this.warehouse = warehouse;
    this.landing = landing;
    this.strays = strays;
    this.copies = new LandingCopies(warehouse.spark(), landing.root());
    this.history = history;
    this.runId = runId;
  }

  /** Describes what {@link #load} would do. */
  public String planned(LoadTable load, LocalDate from, LocalDate to) {
    List<String> paths = landing.planned(load.feed(), from, to, datesRan(load));
    if (copies.isDue(load.feed(), to)) {
      return "copy %s, then load it and %d files"
          .formatted(load.feed().origin().get().description(), paths.size());
    }
    return paths.isEmpty()
        ? "no file of " + load.feed().files()
        : "load %d files, the first %s".formatted(paths.size(), paths.get(0));
  }

  /**
   * Loads the files of the dates.
   *
   * @return what became of the files and their records
   * @throws UserError if days are missing, files are not what they were, or records are too bad
   */
  public LoadResult load(LoadTable load, LocalDate from, LocalDate to, Attempt attempt) {
    List<LandingFile> files = delivered(load, from, to);
    boolean manyDaysInAFile = load.feed().logicalDate().isPresent() && !files.isEmpty();
    NavigableSet<LocalDate> missing =
        manyDaysInAFile ? new TreeSet<>() : withoutFile(files, from, to);
    String besides = strays.besides(load.feed());
    if (load.failsOnMissing() && !missing.isEmpty()) {
      throw missing(load, missing, besides);
    }
    List<LandingFile> read =
        load.isKeyedByFile() ? files.stream().filter(file -> !file.isDuplicate()).toList() : files;
    LoadExecution ingestion = new LoadExecution(warehouse, load, runId, from, to);
    long rows = 0;
    long rejected = 0;
    try {
      LocalDate first = from;
      while (!first.isAfter(to)) {
        LocalDate last = load.runsDayByDay() ? first : to;
        List<LandingFile> delivered = manyDaysInAFile ? read : ofDates(read, first, last);
        LoadExecution.Loaded loaded = load(load, ingestion, delivered, first, last, attempt);
        rows += loaded.contents().values().stream().mapToLong(ContentHash::rows).sum();
        rejected += loaded.rejected().values().stream().mapToLong(n -> n).sum();
        first = last.plusDays(1);
      }
    } finally {
      fileLoads.addAll(ingestion.fileLoads());
    }
    return new LoadResult(load.feed().files(), files.size(), rows, rejected, missing, besides);
  }

  /** One load at a time: those of one feed find the same files. */
  private synchronized List<LandingFile> delivered(LoadTable load, LocalDate from, LocalDate to) {
    copies.take(load.feed(), to);
    return landing.files(load.feed(), from, to, datesRan(load), datesLoaded(load.feed()));
  }

  /** Makes what was recorded of files and their records last. */
  public void save() {
    landing.save();
    warehouse.append(OpsTables.FILE_LOADS, List.copyOf(fileLoads));
    fileLoads.clear();
  }

  private Set<LocalDate> datesRan(LoadTable load) {
    return history.settled(load.name());
  }

  private Set<LocalDate> datesLoaded(Feed feed) {
    Set<LocalDate> dates = new HashSet<>();
    loads.stream()
        .filter(load -> load.feed().equals(feed))
        .map(this::datesRan)
        .forEach(dates::addAll);
    return dates;
  }

  private static NavigableSet<LocalDate> withoutFile(
      List<LandingFile> files, LocalDate from, LocalDate to) {
    NavigableSet<LocalDate> missing = new TreeSet<>(from.datesUntil(to.plusDays(1)).toList());
    files.forEach(file -> missing.remove(file.logicalDate()));
    return missing;
  }

  private UserError missing(LoadTable load, NavigableSet<LocalDate> dates, String besides) {
    return UserError.retryable(
        "%d of the dates have no file of %s in %s, the first is %s%s. Wait for the source and run"
            + " again; if such days are normal, set on-missing = empty for the source or the feed.",
        dates.size(),
        load.feed().files(),
        landing.root(),
        dates.first(),
        besides.isEmpty() ? "" : "; " + besides);
  }

  private static List<LandingFile> ofDates(
      List<LandingFile> files, LocalDate first, LocalDate last) {
    return files.stream()
        .filter(file -> !file.logicalDate().isBefore(first))
        .filter(file -> !file.logicalDate().isAfter(last))
        .toList();
  }

  private LoadExecution.Loaded load(
      LoadTable load,
      LoadExecution ingestion,
      List<LandingFile> files,
      LocalDate first,
      LocalDate last,
      Attempt attempt) {
    if (files.isEmpty()) {
      first.datesUntil(last.plusDays(1)).forEach(date -> attempt.empty(date, Map.of()));
      return LoadExecution.Loaded.NOTHING;
    }
    JobInputs inputs = new JobInputs(warehouse, history, load, first, Optional.empty(), files);
    LoadExecution.Loaded loaded =
        MappingFault.explain(load, inputs, () -> ingestion.load(inputs, files, first, last));
    if (load.runsDayByDay() && loaded.recordsIn() == 0 && load.failsOnMissing()) {
      throw UserError.retryable(
          "The full dump %s is empty, which counts as missing: no key was deleted. Wait for the"
              + " source and run again; if such days are normal, set on-missing = empty.",
          files.get(0).path());
    }
    Part part = new Part(load.target().qualifiedName(), load.source());
    Set<LocalDate> withFiles = new TreeSet<>();
    files.forEach(file -> withFiles.add(file.logicalDate()));
    loaded
        .contents()
        .forEach(
            (date, content) -> {
              Map<DatedPart, ContentHash> writes = Map.of(new DatedPart(part, date), content);
              if (withFiles.contains(date) || content.rows() > 0) {
                attempt.loaded(date, writes, loaded.rejected().getOrDefault(date, 0L));
              } else {
                attempt.empty(date, writes);
              }
            });
    return loaded;
  }
}
