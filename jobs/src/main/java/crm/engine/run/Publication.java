package crm.engine.run;

import crm.engine.history.JobRun;
import crm.engine.history.RunHistory;
import crm.engine.store.Published;
import crm.engine.store.SmallTables;
import crm.engine.store.Warehouse;
import crm.warehouse.ExitCode;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lets readers see what was run. */
public final class Publication {
  private final Warehouse warehouse;
  private final RunHistory history;
  private final String runId;
  private final Optional<String> pipelineRun;
  private final String commit;

  Publication(
      Warehouse warehouse,
      RunHistory history,
      String runId,
      Optional<String> pipelineRun,
      String commit) {
    this.warehouse = warehouse;
    this.history = history;
    this.runId = runId;
    this.pipelineRun = pipelineRun;
    this.commit = commit;
  }

  /** Publishes, lets effects follow, and records both as a task of that name. */
  public void publish(String task, LocalDate date, Runnable effects) {
    Instant start = Instant.now();
    ExitCode exitCode = ExitCode.RETRYABLE;
    try {
      publish();
      effects.run();
      exitCode = ExitCode.OK;
    } catch (UserError e) {
      exitCode = e.exitCode();
      throw e;
    } finally {
      history.add(
          new JobRun(
              runId,
              pipelineRun,
              task,
              date,
              exitCode == ExitCode.OK ? JobRun.Status.SUCCEEDED : JobRun.Status.FAILED,
              Optional.of(exitCode.value()),
              Optional.of("publish"),
              Optional.empty(),
              "",
              commit,
              start,
              Duration.between(start, Instant.now()).toMillis() / 1000.0,
              0,
              0,
              Map.of(),
              Map.of(),
              Optional.empty()));
      history.save();
    }
  }

  /** Points readers to the newest version of every table. */
  public void publish() {
    Map<String, Long> versions = new TreeMap<>();
    for (Table table : AllTables.ALL) {
      warehouse.version(table).ifPresent(version -> versions.put(table.qualifiedName(), version));
    }
    new Published(runId, versions)
        .write(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
    for (Table table : AllTables.ALL) {
      if (!SmallTables.suit(history.rows(table))) {
        warehouse.noteRepeatedKeys(table);
      }
    }
  }
}
