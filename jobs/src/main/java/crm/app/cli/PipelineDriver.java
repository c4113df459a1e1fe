package crm.app.cli;

import static java.util.stream.Collectors.joining;

import crm.engine.pipeline.Pipeline;
import crm.engine.pipeline.PipelineRun;
import crm.engine.pipeline.Scheduler;
import crm.engine.pipeline.Task;
import crm.engine.schedule.TaskState;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Runs the tasks of a pipeline's runs here, each as a command of this program. */
record PipelineDriver(Workspace workspace, Pipeline pipeline) {
  static final InstantSource CLOCK = InstantSource.system();

  /** Does work under the lock of the pipeline, so that nobody else adds runs meanwhile. */
  int alone(IntSupplier work) {
    Path lockFile =
        Workspace.here(workspace.home(), "crm pipeline").toPath().resolve("pipeline.lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new UserError(
            ExitCode.LOST_TO_ANOTHER_WRITER,
            "Another crm pipeline runs in this workspace. Wait until it is done.");
      }
      return work.getAsInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs what is to be run, and tells how it ended.
   *
   * @param past runs that these may wait for
   * @param atOnce how many of them may run side by side
   * @return OK if all of them succeeded
   */
  int run(List<PipelineRun> past, List<PipelineRun> runs, int atOnce) {
    if (runs.isEmpty()) {
      System.out.println("Nothing to run. See: crm pipeline status");
      return ExitCode.OK.value();
    }
    ExecutorService workers = Executors.newFixedThreadPool(pipeline.settings().maxActiveTasks());
    try {
      new Scheduler(
              pipeline.settings(),
              CLOCK,
              PipelineDriver::sleepUntil,
              workers,
              (run, task) -> Crm.execute(command(run, task).toArray(String[]::new)))
          .run(past, runs, atOnce);
    } finally {
      workers.shutdown();
    }
    runs.forEach(this::print);
    if (runs.stream().anyMatch(run -> !run.isOver())) {
      System.out.println(
          "What is not over waits for an earlier run. See crm pipeline status, then: crm pipeline"
              + " retry DATE");
    }
    return (Scheduler.allSucceeded(runs) ? ExitCode.OK : ExitCode.RETRYABLE).value();
  }

  /** Returns the command line of a task, without the program. */
  List<String> command(PipelineRun run, Task task) {
    List<String> command = new ArrayList<>(task.arguments(run.logicalDate().toString(), run.id()));
    command.addAll(workspace.options());
    return command;
  }

  private static void sleepUntil(Instant moment) {
    System.out.println("Waiting until " + moment + " to try again");
    while (CLOCK.instant().isBefore(moment)) {
      LockSupport.parkUntil(moment.toEpochMilli());
    }
  }

  /** Prints how a run stands, and which of its tasks did not succeed. */
  void print(PipelineRun run) {
    String open =
        pipeline.tasks().stream()
            .filter(task -> run.state(task) != TaskState.SUCCESS)
            .map(task -> task.id() + " " + name(run.state(task)))
            .collect(joining(", "));
    System.out.printf(
        "%s: %s%s%n", run.id(), name(run.state()), open.isEmpty() ? "" : " (" + open + ")");
  }

  private static String name(TaskState state) {
    return state == TaskState.NONE
        ? "has not run"
        : state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
