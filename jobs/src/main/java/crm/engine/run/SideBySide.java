package crm.engine.run;

import crm.warehouse.job.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Works through jobs, several at once, each after those it waits for. Most of a job on small data
 * is planning, which uses one core.
 */
final class SideBySide {
  private final JobGraph graph;
  private final int jobsAtOnce;

  SideBySide(JobGraph graph, int jobsAtOnce) {
    this.graph = graph;
    this.jobsAtOnce = jobsAtOnce;
  }

  /**
   * Returns when all are done.
   *
   * @param jobs in the order of the graph
   * @param work what to do for each; throws nothing that matters
   */
  void run(List<Job> jobs, Consumer<Job> work) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(jobsAtOnce, jobs.size()));
    try {
      Map<Job, CompletableFuture<Void>> running = new HashMap<>();
      for (Job job : jobs) {
        CompletableFuture<?>[] before =
            running.entrySet().stream()
                .filter(earlier -> waits(job, earlier.getKey()))
                .map(Map.Entry::getValue)
                .toArray(CompletableFuture[]::new);
        running.put(
            job, CompletableFuture.allOf(before).thenRunAsync(() -> work.accept(job), threads));
      }
      CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new)).join();
    } finally {
      threads.shutdown();
    }
  }

  /** For its producers, and for another writer of a table: one table, one writer at a time. */
  private boolean waits(Job job, Job earlier) {
    return graph.producersOf(job).contains(earlier)
        || earlier.writes().stream().anyMatch(job.writes()::contains);
  }
}
