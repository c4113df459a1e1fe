package crm.engine.run;

import crm.engine.history.DateRange;
import crm.engine.history.JobRun;
import crm.engine.history.RunHistory;
import crm.engine.load.Gaps;
import crm.engine.load.Landing;
import crm.engine.load.StrayFiles;
import crm.ingest.LoadTable;
import crm.warehouse.job.Job;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lists what in a workspace wants a look: stale and waiting results, missing days, odd files. */
public final class WorkspaceStatus {
  private final JobGraph graph;
  private final List<LoadTable> loads;
  private final RunHistory history;
  private final Gaps gaps;
  private final Obstacles obstacles;
  private final Landing files;
  private final StrayFiles strays;

  WorkspaceStatus(
      JobGraph graph,
      RunHistory history,
      Gaps gaps,
      Obstacles obstacles,
      Landing files,
      StrayFiles strays) {
    this.graph = graph;
    this.loads = graph.loads();
    this.history = history;
    this.gaps = gaps;
    this.obstacles = obstacles;
    this.files = files;
    this.strays = strays;
  }

  /** Lists stale results: job and date, and the tables that changed. */
  public Map<String, List<String>> stale() {
    Map<String, List<String>> stale = new TreeMap<>();
    for (Job job : graph.ordered()) {
      history
          .goodRuns(job.name())
          .forEach(
              (date, run) -> {
                List<String> changed = history.staleReads(job, run);
                if (!changed.isEmpty()) {
                  stale.put(job.name() + " " + date, changed);
                }
              });
    }
    return stale;
  }

  /** Lists skipped runs that could run now: job and date. */
  public List<String> waiting() {
    TreeSet<LocalDate> dates = new TreeSet<>();
    graph.ordered().forEach(job -> dates.addAll(history.dates(job.name(), JobRun.Status.SKIPPED)));
    return dates.stream()
        .flatMap(date -> obstacles.waiting(date).stream().map(job -> job.name() + " " + date))
        .toList();
  }

  /** Days whose load failed and days that a file holds and no run has loaded, with what to do. */
  public List<String> gaps() {
    List<String> lines = new ArrayList<>(gaps.failed(loads));
    lines.addAll(gaps.held(loads));
    return lines;
  }

  /** The gaps that were accepted. */
  public List<String> acceptedGaps() {
    List<DateRange> ever = List.of(new DateRange(LocalDate.MIN, LocalDate.MAX));
    return loads.stream().flatMap(load -> gaps.accepted(load, ever).stream()).toList();
  }

  /** Files in landing that no feed takes. */
  public Set<String> strayFiles() {
    return strays.all();
  }

  /** Files in landing that no run has loaded, with the date in their name. */
  public Map<String, Optional<LocalDate>> unseenFiles() {
    Map<String, Optional<LocalDate>> unseen = new TreeMap<>();
    loads.forEach(load -> unseen.putAll(files.unseen(load.feed())));
    return unseen;
  }

  /** Files in landing whose bytes are no longer those that were loaded. */
  public Set<String> changedFiles() {
    Set<String> changed = new TreeSet<>();
    loads.forEach(load -> changed.addAll(files.changed(load.feed())));
    return changed;
  }
}
