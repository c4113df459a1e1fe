package crm.engine.pipeline;

import static java.util.stream.Collectors.joining;

import crm.engine.run.JobGraph;
import crm.engine.schedule.PipelineSettings;
import crm.engine.schedule.Stage;
import crm.engine.schedule.TriggerRule;
import crm.ingest.LoadTable;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.job.StateJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks of a run and what waits for what, derived from the jobs. Tasks that load one table, or
 * one copy of another system's, go in turn, whether or not the one before succeeded; a result waits
 * for all it reads; publishing waits for everything.
 */
public final class Pipeline {
  /** The last task of every run. */
  public static final String PUBLISH = "publish";

  private final PipelineSettings settings;
  private final List<Table> tables;
  private final Map<String, Task> tasks = new LinkedHashMap<>();

  public Pipeline(JobGraph catalog, PipelineSettings settings) {
    this.settings = settings;
    JobGraph graph = settings.jobs().isEmpty() ? catalog : catalog.leadingTo(settings.jobs());
    this.tables =
        graph.ordered().stream().flatMap(job -> job.writes().stream()).distinct().toList();
    Map<Job, Stage> stages = new HashMap<>();
    for (Job job : graph.ordered()) {
      // Never before what it waits for, so that a stage can be one application.
      List<Stage> all = new ArrayList<>(graph.producersOf(job).stream().map(stages::get).toList());
      all.add(kind(job));
      stages.put(job, Collections.max(all));
    }
    if (settings.grouped()) {
      addStages(graph, stages);
    } else {
      graph.ordered().forEach(job -> add(job, graph, stages.get(job)));
    }
    addPublish();
  }

  private static boolean sharesTable(Job job, Job other) {
    return other.writes().stream().anyMatch(job.writes()::contains);
  }

  /** Returns whether both read the same copy from another system, which the first of them takes. */
  private static boolean sharesCopy(Job job, Job other) {
    return job instanceof LoadTable load
        && other instanceof LoadTable before
        && load.feed().origin().isPresent()
        && load.feed().equals(before.feed());
  }

  private static Stage kind(Job job) {
    if (job instanceof LoadTable) {
      return Stage.LOAD;
    }
    return job instanceof StateJob ? Stage.STATE : Stage.COMPUTE;
  }

  private void add(Job job, JobGraph graph, Stage stage) {
    List<Job> producers = graph.producersOf(job);
    boolean loads = producers.isEmpty();
    Collection<Job> before =
        loads
            ? graph.ordered().stream()
                .takeWhile(other -> other != job)
                .filter(other -> sharesTable(job, other) || sharesCopy(job, other))
                .toList()
            : producers;
    add(
        new Task(
            job.name(),
            stage,
            List.of(job.name()),
            before.stream().map(Job::name).sorted().toList(),
            loads && !before.isEmpty() ? TriggerRule.ALL_DONE : TriggerRule.ALL_SUCCESS,
            isSequential(job),
            words(job)));
  }

  private void addStages(JobGraph graph, Map<Job, Stage> stages) {
    for (Stage stage : Stage.values()) {
      List<Job> jobs = graph.ordered().stream().filter(job -> stages.get(job) == stage).toList();
      if (!jobs.isEmpty()) {
        add(
            new Task(
                stage.toString(),
                stage,
                jobs.stream().map(Job::name).toList(),
                List.copyOf(tasks.keySet()),
                TriggerRule.ALL_SUCCESS,
                jobs.stream().anyMatch(Pipeline::isSequential),
                jobs.stream().map(Pipeline::words).collect(joining("\n"))));
      }
    }
  }

  /** Waits for what nothing else waits for to succeed, and so for all of it. */
  private void addPublish() {
    Set<String> last = new LinkedHashSet<>(tasks.keySet());
    tasks.values().stream()
        .filter(task -> task.rule() == TriggerRule.ALL_SUCCESS)
        .forEach(task -> task.upstream().forEach(last::remove));
    add(
        new Task(
            PUBLISH,
            Stage.PUBLISH,
            List.of(),
            last.stream().sorted().toList(),
            settings.publishWhen(),
            false,
            "Points readers to what this run made, in one step; then the configured effects."));
  }

  private void add(Task task) {
    tasks.put(task.id(), task);
  }

  /** A job that reads what it wrote before must not miss a date, nor take dates out of turn. */
  private static boolean isSequential(Job job) {
    return job instanceof StateJob
        || (job instanceof LoadTable load && load.runsDayByDay())
        || job.reads().stream().anyMatch(job.writes()::contains);
  }

  private static String words(Job job) {
    String fills =
        job.writes().stream()
            .map(table -> "%s (one row per %s)".formatted(table, table.grain()))
            .collect(joining(", "));
    String from =
        job.reads().stream()
            .filter(table -> !job.writes().contains(table))
            .map(Table::toString)
            .collect(joining(", "));
    return from.isEmpty()
        ? "%s fills %s.".formatted(job.name(), fills)
        : "%s fills %s from %s.".formatted(job.name(), fills, from);
  }

  public PipelineSettings settings() {
    return settings;
  }

  /** The tables that a run fills. */
  List<Table> tables() {
    return tables;
  }

  /** All tasks, each after those it waits for. */
  public List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The task of that id; null if there is none. */
  public Task task(String id) {
    return tasks.get(id);
  }

  /** The task and all that wait for it, directly or not. */
  public Set<Task> withDownstream(Task task) {
    Set<Task> found = new LinkedHashSet<>(Set.of(task));
    for (Task later : tasks.values()) {
      if (later.upstream().stream().map(this::task).anyMatch(found::contains)) {
        found.add(later);
      }
    }
    return found;
  }

  /** The tasks no other waits for: they decide how a run ended. */
  public List<Task> leaves() {
    Set<Task> leaves = new LinkedHashSet<>(tasks.values());
    tasks.values().forEach(task -> task.upstream().forEach(id -> leaves.remove(task(id))));
    return List.copyOf(leaves);
  }
}
