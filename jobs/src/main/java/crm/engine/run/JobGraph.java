package crm.engine.run;

import crm.ingest.LoadTable;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of jobs, derived from what they read and write: a reader follows all producers of its
 * tables. A job's own table is no edge.
 */
public final class JobGraph {
  private final List<Job> ordered;

  /**
   * @throws UserError if two jobs produce the same rows, two have one name, or they wait for each
   *     other
   */
  public JobGraph(Collection<? extends Job> jobs) {
    refuseTwoProducers(jobs);
    Set<Job> placed = new LinkedHashSet<>();
    List<Job> waiting = new ArrayList<>(jobs);
    while (!waiting.isEmpty()) {
      List<Job> ready = waiting.stream().filter(job -> producers(job, waiting).isEmpty()).toList();
      if (ready.isEmpty()) {
        throw UserError.usage(
            "These jobs wait for each other's tables: %s. Break the circle.", names(waiting));
      }
      placed.addAll(ready);
      waiting.removeAll(ready);
    }
    ordered = List.copyOf(placed);
  }

  private static void refuseTwoProducers(Collection<? extends Job> jobs) {
    Map<String, Job> producers = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (Job job : jobs) {
      if (!names.add(job.name())) {
        throw UserError.usage("Two jobs are named %s. Rename one.", job.name());
      }
      for (Table table : job.writes()) {
        String rows = table + (job instanceof LoadTable load ? " of source " + load.source() : "");
        Job other = producers.put(rows, job);
        if (other != null && table.kind() != Kind.LOG) {
          throw UserError.usage(
              "Jobs %s and %s both fill %s. Give it one producer.", other.name(), job.name(), rows);
        }
      }
    }
  }

  /** All jobs, each after those it waits for. */
  public List<Job> ordered() {
    return ordered;
  }

  /** The loads among all jobs, in their order. */
  public List<LoadTable> loads() {
    return loads(ordered);
  }

  /** The loads among the jobs, in their order. */
  static List<LoadTable> loads(List<Job> jobs) {
    return jobs.stream().filter(LoadTable.class::isInstance).map(LoadTable.class::cast).toList();
  }

  /** The jobs that fill what the job reads, itself left out. */
  public List<Job> producersOf(Job job) {
    return producers(job, ordered);
  }

  /** The named jobs in order. */
  public List<Job> select(Collection<String> names) {
    for (String name : names) {
      if (ordered.stream().noneMatch(job -> job.name().equals(name))) {
        throw UserError.usage(
            "There is no job '%s'%s. List them with: crm list", name, nearest(name));
      }
    }
    return ordered.stream().filter(job -> names.contains(job.name())).toList();
  }

  /** The named jobs and all that they wait for. */
  public JobGraph leadingTo(Collection<String> names) {
    Set<Job> wanted = new LinkedHashSet<>(select(names));
    for (int before = 0; before < wanted.size(); ) {
      before = wanted.size();
      List.copyOf(wanted).forEach(job -> wanted.addAll(producersOf(job)));
    }
    return new JobGraph(wanted);
  }

  private String nearest(String name) {
    return ordered.stream()
        .map(Job::name)
        .filter(known -> known.contains(name) || name.contains(known))
        .findFirst()
        .map(known -> "; did you mean " + known + "?")
        .orElse("");
  }

  private static List<Job> producers(Job job, Collection<? extends Job> among) {
    return among.stream()
        .filter(other -> other != job)
        .filter(other -> other.writes().stream().anyMatch(job.reads()::contains))
        .map(Job.class::cast)
        .filter(other -> !(job instanceof LoadTable) || !(other instanceof LoadTable))
        .toList();
  }

  private static String names(Collection<Job> jobs) {
    return String.join(", ", jobs.stream().map(Job::name).toList());
  }
}
